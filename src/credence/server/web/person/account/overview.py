"""/me/more and /me/account: the way to everything else; who somebody is here and how they sign in."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.server.requests import COOKIE
from credence.server.services.people import (
    accounts,
    identifiers,
    messages,
    passkeys,
    passwords,
    recovery,
    sessions,
)
from credence.server.services.people.accounts import Account
from credence.server.services.people.identifiers import Held
from credence.server.services.people.passkeys import Passkey
from credence.server.services.people.recovery import Recovery
from credence.server.services.people.sessions import Session
from credence.server.services.reading.freezes import is_frozen
from credence.server.web.entry.door import YEAR, to
from credence.server.web.pages import page
from credence.server.web.visitor import LANGUAGE, AtPerson

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class More:
    """What stands beside the links: how many messages are unread, and whether scores are frozen."""

    unread: int
    frozen: bool


@dataclass(frozen=True)
class Overview:
    """All of an account; until `fresh` is false it can be changed without signing in again."""

    account: Account
    identifiers: tuple[Held, ...]
    passkeys: tuple[Passkey, ...]
    password: bool
    sessions: tuple[Session, ...]
    recoveries: tuple[Recovery, ...]
    fresh: bool

    @property
    def contacts(self) -> tuple[Held, ...]:
        """Where somebody can be reached."""
        return tuple(one for one in self.identifiers if one.identifier.is_contact)

    @property
    def documents(self) -> tuple[Held, ...]:
        """The documents they are known by."""
        return tuple(one for one in self.identifiers if not one.identifier.is_contact)


@router.get("/me/more")
async def more(visitor: AtPerson) -> Response:
    """Links to everything else."""
    context = visitor.context
    seen = More(await messages.unread(context), await is_frozen(context, context.actor.id))
    return page(visitor.seat, "account/more.html", more=seen)


@router.get("/me/account")
async def account(visitor: AtPerson) -> Response:
    """Who the person is here, and how they sign in."""
    context, keys = visitor.context, visitor.state.keys
    here = await sessions.of(context, visitor.seat.request.cookies.get(COOKIE, ""))
    seen = Overview(
        await accounts.own(context),
        tuple(await identifiers.of(context, keys, context.actor.id)),
        tuple(await passkeys.of(context, context.actor)),
        await passwords.is_set(context),
        tuple(here),
        tuple(await recovery.of(context)),
        any(one.here and one.fresh_until > context.now for one in here),
    )
    return page(visitor.seat, "account/account.html", seen=seen)


@router.post("/me/account/language")
async def choose_language(visitor: AtPerson, language: Annotated[Literal["en", "zh"], Form()]) -> Response:
    """Read pages, messages and mails in a language."""
    await accounts.choose_language(visitor.context, language)
    reply = to("/me/account", done="language")
    reply.set_cookie(LANGUAGE, language, max_age=YEAR, httponly=True, samesite="lax")
    return reply
