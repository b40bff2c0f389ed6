"""Furnishers are shown by their names, beside the ids that the log has."""

from pathlib import Path

from credence.server.services.reading.named import with_names
from tests.server.harness import run
from tests.server.services.contesting.case import CARD, LINE, case

NAMED = "UPDATE furnishers SET name = 'City Power' WHERE furnisher_id = $1"


def test_statements_disputes_and_corrections_name_whoever_sent_what_is_behind_them(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            await one.have("x1", furnisher="imported")
            one.here.clock.move(minutes=1)
            async with one.here.as_() as context:
                await context.connection.execute(NAMED, one.furnisher.id)
            told = await one.ask("person", "GET", f"/statements?scorecard={CARD}")
            (line,) = [one for one in told["lines"] if one["characteristic"] == "loan_arrears"]
            known = {one.furnisher.id: "City Power", "imported": "imported"}
            shown = {evidence["furnisher"]: evidence["furnisher_name"] for evidence in line["evidence"]}
            assert shown == known
            assert dict(zip(line["furnishers"], line["furnisher_names"], strict=True)) == known
            body = {"line": LINE, "reason": "amount"}
            dispute = (await one.ask("person", "POST", "/disputes", json=body))["dispute_id"]
            items = (await one.ask("person", "GET", f"/disputes/{dispute}"))["items"]
            assert {item["furnisher"]: item["furnisher_name"] for item in items} == known
            supposed = {"scorecard": CARD, "retract": [f"{one.furnisher.id}/e1"]}
            change = await one.ask("person", "POST", "/statements/what-if", json=supposed)
            assert change["points"] == 30
            assert "City Power" in str(change["before"]["lines"])
            await one.answer("reviewer", dispute, "deleted")
            (made,) = (await one.ask("person", "GET", "/corrections"))["data"]
            assert made["furnisher_name"] == known[made["furnisher"]]

    run(work())


def test_what_names_nobody_stays_as_it_is(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one, one.here.as_(one.person) as context:
            facts = {"score": 1, "lines": [{"furnishers": [], "evidence": []}], "furnisher": None}
            assert await with_names(context, facts) == facts

    run(work())
