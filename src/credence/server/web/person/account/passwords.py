"""/me/account/password: a password with the codes of an authenticator app, for whoever has no passkey."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.errors import CodeWrongError, InvalidRequestError
from credence.server.requests import keep_signed_in
from credence.server.services.people import passwords
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
HERE = "/me/account/password"


@dataclass(frozen=True)
class Step:
    """A step: the password, or the app's first code, with what the app takes in as long as it is shown.

    `account` is for what keeps passwords in the browser: it belongs to this account.
    """

    name: str
    account: str
    address: str | None = None
    fault: str | None = None
    shortest: int = passwords.SHORTEST

    @property
    def secret(self) -> str | None:
        """What is typed into the app by whoever cannot scan, in groups of four."""
        if self.address is None:
            return None
        (found,) = parse_qs(urlsplit(self.address).query)["secret"]
        return " ".join(found[place : place + 4] for place in range(0, len(found), 4))


@router.get(HERE)
async def begin_page(visitor: AtPerson) -> Response:
    """Choose a password."""
    return page(visitor.seat, "account/password.html", step=Step("password", visitor.context.actor.id))


@router.post(HERE)
async def begin(visitor: AtPerson, password: Annotated[str, Form(max_length=200)]) -> Response:
    """Take the password, and show what the authenticator app takes in."""
    try:
        address = await passwords.begin(visitor.context, visitor.state.keys, password)
    except InvalidRequestError as error:
        step = Step("password", visitor.context.actor.id, fault=sentence_of(visitor.seat, error))
        return page(visitor.seat, "account/password.html", error.status, step=step)
    return page(visitor.seat, "account/password.html", step=Step("code", visitor.context.actor.id, address))


@router.post(f"{HERE}/code")
async def confirm(visitor: AtPerson, code: Annotated[str, Form(max_length=20)]) -> Response:
    """Make it count with the app's first code: every session ends, and a new one begins here."""
    try:
        token = await passwords.confirm(visitor.context, visitor.state.keys, code)
    except CodeWrongError as error:
        step = Step("code", visitor.context.actor.id, fault=sentence_of(visitor.seat, error))
        return page(visitor.seat, "account/password.html", error.status, step=step)
    reply = to("/me/account", done="password_set")
    keep_signed_in(reply, visitor.context, token)
    return reply
