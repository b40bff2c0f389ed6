"""What is contested stops counting for as long as its dispute is kept, and no longer."""

from pathlib import Path

import pytest

from credence.server.jobs.disputes import release_lost
from credence.server.services.contesting.contested import Named
from credence.server.services.contesting.opening import Asked, open_dispute
from tests.server.harness import run
from tests.server.services.contesting.case import Case, case

WRONG = "not_mine"


class StoppedError(Exception):
    """Somebody pulled the plug."""


async def lost(one: Case) -> None:
    """A dispute of the person's that the log heard of, and the database never kept."""

    async def stopped() -> None:
        async with one.here.as_(one.person) as context:
            await open_dispute(context, one.here.state, Asked(Named(one.furnisher.id, "e1"), WRONG))
            raise StoppedError

    with pytest.raises(StoppedError):
        await stopped()


async def marks(one: Case) -> list[str]:
    """What the bureau marked of the person's events, in the order in which the log took it."""
    events = one.here.state.log.events_of(f"log-{one.person.id}")
    return [str(event["kind"]) for event in events if str(event["kind"]).startswith("mark.")]


def test_an_event_whose_dispute_was_lost_counts_again_before_long(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            await lost(one)
            assert await marks(one) == ["mark.suspends"]
            assert await release_lost(one.here.state, one.here.clock()) == 0
            one.here.clock.move(minutes=11)
            assert await release_lost(one.here.state, one.here.clock()) == 1
            assert await marks(one) == ["mark.suspends", "mark.releases"]
            assert await release_lost(one.here.state, one.here.clock()) == 0
            one.here.clock.move(minutes=1)
            # It can be contested like any other, and stops counting then.
            dispute = await one.open("e1", WRONG)
            assert await one.score(dispute) == 1000

    run(work())


def test_an_event_whose_dispute_is_kept_stays_out(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1", WRONG)
            one.here.clock.move(days=1)
            assert await release_lost(one.here.state, one.here.clock()) == 0
            assert await marks(one) == ["mark.suspends"]
            assert await one.score(dispute) == 1000

    run(work())
