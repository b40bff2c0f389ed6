"""What a person was told, and of what they want mails."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from credence.server.api.dependencies import ForPerson
from credence.server.api.people.bodies import Id, Said
from credence.server.services.people import messages

router = APIRouter(tags=["messages"])


class Message(BaseModel):
    """Something a person was told; `ids` name what it is about."""

    id: str
    kind: str
    text: str
    ids: dict[str, str]
    told_at: datetime
    read_at: datetime | None


class Messages(BaseModel):
    """A page of messages, newest first."""

    data: list[Message]
    next_cursor: str | None


class Choice(BaseModel):
    """Whether a mail goes out for a kind of message; the alert in the app always stays."""

    kind: str
    mail: bool


class Choices(BaseModel):
    """Every kind of message."""

    data: list[Choice]


class Chosen(Said):
    """Whether mails are wanted."""

    mail: bool


@router.get("/messages")
async def listed(
    context: ForPerson,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(pattern=r"^msg_[0-9a-v]{26}$")] = None,
) -> Messages:
    """What the person was told, in their language."""
    found = await messages.of(context, cursor, limit)
    data = [
        Message(
            id=one.message_id, kind=one.kind, text=one.sentence, ids=one.ids, told_at=one.told_at,
            read_at=one.read_at,
        )
        for one in found
    ]  # fmt: skip
    return Messages(data=data, next_cursor=data[-1].id if len(data) == limit else None)


@router.post("/messages/{message_id}/reading", status_code=204)
async def read(context: ForPerson, message_id: Id) -> None:
    """Note that a message was read."""
    await messages.read(context, message_id)


@router.get("/message-choices")
async def choices(context: ForPerson) -> Choices:
    """For which kinds of messages mails go out."""
    found = await messages.choices(context)
    return Choices(data=[Choice(kind=kind, mail=mail) for kind, mail in found.items()])


@router.put("/message-choices/{kind}")
async def choose(context: ForPerson, kind: str, said: Chosen) -> Choices:
    """Turn mails of a kind on or off."""
    await messages.choose(context, kind, mail=said.mail)
    return await choices(context)
