"""Signing in, and where somebody is signed in."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForNobody, TheState, context_of
from credence.server.api.people.bodies import Code, Id, Said, Value
from credence.server.requests import COOKIE, guarded, keep_signed_in
from credence.server.services.context import Actor, Context
from credence.server.services.people import passkeys, passwords, sessions

router = APIRouter(prefix="/sessions", tags=["sign-in"])
ForThemselves = Annotated[Context, Depends(context_of("person", "operator"), scope="function")]


class Asked(BaseModel):
    """What a browser's `navigator.credentials` is to be asked, and the id to answer with."""

    challenge_id: str
    options: dict[str, Any]


class PasskeyShown(Said):
    """What the browser answered."""

    challenge_id: Annotated[str, Field(pattern=r"^chl_[0-9a-v]{26}$")]
    credential: dict[str, Any]


class Account(Said):
    """An account: by an address, a telephone number, or an operator's name."""

    kind: Literal["email", "phone", "operator"]
    value: Value


class PasswordSaid(Said):
    """A password, and the code that the authenticator app shows now."""

    account: Account
    password: Annotated[str, Field(min_length=1, max_length=200)]
    code: Code


class SignedIn(BaseModel):
    """Who is signed in now; the session is in a cookie."""

    kind: str
    id: str


class Session(BaseModel):
    """Where somebody is signed in; `here` is the session of this request.

    Until `fresh_until` it does what needs somebody who signed in a short while ago (`sign_in_again`).
    """

    id: str
    made_at: datetime
    ends_at: datetime
    fresh_until: datetime
    here: bool


class Sessions(BaseModel):
    """All live sessions of somebody, oldest first."""

    data: list[Session]


@router.post("/passkey/options")
async def ask_for_passkey(context: ForNobody) -> Asked:
    """Begin to sign in with a passkey: any that the browser has for the bureau."""
    asked = await passkeys.begin_sign_in(context)
    return Asked(challenge_id=asked.challenge_id, options=asked.options)


@router.post("/passkey", status_code=201)
async def sign_in_with_passkey(context: ForNobody, response: Response, said: PasskeyShown) -> SignedIn:
    """Sign in with what a passkey answered; each answer is taken once."""
    actor = await passkeys.finish_sign_in(context, said.challenge_id, said.credential)
    return await _signed_in(context, response, actor, "passkey")


@router.post("/password", status_code=201)
async def sign_in_with_password(
    request: Request, state: TheState, response: Response, said: PasswordSaid
) -> SignedIn:
    """Sign in with a password and the code of an authenticator app."""
    kind, value = said.account.kind, said.account.value.strip()
    value = value if kind == "operator" else value.lower()
    async with guarded(request, f"account {kind} {value}") as context:
        actor = await sessions.account(context, state.keys, kind, value)
        actor = await passwords.check(context, state.keys, actor, said.password, said.code)
        return await _signed_in(context, response, actor, "password")


@router.get("")
async def listed(context: ForThemselves, request: Request) -> Sessions:
    """Where whoever asks is signed in."""
    found = await sessions.of(context, _token(request))
    return Sessions(
        data=[
            Session(
                id=one.session_id, made_at=one.made_at, ends_at=one.ends_at, fresh_until=one.fresh_until,
                here=one.here,
            )
            for one in found
        ]
    )  # fmt: skip


@router.delete("", status_code=204)
async def end_all(context: ForThemselves, response: Response) -> None:
    """Sign out everywhere: end every session, this one too."""
    await sessions.end_all(context, context.actor)
    response.delete_cookie(COOKIE)


@router.delete("/current", status_code=204)
async def sign_out(context: ForThemselves, request: Request, response: Response) -> None:
    """Sign out: end this session."""
    await sessions.end_this(context, _token(request))
    response.delete_cookie(COOKIE)


@router.delete("/{session_id}", status_code=204)
async def end(context: ForThemselves, session_id: Id) -> None:
    """End one session."""
    await sessions.end(context, session_id)


async def _signed_in(context: Context, response: Response, actor: Actor, how: str) -> SignedIn:
    keep_signed_in(response, context, await sessions.begin(context, actor, how))
    return SignedIn(kind=actor.kind, id=actor.id)


def _token(request: Request) -> str:
    """The token of the session that a request comes with."""
    _, _, token = request.headers.get("Authorization", "").partition(" ")
    return token or request.cookies.get(COOKIE, "")
