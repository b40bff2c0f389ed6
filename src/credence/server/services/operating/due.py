"""When the month's run is due, with which scorecards, and whether there is one of a day."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from credence.engines.sql.compile import columns_needed
from credence.events.log import EventLog
from credence.runs.drafts import unfinished
from credence.runs.published import MANIFEST, published
from credence.runs.schedule import common_schedule, day_at
from credence.scorecards.model import Scorecard
from credence.server.services.context import Context
from credence.server.services.reading import cards


@dataclass(frozen=True)
class Days:
    """What day it is where the log is, the last on which a run was due, and that on which the log began.

    `due` is None where the scorecards have no day of the month in common, `begun` while the log is empty.
    """

    today: date
    due: date | None
    begun: date | None


async def scorecards(context: Context, log: EventLog) -> list[Scorecard]:
    """The scorecards of a run, in order: all that are live, but for those that need a table of people."""
    names = await cards.live_names(context)
    found = [await cards.in_force(context, log, name) for name in names]
    return [card for card in found if not columns_needed(card)]


async def days_of(context: Context, log: EventLog, every: Sequence[Scorecard]) -> Days:
    """What day it is for a run of scorecards."""
    return await asyncio.to_thread(_days, log, every, context.now)


def _days(log: EventLog, every: Sequence[Scorecard], now: datetime) -> Days:
    schedule = common_schedule(every)
    with cards.reading(log) as own:
        today = day_at(own, now)
        first = next(iter(own.manifest.snapshots()), None)
        begun = None if first is None else day_at(own, first.made_at.replace(tzinfo=UTC))
    return Days(today, None if schedule is None else schedule.due(today), begun)


async def is_made(context: Context, day: date, every: Sequence[Scorecard]) -> bool:
    """Whether a run of a day with these very scorecards is published.

    Raises:
        RunDamagedError: A manifest cannot be read.
    """
    hashes = tuple(card.definition_hash for card in every)
    runs = await asyncio.to_thread(published, context.settings.runs)
    return any(run.as_of == day and run.manifest.asked.scorecards == hashes for run in runs)


async def is_there(context: Context, day: date) -> bool:
    """Whether there is any run of a day, published or begun."""
    return await asyncio.to_thread(_there, context.settings.runs, day)


def _there(runs: Path, day: date) -> bool:
    if any((runs / str(day)).glob(f"*/{MANIFEST}")):
        return True
    return any(plan.asked.as_of == day for plan in unfinished(runs).values())
