"""Scores as they were published or evaluated; nobody reads one without a grant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from credence.errors import ConsentMissingError
from credence.server.services.context import Context
from credence.server.services.reading.grants import Grant
from credence.server.store import scores as sql


@dataclass(frozen=True)
class Score:
    """One person's score by one scorecard at one moment.

    Attributes:
        scorecard: The scorecard.
        version: Its version.
        definition_hash: The hash of its definition.
        as_of: The day it is for.
        known_at: The instant it is known at, in UTC.
        snapshot: The state of the log that was read.
        score: The score; None where there is none.
        band: Its band.
        unscorable: The code of why there is none.
        packed_reasons: The codes of the reasons, as JSON.
        packed_lines: [answer, attribute, points] for each characteristic in the scorecard's order, as JSON.
        folder: The run that published it, below the folder of runs; None if it was evaluated on demand.
    """

    scorecard: str
    version: int
    definition_hash: str
    as_of: date
    known_at: datetime
    snapshot: int | None
    score: int | None
    band: str | None
    unscorable: str | None
    packed_reasons: str
    packed_lines: str
    folder: str | None

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons, the one that cost most first."""
        return msgspec.json.decode(self.packed_reasons, type=tuple[str, ...])

    @property
    def lines(self) -> tuple[tuple[int | float | str | None, str, int | None], ...]:
        """Answer, attribute and points of each characteristic, in the scorecard's order."""
        wanted = tuple[tuple[int | float | str | None, str, int | None], ...]
        return msgspec.json.decode(self.packed_lines, type=wanted)


async def current(context: Context, grant: Grant, scorecard: str) -> Score | None:
    """The newest score of whom a grant is for; None where there never was one.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
    """
    check_scorecard(grant, scorecard)
    system = await context.as_system()
    row = await system.connection.fetchrow(sql.CURRENT, grant.person_id, scorecard)
    await context.back()
    return None if row is None else _score(scorecard, row)


async def at(
    context: Context, grant: Grant, scorecard: str, as_of: date, known_at: datetime | None = None
) -> Score | None:
    """The score of a day, as it was known at an instant or, if not said, last; None where there is none.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
    """
    check_scorecard(grant, scorecard)
    system = await context.as_system()
    row = await system.connection.fetchrow(sql.AT, grant.person_id, scorecard, as_of, known_at)
    await context.back()
    return None if row is None else _score(scorecard, row)


async def history(
    context: Context, grant: Grant, scorecard: str, limit: int, before: date | None = None
) -> list[Score]:
    """The scores of each day as known last, the newest first; `before` is the last day of the page before.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
    """
    check_scorecard(grant, scorecard)
    system = await context.as_system()
    values = grant.person_id, scorecard, before or date.max, limit
    rows = await system.connection.fetch(sql.HISTORY, *values)
    await context.back()
    return [_score(scorecard, row) for row in rows]


def check_scorecard(grant: Grant, scorecard: str) -> None:
    """Make sure that a grant is for a scorecard.

    Raises:
        ConsentMissingError: It is for another.
    """
    if grant.scorecard not in (None, scorecard):
        raise ConsentMissingError


def found(grant: Grant, scorecard: str, row: Mapping[str, Any]) -> Score | None:
    """The score in a row that was found together with its grant (`ASK`); None where there is none.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
    """
    check_scorecard(grant, scorecard)
    return None if row["version"] is None else _score(scorecard, row)


def _score(scorecard: str, row: Mapping[str, Any]) -> Score:
    return Score(scorecard, *(row[name] for name in sql.NAMES))
