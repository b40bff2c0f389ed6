"""A run's scores are there for readers as a whole, at once, and stay."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest

from credence.runs.published import published
from credence.server.jobs.publications import publish, publish_runs
from credence.server.services.reading import consents, publications, scores
from tests.server.approving import let_readers_have
from tests.server.harness import run
from tests.server.services.reading.world import DAY, KNOWN, World, run_of, world

LATER = KNOWN + timedelta(hours=3)


async def scores_of(there: World, name: str, **said: date) -> list[tuple[date, int | None]]:
    async with there.here.as_(there.people[name][0]) as context:
        grant = await consents.own(context)
        found = await scores.history(context, grant, "everyday", 10)
        return [(one.as_of, one.score) for one in found]


def test_the_newest_month_is_told_and_a_later_look_at_the_same_day_replaces_it(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            first = await scores_of(there, "ana")
            assert [day for day, _ in first] == [DAY]
            assert await scores_of(there, "cleo") == []
            there.record("ana", 90, LATER)
            again = await there.publish(DAY, LATER + timedelta(minutes=1))
            second = await scores_of(there, "ana")
            assert [day for day, _ in second] == [DAY]
            assert second[0][1] != first[0][1]
            async with there.here.as_(there.people["ana"][0]) as context:
                grant = await consents.own(context)
                newest = await scores.current(context, grant, "everyday")
                assert newest is not None
                assert (newest.score, newest.folder is not None) == (second[0][1], True)
                assert newest.known_at.replace(tzinfo=None) == again.known_at
                old = await scores.at(context, grant, "everyday", DAY, KNOWN)
                assert old is not None
                assert old.score == first[0][1]
                assert await scores.at(context, grant, "everyday", DAY - timedelta(days=1)) is None
            await there.publish(date(2026, 12, 6), LATER + timedelta(days=31))
            assert [day for day, _ in await scores_of(there, "ana")] == [date(2026, 12, 6), DAY]

    run(work())


def test_the_job_loads_each_run_once_and_only_people_who_enrolled(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            run_of(there.data, DAY, KNOWN + timedelta(hours=1), "everyday", "suining")
            now = there.here.clock()
            async with there.here.as_() as context:
                await context.connection.execute("DELETE FROM people WHERE log_id = $1", "log-ben")
            assert await publish_runs(there.here.state, now) == 0
            for made in published(there.here.state.settings.runs):
                await let_readers_have(there.here, made.run)
            assert await publish_runs(there.here.state, now) == 2
            assert await publish_runs(there.here.state, now) == 0
            async with there.here.as_() as context:
                rows = await context.connection.fetch(
                    "SELECT scorecard, person_id, people "
                    "FROM scores JOIN publications USING (number) ORDER BY 1"
                )
            ana = there.people["ana"][0].id
            assert [tuple(row.values()) for row in rows] == [
                ("everyday", ana, 1), ("everyday", ana, 1), ("suining", ana, 1),
            ]  # fmt: skip
            assert len(await there.audited("scores.published")) == 2

    run(work())


def test_a_load_that_fails_leaves_nothing_behind(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            (made,) = published(there.here.state.settings.runs)
            for file in made.scores("everyday").glob("*.parquet"):
                file.write_bytes(b"torn")
            with pytest.raises(Exception, match="engine"):
                await publish(there.here.state, made, there.here.clock())
            async with there.here.as_() as context:
                assert await context.connection.fetchval("SELECT count(*) FROM publications") == 0
                assert await context.connection.fetchval("SELECT to_regclass('scores_1')") is None
            assert await scores_of(there, "ana") == []

    run(work())


def test_a_partition_is_reached_through_scores_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ben, (ana, _) = there.people["ben"][0], there.people["ana"]
            async with there.here.as_(ana) as context:
                rows = await context.connection.fetch("SELECT person_id FROM scores")
                assert [row["person_id"] for row in rows] == [ana.id]
            for query in ("SELECT * FROM scores_1", "INSERT INTO scores_1 (number) VALUES (1)"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    async with there.here.as_(ben) as context:
                        await context.connection.execute(query)

    run(work())


def test_readers_see_the_old_month_or_the_new_one_and_never_wait(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here = there.here
            made = run_of(there.data, date(2026, 12, 6), LATER + timedelta(days=31))
            known = [(await there.consent(name))["person"] for name in ("ana", "ben")]

            async def days() -> list[str]:
                return [(await there.ask(person)).json()["as_of"] for person in known]

            async with here.as_() as context:
                assert await publications.publish(context, made) == 2
                # Loaded, indexed and attached, and not yet committed: nobody sees it, and nobody waits.
                assert await asyncio.wait_for(days(), 10) == ["2026-11-06"] * 2
            assert await days() == ["2026-12-06"] * 2

    run(work())
