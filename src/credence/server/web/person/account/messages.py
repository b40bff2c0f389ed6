"""/me/messages: what somebody was told, read and unread, and of what they want mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.server.services.people import messages as services
from credence.server.services.people.messages import Message
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
HERE = "/me/messages"
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
    """A page of messages, the newest first, how many are unread, and for which kinds mails go out."""

    messages: tuple[Message, ...]
    unread: int
    mails: Mapping[str, bool]
    older: str | None


@router.get(HERE)
async def listed(visitor: AtPerson, before: Annotated[str | None, Query(max_length=40)] = None) -> Response:
    """What somebody was told."""
    context = visitor.context
    found = await services.of(context, before, A_PAGE, visitor.seat.language)
    older = found[-1].message_id if len(found) == A_PAGE else None
    mails = await services.choices(context)
    seen = Messages(tuple(found), await services.unread(context), mails, older)
    return page(visitor.seat, "account/messages.html", seen=seen)


@router.post(f"{HERE}/read")
async def read_all(visitor: AtPerson) -> Response:
    """Note that all are read."""
    await services.read_all(visitor.context)
    return to(HERE)


@router.post(f"{HERE}/mails")
async def choose(
    visitor: AtPerson,
    kind: Annotated[str, Form(max_length=100)],
    mail: Annotated[Literal["yes", "no"], Form()],
) -> Response:
    """Turn mails of a kind on or off; the message here stays."""
    await services.choose(visitor.context, kind, mail=mail == "yes")
    return to(HERE, done="mails")


@router.post(f"{HERE}/{{message_id}}")
async def read(visitor: AtPerson, message_id: str) -> Response:
    """Note that it is read, and go on to what it is about."""
    return to(place_of(await services.read(visitor.context, message_id)))


def place_of(ids: Mapping[str, str]) -> str:
    """Where what a message is about can be seen; the messages, if nowhere."""
    return next((place.format(ids[name]) for name, place in PLACES.items() if name in ids), HERE)
