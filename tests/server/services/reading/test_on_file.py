"""A person's own words about what they contested stand beside every report with its lines, and no other."""

from pathlib import Path
from typing import Any

from credence.server.services.reading import evaluations
from tests.server.harness import run
from tests.server.services.contesting.case import CARD, LINE, Case, case

WORDS = "I paid in cash at the counter."
ASKED = {"purpose": "rental_deposit", "scorecard": CARD}


async def stated(one: Case, what: dict[str, Any], outcome: str, words: str = WORDS) -> str:
    """A dispute that a reviewer answered, with words of the person's on file; its id."""
    body = {"reason": "amount"} | what
    dispute = (await one.ask("person", "POST", "/disputes", json=body))["dispute_id"]
    shown = await one.ask("person", "GET", f"/disputes/{dispute}")
    for item in shown["items"]:
        answer = {"item_id": item["item_id"], "outcome": outcome}
        await one.ask("reviewer", "POST", f"/disputes/{dispute}/answers", json=answer)
    await one.ask("person", "PUT", f"/disputes/{dispute}/statement", json={"text": words})
    return str(dispute)


async def asked(one: Case, level: str) -> dict[str, Any]:
    """What a partner with a new consent of a level is told."""
    actor, one.headers[level] = await one.here.party("partner", "scores.read")
    wish = ASKED | {"partner": actor.id, "level": level}
    person = (await one.ask("person", "POST", "/consents", json=wish))["person"]
    body = ASKED | {"person": person, "level": level}
    found: dict[str, Any] = await one.ask(level, "POST", "/scores/ask", json=body)
    return found


def test_words_on_file_are_told_where_lines_are_and_recorded_by_their_ids_alone(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            one.here.clock.move(minutes=1)
            async with one.here.as_() as context:
                await evaluations.again(context, one.here.state.log, one.person.id, CARD, "test")
            dispute = await stated(one, {"line": LINE}, "verified")
            beside = [{"dispute_id": dispute, "characteristic": "loan_arrears", "text": WORDS}]
            assert (await asked(one, "statement"))["statements_on_file"] == beside
            assert "statements_on_file" not in await asked(one, "reasons")
            wish = ASKED | {"level": "statement"}
            preview = await one.ask("person", "POST", "/consents/preview", json=wish)
            assert preview["would_be_sent"]["statements_on_file"] == beside
            for path in ("/statements", "/scores/current"):
                own = await one.ask("person", "GET", f"{path}?scorecard={CARD}")
                assert own["statements_on_file"] == beside
            reads = (await one.ask("person", "GET", "/inquiries"))["data"]
            (read,) = [one for one in reads if one["level"] == "statement" and one["reader"] == "partner"]
            assert read["result"]["statements_on_file"] == [dispute]
            assert WORDS not in str(reads)
            await one.ask("person", "PUT", f"/disputes/{dispute}/statement", json={"text": ""})
            own = await one.ask("person", "GET", f"/statements?scorecard={CARD}")
            assert "statements_on_file" not in own

    run(work())


def test_words_about_what_is_there_no_more_are_told_nobody(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            one.here.clock.move(minutes=1)
            gone = {"event": one.event("e1")}
            await stated(one, gone, "deleted", "It was never mine.")
            one.here.clock.move(minutes=1)
            kept = await stated(one, {"event": one.event("e2")}, "verified")
            own = await one.ask("person", "GET", f"/statements?scorecard={CARD}")
            # Contested by its name, and so about whatever line it is behind.
            assert own["statements_on_file"] == [{"dispute_id": kept, "characteristic": None, "text": WORDS}]

    run(work())
