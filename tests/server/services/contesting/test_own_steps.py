"""What a person does with a dispute that is answered in part, and what stays on file."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.contesting.case import CARD, LINE, case


def test_a_withdrawal_leaves_what_was_answered_and_a_statement_stands_by_its_line(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            await one.have("x1", furnisher="imported")
            body = {"line": LINE, "reason": "amount"}
            dispute = (await one.ask("person", "POST", "/disputes", json=body))["dispute_id"]
            assert await one.answer("reviewer", dispute, "deleted") == "open"
            await one.ask("person", "POST", f"/disputes/{dispute}/withdrawal")
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert [item["answer"] for item in shown["items"]] == ["deleted", "withdrawn", "withdrawn"]
            await one.ask("person", "PUT", f"/disputes/{dispute}/statement", json={"text": " I paid. "})
            told = await one.ask("person", "GET", f"/statements?scorecard={CARD}")
            assert told["statements_on_file"] == [
                {"dispute_id": dispute, "characteristic": "loan_arrears", "text": "I paid."}
            ]

    run(work())


def test_information_gives_no_more_time_where_the_law_has_none(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder, "eu") as one:
            await one.have("e1")
            dispute = await one.open("e1", "dates")
            before = await one.ask("person", "GET", f"/disputes/{dispute}")
            await one.ask("person", "POST", f"/disputes/{dispute}/information", json={"text": "More."})
            after = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert before["due_on"] == after["due_on"] == "2026-12-04"
            assert (after["extended"], after["items"][0]["counts"]) == (False, False)
            refused = await one.refused(
                "person", "POST", f"/disputes/{dispute}/information", json={"text": ""}
            )
            assert refused == (422, "invalid_request")

    run(work())
