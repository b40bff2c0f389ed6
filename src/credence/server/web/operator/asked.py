"""Runs that were asked for, as /operator/runs shows them: how far each is, and what may be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credence.server.services.operating import due, starting, trail
from credence.server.services.operating.reports import OnItsWay
from credence.server.services.operating.starting import RunRequest
from credence.server.web.visitor import Visitor

MOST = 6


@dataclass(frozen=True)
class Asked:
    """A run that was asked for.

    Attributes:
        request: The request.
        way: How far its draft is; None where there is none.
        last: Whether it is the last of its day: what was held back before is no more.
    """

    request: RunRequest
    way: OnItsWay | None
    last: bool


@dataclass(frozen=True)
class Starting:
    """What was asked for, by whom by name; whether one may ask, and for which day by default.

    `going` says that something is still to be made: the page looks again by itself.
    """

    asked: tuple[Asked, ...]
    names: Mapping[str, str]
    risk: bool
    day: date | None

    @property
    def going(self) -> bool:
        """Whether something is still to be made."""
        return any(one.request.open for one in self.asked)

    def elsewhere(self, drafts: Sequence[OnItsWay]) -> tuple[OnItsWay, ...]:
        """The drafts that belong to nothing shown here: of runs that were begun by hand."""
        here = {one.way.run for one in self.asked if one.way is not None}
        return tuple(draft for draft in drafts if draft.run not in here)


async def starting_of(visitor: Visitor, drafts: Sequence[OnItsWay]) -> Starting:
    """What was asked for, as a visitor sees it."""
    context, log = visitor.context, visitor.state.log
    risk = "risk" in context.actor.scopes
    day = (await due.days_of(context, log, await due.scorecards(context, log))).due if risk else None
    found = await starting.listed(context, MOST)
    names = await trail.names(context, [one.asked_by for one in found])
    days: set[date] = set()
    asked = []
    for one in found:
        asked.append(Asked(one, _way(one, drafts), one.as_of not in days))
        days.add(one.as_of)
    return Starting(tuple(asked), names, risk, day)


def _way(request: RunRequest, drafts: Sequence[OnItsWay]) -> OnItsWay | None:
    """The draft of a request: the one it names, else the newest of its day while it runs."""
    if request.run is not None:
        return next((draft for draft in drafts if draft.run == request.run), None)
    mine = [draft for draft in drafts if draft.as_of == request.as_of and request.state == "running"]
    return next(iter(mine[-1:]), None)
