"""A score's history day by day: what it was, and which lines moved it since the day before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.server.services.context import Context
from credence.server.services.looking.own import note
from credence.server.services.reading import consents, scores
from credence.server.services.reading.cards import card_of
from credence.server.services.reading.scores import Score

# How many days a page has.
DAYS = 24


@dataclass(frozen=True)
class Moved:
    """By how many points a line is more or less than on the day before."""

    characteristic: str
    question: str
    points: int


@dataclass(frozen=True)
class Day:
    """The score of a day, as it is known now.

    Attributes:
        as_of: The day.
        known_at: The instant it is known at.
        version: The scorecard's version.
        score: The score; None where there is none.
        band: Its band.
        points: By how much it is more than on the day before; None where either has no score.
        moved: The lines that moved, the greatest movement first.
        stepped: Whether the scorecard's version is another than on the day before.
        between: Whether it was given between two runs, after a correction or something that was added.
    """

    as_of: date
    known_at: datetime
    version: int
    score: int | None
    band: str | None
    points: int | None
    moved: tuple[Moved, ...]
    stepped: bool
    between: bool


@dataclass(frozen=True)
class History:
    """A page of days, the newest first; `before` is where the page of older ones begins, if there is one."""

    days: tuple[Day, ...]
    before: date | None
    limits: tuple[int, ...]


async def of(context: Context, log: EventLog, scorecard: str, before: date | None = None) -> History:
    """The history of the person who acts, a page of days; `before` is the last day of the page before.

    Raises:
        NotAllowedError: The actor is no person.
    """
    grant = await consents.own(context)
    found = await scores.history(context, grant, scorecard, DAYS + 1, before)
    await note(context, grant, scorecard, {"history": len(found[:DAYS])})
    if not found:
        return History((), None, ())
    cards = {score.definition_hash: await card_of(context, log, score) for score in reversed(found)}
    ends: list[Score | None] = [*found, None] if len(found) <= DAYS else [*found]
    days = tuple(_day(after, earlier, cards) for after, earlier in pairwise(ends) if after is not None)
    last = found[DAYS - 1].as_of if len(found) > DAYS else None
    card = cards[found[0].definition_hash]
    return History(days, last, tuple(band.below for band in card.bands if band.below is not None))


def _day(after: Score, earlier: Score | None, cards: Mapping[str, Scorecard]) -> Day:
    scored = earlier is not None and None not in (after.score, earlier.score)
    points = (after.score or 0) - (earlier.score or 0) if earlier is not None and scored else None
    moved = _moved(after, earlier, cards) if earlier is not None and scored else []
    stepped = earlier is not None and earlier.version != after.version
    return Day(
        after.as_of, after.known_at, after.version, after.score, after.band, points, tuple(moved), stepped,
        after.folder is None,
    )  # fmt: skip


def _moved(after: Score, earlier: Score, cards: Mapping[str, Scorecard]) -> Sequence[Moved]:
    """The lines whose points differ, those of an earlier version too."""
    now, then = (_points(score, cards[score.definition_hash]) for score in (after, earlier))
    questions = {
        one.name: one.question
        for score in (earlier, after)
        for one in cards[score.definition_hash].characteristics
    }
    found = [Moved(name, questions[name], now.get(name, 0) - then.get(name, 0)) for name in questions]
    return sorted((one for one in found if one.points), key=lambda one: -abs(one.points))


def _points(score: Score, card: Scorecard) -> dict[str, int]:
    pairs = zip(card.characteristics, score.lines, strict=True)
    return {one.name: points or 0 for one, (_, _, points) in pairs}
