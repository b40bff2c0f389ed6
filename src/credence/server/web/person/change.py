"""/me/change: why the score is another than before, every point tied to what caused it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from credence.scoring.change import Change, LineChange
from credence.scoring.change_causes import Cause
from credence.scoring.change_stages import VERSION
from credence.server.services.looking import own
from credence.server.services.reading import consents, scores
from credence.server.services.reading.named import names_of
from credence.server.web.pages import page
from credence.server.web.person.asked import Day, TheCard, card_for
from credence.server.web.person.words import Words, words_for
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)
# How many earlier days can be chosen.
DAYS = 24


@dataclass(frozen=True)
class Moved:
    """A line that moved otherwise than by another version of the scorecard; None points without a score."""

    line: LineChange
    points: int | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Changed:
    """Two statements compared: the lines that moved, and what another version of the scorecard brought.

    `stepped` is None where both are of the same version; with it, the lines add up to the change.
    """

    change: Change
    words: Words
    lines: tuple[Moved, ...]
    stepped: int | None
    names: Mapping[str, str]


@dataclass(frozen=True)
class Shown:
    """What is compared, None where there is no earlier score, and the days that can be compared with."""

    scorecard: str
    changed: Changed | None
    days: tuple[date, ...]


@router.get("/me/change")
async def change(visitor: AtPerson, scorecard: TheCard = None, since: Day = None) -> Response:
    """Why the newest score is another than that of an earlier day; the one before, if none is named."""
    context = visitor.context
    name, _ = await card_for(visitor, scorecard)
    found = await scores.history(context, await consents.own(context), name, DAYS)
    days = tuple(score.as_of for score in found[1:])
    changed = await _changed(visitor, name, since or days[0]) if days else None
    return page(visitor.seat, "person/change.html", seen=Shown(name, changed, days))


async def _changed(visitor: Visitor, name: str, since: date) -> Changed:
    found = await own.change(visitor.context, visitor.state.log, name, since)
    moved = sorted(_moved(found), key=lambda one: -abs(one.points or 0))
    causing = {event.furnisher for one in moved for cause in one.causes for event in cause.events}
    names = await names_of(visitor.context, causing)
    same = found.before.version == found.after.version
    stepped = None if same else found.causes[VERSION] or 0
    return Changed(found, words_for(visitor.seat.language, found.after), tuple(moved), stepped, names)


def _moved(found: Change) -> list[Moved]:
    """The lines without what another version of the scorecard did to them."""
    lines = []
    for line in found.lines:
        causes = tuple(cause for cause in line.causes if cause.name != VERSION)
        points = None if line.points is None else sum(cause.points or 0 for cause in causes)
        if causes and (points or line.moved):
            lines.append(Moved(line, points, causes))
    return lines
