"""Two people let readers have a run: one proposes it, another, never the same, approves it."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from credence.errors import (
    AlreadyAnsweredError,
    ChangedMeanwhileError,
    ConflictError,
    NoSuchThingError,
    TwoPeopleNeededError,
)
from credence.runs.published import PublishedRun, published
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context

WHAT, RUN = "proposal", "run"
INSERT = """
INSERT INTO releases (release_id, run, run_hash, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5)
"""
COLUMNS = "release_id, run, run_hash, proposed_by, proposed_at, decided_by, decided_at, approved, why"
ONE = f"SELECT {COLUMNS} FROM releases WHERE release_id = $1 FOR UPDATE"  # noqa: S608 - columns named above
OF_RUNS = f"SELECT {COLUMNS} FROM releases ORDER BY release_id"  # noqa: S608
APPROVED = "SELECT run, run_hash FROM releases WHERE approved"
DECIDE = "UPDATE releases SET decided_by = $2, decided_at = $3, approved = $4, why = $5 WHERE release_id = $1"
LOADED = "SELECT run, min(published_at) AS at, sum(people)::int AS people FROM publications GROUP BY run"


@dataclass(frozen=True)
class Release:
    """What one operator proposes readers should have, and what another said."""

    release_id: str
    run: str
    run_hash: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    approved: bool | None
    why: str | None


@dataclass(frozen=True)
class Standing:
    """How far a published run is on its way to readers.

    Attributes:
        run: The run.
        releases: Every proposal of it, the oldest first.
        loaded_at: When readers had it; None until then.
        people: How many enrolled people's scores were loaded, over all scorecards.
    """

    run: PublishedRun
    releases: tuple[Release, ...]
    loaded_at: datetime | None
    people: int

    @property
    def open(self) -> Release | None:
        """The proposal that nobody answered yet."""
        return next((one for one in self.releases if one.decided_at is None), None)

    @property
    def approved(self) -> Release | None:
        """The proposal that was approved."""
        return next((one for one in self.releases if one.approved), None)

    @property
    def refused(self) -> Release | None:
        """The last proposal, where it was refused and there is no newer one."""
        last = self.releases[-1] if self.releases else None
        return last if last is not None and last.approved is False else None

    @property
    def state(self) -> str:
        """Loaded, approved, proposed, refused or waiting: for somebody to propose it."""
        if self.loaded_at is not None:
            return "loaded"
        if self.approved:
            return "approved"
        return "proposed" if self.open else "refused" if self.refused else "waiting"


async def standing(context: Context) -> list[Standing]:
    """Every published run with how far it is, the newest first.

    Raises:
        RunDamagedError: A manifest cannot be read.
    """
    runs = await asyncio.to_thread(published, context.settings.runs)
    found = [_release(row) for row in await context.connection.fetch(OF_RUNS)]
    system = await context.as_system()
    loaded = {row["run"]: row for row in await system.connection.fetch(LOADED)}
    await context.back()
    return [_standing(run, found, loaded.get(run.run)) for run in reversed(runs)]


async def one(context: Context, run: str) -> Standing:
    """A published run with how far it is.

    Raises:
        NoSuchThingError: There is none.
        RunDamagedError: A manifest cannot be read.
    """
    return among(await standing(context), run)


def among(found: Iterable[Standing], run: str) -> Standing:
    """One of several runs.

    Raises:
        NoSuchThingError: It is not among them.
    """
    for one_of_them in found:
        if one_of_them.run.run == run:
            return one_of_them
    raise NoSuchThingError(RUN, run)


async def propose(context: Context, run: str) -> str:
    """Propose that readers have a run; return the proposal's id.

    Raises:
        NoSuchThingError: There is none.
        ConflictError: It was proposed already, or readers have it.
    """
    found = await one(context, run)
    sentence = "This run was proposed already, or readers have it."
    if found.loaded_at is not None:
        raise ConflictError(sentence)
    made = new_id("rel", context.now)
    try:
        await context.connection.execute(INSERT, made, run, found.run.hash, context.actor.id, context.now)
    except asyncpg.UniqueViolationError:
        raise ConflictError(sentence) from None
    await audit.record(context, "run.proposed", run=run, run_hash=found.run.hash, proposal=made)
    return made


async def approve(context: Context, release_id: str) -> None:
    """Let readers have what another operator proposed; the job loads it next.

    Raises:
        NoSuchThingError: There is no such proposal, or no such run any more.
        AlreadyAnsweredError: It was answered.
        TwoPeopleNeededError: Whoever approves proposed it.
        ChangedMeanwhileError: The run is not what was proposed.
    """
    found = await _open(context, release_id)
    if found.proposed_by == context.actor.id:
        raise TwoPeopleNeededError
    now = (await one(context, found.run)).run.hash
    if now != found.run_hash:
        raise ChangedMeanwhileError(now)
    await context.connection.execute(DECIDE, release_id, context.actor.id, context.now, True, None)  # noqa: FBT003
    await audit.record(context, "run.approved", run=found.run, run_hash=now, proposal=release_id)


async def refuse(context: Context, release_id: str, why: str) -> None:
    """Refuse it, with a reason; whoever proposed it may take it back like this. It may be proposed anew.

    Raises:
        NoSuchThingError: There is no such proposal.
        AlreadyAnsweredError: It was answered.
    """
    found = await _open(context, release_id)
    await context.connection.execute(DECIDE, release_id, context.actor.id, context.now, False, why)  # noqa: FBT003
    await audit.record(context, "run.refused", run=found.run, proposal=release_id)


async def approved(context: Context) -> dict[str, str]:
    """The runs that readers may have, with the hash of what was looked at."""
    return {row["run"]: row["run_hash"] for row in await context.connection.fetch(APPROVED)}


async def _open(context: Context, release_id: str) -> Release:
    row = await context.connection.fetchrow(ONE, release_id)
    if row is None:
        raise NoSuchThingError(WHAT, release_id)
    found = _release(row)
    if found.decided_at is not None:
        raise AlreadyAnsweredError(WHAT)
    return found


def _standing(run: PublishedRun, found: list[Release], loaded: Mapping[str, Any] | None) -> Standing:
    mine = tuple(one for one in found if one.run == run.run)
    return Standing(run, mine, *((None, 0) if loaded is None else (loaded["at"], loaded["people"])))


def _release(row: Mapping[str, Any]) -> Release:
    return Release(**row)
