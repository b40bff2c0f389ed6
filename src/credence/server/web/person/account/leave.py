"""/me/leave: closing the account, which can be undone, and having everything erased, which cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.server.requests import COOKIE
from credence.server.services.people import accounts
from credence.server.services.sharing import leaving
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.texts import say
from credence.server.web.visitor import AtPerson, Visitor, seat_of

router = APIRouter(include_in_schema=False)
HERE = "/me/leave"


@dataclass(frozen=True)
class Leaving:
    """What leaving means: since when the account is closed, if it is, and what stays of whoever is erased."""

    left_at: datetime | None
    kept: Mapping[str, str]
    fault: str | None = None


@router.get(HERE)
async def leave_page(visitor: AtPerson) -> Response:
    """Leave, or have everything erased: two acts."""
    return await _shown(visitor)


@router.post(HERE)
async def leave(visitor: AtPerson) -> Response:
    """Close the account."""
    await leaving.leave(visitor.context)
    return to(HERE, done="left")


@router.post(f"{HERE}/back")
async def reopen(visitor: AtPerson) -> Response:
    """Open it again."""
    await accounts.reopen(visitor.context)
    return to(HERE, done="reopened")


@router.post(f"{HERE}/erase")
async def erase(visitor: AtPerson, word: Annotated[str, Form(max_length=50)] = "") -> Response:
    """Erase the person, who typed the word that says so."""
    language = visitor.seat.language
    if word.strip().casefold() != say(language, "leave.word").casefold():
        return await _shown(visitor, say(language, "leave.word_wrong", word=say(language, "leave.word")))
    kept = await leaving.erase(visitor.context)
    reply = page(seat_of(visitor.seat.request), "account/erased.html", kept=kept)
    reply.delete_cookie(COOKIE)
    return reply


async def _shown(visitor: Visitor, fault: str | None = None) -> Response:
    account = await accounts.own(visitor.context)
    seen = Leaving(account.left_at, accounts.kept(), fault)
    return page(visitor.seat, "account/leave.html", 422 if fault else 200, leaving=seen)
