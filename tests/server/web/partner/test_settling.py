"""What waits for somebody of the partner is settled on the decision's page; the person reads it on theirs."""

from pathlib import Path

from tests.server.harness import run
from tests.server.web.partner.desks import Desk, desk
from tests.server.web.person.visits import Visit

HERE = "/partner/decisions"


async def waiting(d: Desk) -> str:
    """A decision that waits; its path."""
    await d.house.publish()
    return f"{HERE}/{(await d.house.decided('cleo'))['decision_id']}"


def test_what_waits_is_declined_at_the_desk_and_the_person_reads_why(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            path = await waiting(d)
            assert "wait for one of you: 1" in await d.visit.see("/partner")
            assert "Somebody looks at it" in await d.visit.see(f"{HERE}?waits_for=partner")
            assert "This waits for one of you" in await d.visit.see(path)
            done = await d.visit.done(f"{path}/settle", answer="declined", reason=" No proof of income. ")
            assert "It is decided. The person was told." in done
            assert "Decided against you, 6 November 2026: No proof of income." in done
            assert "This waits for one of you" not in done
            assert "There are no such decisions" in await d.visit.see(f"{HERE}?waits_for=partner")
            assert "wait for one of you" not in await d.visit.see("/partner")
            cleo = Visit(d.here, d.world.people["cleo"][1])
            assert "Against you, by a person" in await cleo.see("/me/decisions")
            page = await cleo.see(path.replace("/partner", "/me"))
            for words in ("The rule passed it on to a person", "No proof of income.", "The letter (PDF)"):
                assert words in page, words
            again = await d.visit.send(f"{path}/settle", answer="accepted", reason="Seen")
            assert again.status_code == 409

    run(work())


def test_rubbish_settles_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            path = await waiting(d)
            for said in ({"answer": "perhaps", "reason": "So"}, {"answer": "accepted", "reason": "  "}, {}):
                assert (await d.visit.send(f"{path}/settle", **said)).status_code == 422
            reader = await d.house.there.here.party("partner", "decisions.read")
            refused = await Visit(d.here, reader[1]).send(f"{path}/settle", answer="accepted", reason="So")
            assert refused.status_code == 403
            assert "This waits for one of you" in await d.visit.see(path)
            assert "In favour, by one of you" in await d.visit.done(
                f"{path}/settle", answer="accepted", reason="Seen"
            )

    run(work())
