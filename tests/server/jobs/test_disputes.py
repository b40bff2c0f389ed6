"""Disputes whose day has come: reminded, escalated, and decided by silence."""

from pathlib import Path

from credence.server.jobs.disputes import remind_and_decide
from credence.server.services.contesting import finding
from tests.server.harness import run
from tests.server.services.contesting.case import Case, case


async def sweep(one: Case, **by: float) -> int:
    """Let time pass, and do what is due."""
    one.here.clock.move(**by)
    return await remind_and_decide(one.here.state, one.here.clock())


def test_silence_is_reminded_escalated_and_then_decides_for_the_person(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1", "dates")
            path = f"/disputes/{dispute}"
            assert await sweep(one, days=10) == 0
            assert [await sweep(one, days=4), await sweep(one)] == [1, 0]
            assert (await one.ask("furnisher", "GET", path))["reminded_at"] is not None
            assert (await one.ask("reviewer", "GET", "/disputes"))["data"] == []
            assert [await sweep(one, days=8), await sweep(one)] == [1, 0]
            waiting = (await one.ask("reviewer", "GET", "/disputes"))["data"]
            assert [found["dispute_id"] for found in waiting] == [dispute]
            assert [await sweep(one, days=6), await sweep(one)] == [1, 0]
            shown = await one.ask("person", "GET", path)
            assert (shown["state"], shown["outcome"]) == ("closed", "deleted")
            assert shown["items"][0]["answer"] == "silence"
            assert [step["what"] for step in shown["timeline"]] == [
                "opened", "furnisher_told", "reminded", "furnisher_looked", "escalated", "silence", "decided",
            ]  # fmt: skip
            closed = shown["timeline"][-1]["at"][:10]
            assert closed == shown["due_on"] == "2026-12-04"
            assert await one.score(dispute) == 1000
            messages = (await one.ask("person", "GET", "/messages"))["data"]
            assert {message["kind"] for message in messages} >= {"dispute.decided", "correction.made"}

    run(work())


def test_a_dispute_that_somebody_acts_on_just_now_waits_for_the_next_round(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1", "dates")
            async with one.here.as_(one.person) as context:
                await finding.one(context, dispute, locked=True)
                assert await sweep(one, days=15) == 0
            assert await sweep(one) == 1

    run(work())


def test_a_dispute_of_somebody_who_was_erased_is_closed(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1")
            async with one.here.as_() as context:
                await context.connection.execute("UPDATE people SET erased_at = $1", context.now)
            assert await sweep(one, days=30) == 1
            async with one.here.as_() as context:
                row = await context.connection.fetchrow(
                    "SELECT state, outcome FROM disputes WHERE dispute_id = $1", dispute
                )
                assert row is not None
                assert tuple(row.values()) == ("closed", "withdrawn")

    run(work())
