"""/me/messages: what somebody was told, read and unread, and of what they want mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.server.services.people import messages as services
from credence.server.services.people.messages import Message
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
HERE = "/me/messages"
MAILS = f"{HERE}/mails"
A_PAGE = 25
# Where what a message is about can be seen, by the first of its ids that is here.
PLACES: Mapping[str, str] = {
    "dispute": "/me/disputes/{}",
    "decision": "/me/decisions/{}",
    "request": "/ask/{}",
    "inquiry": "/me/inquiries/{}",
    "recovery": "/me/account",
    "passkey": "/me/account",
    "notice": "/me/notices",
    "correction": "/me/change",
    "furnisher": "/me/facts",
    "review": "/me/decisions",
}


@dataclass(frozen=True)
class Messages:
    """A page of messages, the newest first, and how many are unread."""

    messages: tuple[Message, ...]
    unread: int
    older: str | None


@router.get(HERE)
async def listed(visitor: AtPerson, before: Annotated[str | None, Query(max_length=40)] = None) -> Response:
    """What somebody was told."""
    context = visitor.context
    found = await services.of(context, before, A_PAGE, visitor.seat.language)
    older = found[-1].message_id if len(found) == A_PAGE else None
    seen = Messages(tuple(found), await services.unread(context), older)
    return page(visitor.seat, "account/messages.html", seen=seen)


@router.post(f"{HERE}/read")
async def read_all(visitor: AtPerson) -> Response:
    """Note that all are read."""
    await services.read_all(visitor.context)
    return to(HERE)


@router.get(MAILS)
async def mails(visitor: AtPerson) -> Response:
    """For which kinds of messages mails go out."""
    return page(visitor.seat, "account/mails.html", mails=await services.choices(visitor.context))


@router.post(MAILS)
async def choose(
    visitor: AtPerson, mail: Annotated[list[str] | None, Form(max_length=100)] = None
) -> Response:
    """Turn mails on for the kinds that were ticked, and off for all others; the messages here stay."""
    wanted, had = set(mail or ()), await services.choices(visitor.context)
    for kind in sorted(wanted ^ {kind for kind, on in had.items() if on}):
        await services.choose(visitor.context, kind, mail=kind in wanted)
    return to(MAILS, done="mails")


@router.post(f"{HERE}/{{message_id}}")
async def read(visitor: AtPerson, message_id: str) -> Response:
    """Note that it is read, and go on to what it is about."""
    return to(place_of(await services.read(visitor.context, message_id)))


def place_of(ids: Mapping[str, str]) -> str:
    """Where what a message is about can be seen; the messages, if nowhere."""
    return next((place.format(ids[name]) for name, place in PLACES.items() if name in ids), HERE)
