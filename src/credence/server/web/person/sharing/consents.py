"""/me/sharing: who may ask about a person: switched off with one press, granted one purpose at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Self
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from credence.server.services.reading import asking, consents, requests
from credence.server.services.reading.consents import DAYS, Wish
from credence.server.services.reading.freezes import is_frozen
from credence.server.services.sharing import consents as sharing
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.person.sharing.sent import Sent, sent
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)
A_PAGE = 100
CHOICES = (7, 30, 90, 180, 365)
Days = Annotated[int, Form(ge=1, le=365)]


@dataclass(frozen=True)
class Consent:
    """A consent of the person's; `live` where the partner can ask under it now."""

    consent_id: str
    partner_id: str
    partner: str
    purpose: str
    level: str
    at_least: int | None
    scorecard: str
    granted_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    live: bool

    @classmethod
    def of(cls, row: Mapping[str, Any], now: datetime) -> Self:
        """A consent as services tell it."""
        live = row["withdrawn_at"] is None and row["ends_at"] > now
        return cls(**{name: row[name] for name in cls.__annotations__ if name != "live"}, live=live)

    @property
    def query(self) -> str:
        """What is granted, for the address of a page about granting it."""
        said = {"partner": self.partner_id, "purpose": self.purpose, "level": self.level}
        said |= {"scorecard": self.scorecard}
        return urlencode(said if self.at_least is None else said | {"at_least": str(self.at_least)})


@dataclass(frozen=True)
class Asked:
    """A request that waits."""

    request_id: str
    partner: str
    purpose: str
    level: str
    at_least: int | None
    lapses_at: datetime


@dataclass(frozen=True)
class Sharing:
    """Who may ask, who wants to, and who could before; `older` is where the next page begins."""

    frozen: bool
    live: tuple[Consent, ...]
    waiting: tuple[Asked, ...]
    ended: tuple[Consent, ...]
    older: str | None


@dataclass(frozen=True)
class Granting:
    """A consent before it is given: to whom, what, what is sent, and for how many days at first.

    `frozen` is whether a freeze keeps it back, `asked` for how many days the partner asks, if it did, and
    `action` where the form goes, with `fields`.
    """

    partner: str
    wish: Wish
    sent: Sent
    frozen: bool
    action: str
    asked: int | None = None
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def days(self) -> tuple[int, ...]:
        """For how many days it can be given."""
        return tuple(sorted({*CHOICES, *filter(None, [self.asked])}))

    @property
    def chosen(self) -> int:
        """For how many at first: 90, or what is asked for, if that is less."""
        return min(DAYS, self.asked or DAYS)


def wished(
    purpose: Annotated[str, Query(max_length=100)],
    level: Annotated[str, Query(max_length=100)],
    scorecard: Annotated[str, Query(max_length=100)],
    at_least: Annotated[int | None, Query(ge=-1_000_000, le=1_000_000)] = None,
) -> Wish:
    """What a page about granting is asked for."""
    return Wish(purpose, level, scorecard, at_least)


TheWish = Annotated[Wish, Depends(wished)]
Partner = Annotated[str, Query(max_length=40)]


@router.get("/me/sharing")
async def shared(visitor: AtPerson, before: Annotated[str | None, Query(max_length=40)] = None) -> Response:
    """Consents with their switches, those that ended folded, and requests that wait."""
    context = visitor.context
    found = [Consent.of(row, context.now) for row in await consents.listed(context, A_PAGE, before)]
    waiting = [
        Asked(**{name: row[name] for name in Asked.__annotations__})
        for row in await requests.waiting(context)
    ]
    seen = Sharing(
        await is_frozen(context, context.actor.id),
        tuple(one for one in found if one.live), tuple(waiting),
        tuple(one for one in found if not one.live),
        found[-1].consent_id if len(found) == A_PAGE else None,
    )  # fmt: skip
    return page(visitor.seat, "sharing/consents.html", sharing=seen)


@router.post("/me/sharing/{consent_id}/withdraw")
async def withdraw(visitor: AtPerson, consent_id: str) -> Response:
    """Switch a consent off."""
    await sharing.withdraw(visitor.context, consent_id)
    return to("/me/sharing", done="withdrawn")


@router.get("/me/sharing/new")
async def new(visitor: AtPerson, partner: Partner, wish: TheWish) -> Response:
    """What a partner would be told under a consent, to be granted or not."""
    name = await consents.check_partner(visitor.context, partner, wish.purpose)
    query = visitor.seat.request.url.query
    seen = Granting(name, wish, *await preview(visitor, wish), f"/me/sharing/new?{query}")
    return page(visitor.seat, "sharing/grant.html", granting=seen)


@router.get("/me/sharing/preview")
async def seen_before(visitor: AtPerson, partner: Partner, wish: TheWish) -> Response:
    """What a partner would be told now."""
    name = await consents.check_partner(visitor.context, partner, wish.purpose)
    seen = Granting(name, wish, *await preview(visitor, wish), "")
    return page(visitor.seat, "sharing/preview.html", granting=seen)


@router.post("/me/sharing/new")
async def grant(visitor: AtPerson, partner: Partner, wish: TheWish, days: Days) -> Response:
    """Grant it."""
    await sharing.grant(visitor.context, partner, wish, after(visitor, days))
    return to("/me/sharing", done="granted")


async def preview(visitor: Visitor, wish: Wish) -> tuple[Sent, bool]:
    """Exactly what would be sent now under a consent, and whether a freeze keeps it back."""
    context, state = visitor.context, visitor.state
    grant = await consents.own(context)
    found = await asking.preview(context, state.keys, state.log, grant, wish)
    return sent(found, visitor.seat.language), await is_frozen(context, context.actor.id)


def after(visitor: Visitor, days: int) -> datetime:
    """The end of what is granted for so many days."""
    return visitor.context.now + timedelta(days=days)
