"""Two operators let readers have a run; what is not what they looked at is not loaded."""

import asyncio
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from credence.errors import ChangedMeanwhileError, NoSuchThingError, RunDamagedError
from credence.runs.publish import FACTS
from credence.runs.published import published
from credence.server.jobs.publications import publish_runs
from credence.server.services.operating import releases
from credence.server.services.operating.reports import report_of
from tests.server.approving import let_readers_have
from tests.server.harness import run
from tests.server.services.reading.world import World, world


def only(there: World) -> str:
    (made,) = published(there.here.state.settings.runs)
    return made.run


async def approved_by_hand(there: World, proposal: str, who: str) -> None:
    async with there.here.as_() as context:
        values = proposal, who, context.now, True, None
        await context.connection.execute(releases.DECIDE, *values)


async def changed(there: World) -> None:
    """Have the operators have looked at something else."""
    async with there.here.as_() as context:
        await context.connection.execute("UPDATE releases SET run_hash = 'other'")


def test_a_run_that_was_changed_since_is_neither_approved_nor_loaded(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            (ada, _), (bo, _) = [await there.here.party("operator", "risk") for _ in range(2)]
            async with there.here.as_(ada) as context:
                proposal = await releases.propose(context, only(there))
            await changed(there)
            async with there.here.as_(bo) as context:
                with pytest.raises(ChangedMeanwhileError):
                    await releases.approve(context, proposal)
                await releases.refuse(context, proposal, "It is another one.")
            await let_readers_have(there.here, only(there))
            await changed(there)
            assert await publish_runs(there.here.state, there.here.clock()) == 0

    run(work())


def test_the_database_holds_the_two_apart_as_well(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            ada, _ = await there.here.party("operator", "risk")
            async with there.here.as_(ada) as context:
                proposal = await releases.propose(context, only(there))
            with pytest.raises(asyncpg.CheckViolationError):
                await approved_by_hand(there, proposal, ada.id)
            async with there.here.as_(replace(ada, id="ope_other")) as context:
                with pytest.raises(NoSuchThingError):
                    await releases.approve(context, "rel_none")
                with pytest.raises(NoSuchThingError):
                    await releases.propose(context, "none")

    run(work())


def test_two_who_propose_at_once_make_one_proposal(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            heads = [(await there.here.party("operator", "risk"))[1] for _ in range(4)]
            url = f"/v1/runs/{only(there)}/proposals"
            replies = await asyncio.gather(*(there.here.client.post(url, headers=one) for one in heads))
            assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409]

    run(work())


def test_a_report_that_is_gone_is_told(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            (made,) = published(there.here.state.settings.runs)
            (made.folder / FACTS).unlink()
            with pytest.raises(RunDamagedError, match=FACTS):
                report_of(made)

    run(work())
