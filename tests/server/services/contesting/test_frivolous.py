"""A dispute that nobody can look into is closed with why and what is missing; nothing is lost by it."""

from datetime import date
from pathlib import Path

from tests.server.harness import run
from tests.server.people import told
from tests.server.services.contesting.case import CARD, case

MISSING = ["Which of the two instalments of October you mean"]
BODY: dict[str, object] = {"reason": "not_enough", "missing": MISSING}


def test_the_person_is_told_why_and_what_is_missing_and_disputes_anew_with_it(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            dispute = await one.open("e1")
            assert await one.score(dispute) == 970
            one.here.clock.move(days=1)
            await one.ask("reviewer", "POST", f"/disputes/{dispute}/frivolous", json=BODY)
            assert await one.score(dispute) == 940
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert (shown["state"], shown["outcome"]) == ("closed", "frivolous")
            sentence = "What you sent is not enough to look into it."
            assert shown["frivolous"] == {"reason": "not_enough", "sentence": sentence, "missing": MISSING}
            assert (shown["items"][0]["answer"], shown["items"][0]["counts"]) == ("frivolous", True)
            # Five business days, of which the 11th of November is none.
            assert shown["results_by"] == str(date(2026, 11, 16))
            assert [step["what"] for step in shown["timeline"]][-1] == "frivolous"
            assert (await told(one.here, one.person))[-1] == "dispute.frivolous"
            path = f"/disputes/{dispute}/statement"
            await one.ask("person", "PUT", path, json={"text": "You have all there is."})
            own = await one.ask("person", "GET", f"/statements?scorecard={CARD}")
            assert own["statements_on_file"][0]["text"] == "You have all there is."
            assert await one.open("e1", text="The first of them.") != dispute

    run(work())


def test_only_a_reviewer_finds_so_once_before_any_answer_and_where_the_law_allows(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            first, second = await one.open("e1", "dates"), await one.open("e2")
            path = f"/disputes/{first}/frivolous"
            assert await one.refused("person", "POST", path, json=BODY) == (403, "not_allowed")
            assert await one.refused("furnisher", "POST", path, json=BODY) == (403, "not_allowed")
            for wrong in (BODY | {"missing": []}, BODY | {"reason": "boring"}):
                assert (await one.refused("reviewer", "POST", path, json=wrong))[0] == 422
            unknown = "/disputes/dis_06gr05gmg1ffqdt8nc1t84msjo/frivolous"
            assert await one.refused("reviewer", "POST", unknown, json=BODY) == (404, "not_found")
            await one.ask("reviewer", "POST", path, json=BODY | {"reason": "same_again"})
            assert await one.refused("reviewer", "POST", path, json=BODY) == (409, "conflict")
            await one.answer("furnisher", second, "verified")
            path = f"/disputes/{second}/frivolous"
            assert await one.refused("reviewer", "POST", path, json=BODY) == (409, "conflict")

    run(work())


def test_where_the_law_has_no_such_finding_every_dispute_is_looked_into(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder, "eu") as one:
            await one.have("e1")
            dispute = await one.open("e1")
            path = f"/disputes/{dispute}/frivolous"
            refused = await one.refused("reviewer", "POST", path, json=BODY)
            assert refused == (422, "invalid_request")
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert (shown["state"], shown["frivolous"]) == ("open", None)

    run(work())
