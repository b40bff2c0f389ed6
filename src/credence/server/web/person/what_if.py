"""/me/what-if, /me/plans: what the score would be, exactly; and the cheapest ways to a higher band."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.errors import HypotheticalError, InvalidRequestError, UsageError
from credence.scoring.change import Change
from credence.scoring.what_if.plans import Goal, Plan, Plans, Step
from credence.scoring.words import money
from credence.server.services.looking import moves, own
from credence.server.services.looking.moves import MONTHS, Offered, Wish
from credence.server.services.reading import consents, scores
from credence.server.web.pages import page
from credence.server.web.person.asked import TheCard, card_for
from credence.server.web.person.words import PLAIN, Words, words_for, words_in
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)
Keys = Annotated[list[str], Query(max_length=100)]
Months = Annotated[int, Query(ge=0, le=max(MONTHS))]
# What is said of a move in words of our own.
PLACES = ("account", "balance", "cover_days")


def worded(said: Mapping[str, object]) -> dict[str, str]:
    """What a move's event says, as texts that a sentence may name; nothing where it does not say it."""
    balance = said.get("balance")
    told = {name: str(said.get(name, "")) for name in PLACES}
    if isinstance(balance, int):
        told["balance"] = money(balance, str(said.get("currency", "")))
    return told


@dataclass(frozen=True)
class Tried:
    """What can be tried out, what was, and what came of it: a change, or why there is none."""

    scorecard: str
    cards: tuple[str, ...]
    offered: Offered
    wish: Wish
    change: Change | None
    words: Words
    fault: str | None
    months: tuple[int, ...] = MONTHS

    @property
    def choices(self) -> tuple[tuple[str, str, str, dict[str, str], bool], ...]:
        """Of each move its key, name, title and words, and whether it was chosen."""
        return tuple(
            (one.key, one.name, one.title, worded(one.said), one.key in self.wish.moves)
            for one in self.offered.choices
        )


@dataclass(frozen=True)
class Planned:
    """The plans to a band, or why there are none; `told` are those that are shown."""

    scorecard: str
    band: str
    words: Words
    plans: Plans | None
    fault: str | None

    @property
    def told(self) -> tuple[Plan, ...]:
        """The plans; where there is none, the one that comes nearest."""
        if self.plans is None:
            return ()
        nearest = () if self.plans.nearest is None else (self.plans.nearest,)
        return self.plans.plans or nearest

    @staticmethod
    def said(step: Step) -> dict[str, str]:
        """The words of a step."""
        return worded(step.events[0])


@router.get("/me/what-if")
async def what_if(
    visitor: AtPerson,
    scorecard: TheCard = None,
    move: Keys = [],  # noqa: B006 - FastAPI copies it
    retract: Keys = [],  # noqa: B006 - FastAPI copies it
    months: Months = 0,
) -> Response:
    """What can be tried out, and what comes of it; moves without a time are made within a month."""
    name, names = await card_for(visitor, scorecard)
    wish = Wish(tuple(move), tuple(retract), months or (MONTHS[0] if move else 0))
    offered = await moves.offered(visitor.context, visitor.state.log, name)
    change, fault = await _tried(visitor, name, wish)
    words = PLAIN if change is None else words_for(visitor.seat.language, change.after)
    return page(
        visitor.seat, "person/what_if.html",
        seen=Tried(name, names, offered, wish, change, words, fault),
    )  # fmt: skip


async def _tried(visitor: Visitor, name: str, wish: Wish) -> tuple[Change | None, str | None]:
    if wish == Wish():
        return None, None
    try:
        return await moves.tried(visitor.context, visitor.state.log, name, wish), None
    except (InvalidRequestError, UsageError, HypotheticalError) as error:
        return None, str(error)


@router.get("/me/plans")
async def plans(
    visitor: AtPerson, band: Annotated[str, Query(max_length=100)], scorecard: TheCard = None
) -> Response:
    """The cheapest ways to a band."""
    name, _ = await card_for(visitor, scorecard)
    newest = await scores.current(visitor.context, await consents.own(visitor.context), name)
    words = PLAIN if newest is None else words_in(visitor.seat.language, name, newest.version)
    found, fault = None, None
    try:
        found = await own.plans(visitor.context, visitor.state.log, name, Goal(band))
    except (InvalidRequestError, UsageError) as error:
        fault = str(error)
    return page(visitor.seat, "person/plans.html", seen=Planned(name, band, words, found, fault))
