"""Operators: how they come in, and members of partners and furnishers likewise; who operators are."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from credence.server.api.dependencies import ForAdmin, ForNobody, TheState
from credence.server.api.people.sessions import Asked
from credence.server.requests import COOKIE
from credence.server.services.access import operators, parties, registering
from credence.server.services.context import Actor, Context

router = APIRouter(tags=["operators"])
Email = Annotated[
    str | None, Field(max_length=254, description="Their mail address; mails say nothing of whom.")
]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Told(BaseModel):
    """A body that holds nothing but what is said here."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Told):
    """The secret of a link."""

    secret: Annotated[str, Field(max_length=200)]


class Session(BaseModel):
    """A session, which is also set as a cookie."""

    token: str
    operator_id: str | None = Field(description="Whose it is; null if a member's.")
    member_id: str | None = Field(description="Whose it is; null if an operator's.")
    roles: list[str] = Field(description="Roles of an operator, scopes of a member.")


class Invited(Told):
    """The secret that `credence operators add` printed, and how the passkey is to be called."""

    secret: Annotated[str, Field(max_length=200)]
    name: Name


class Registered(Told):
    """The same secret and name, and what the browser answered."""

    secret: Annotated[str, Field(max_length=200)]
    name: Name
    challenge_id: Annotated[str, Field(pattern=r"^chl_[0-9a-v]{26}$")]
    credential: dict[str, Any]


class NewOperator(Told):
    """An operator and what they may do."""

    name: Name
    roles: Annotated[list[str], Field(min_length=1)]
    email: Email = None


class Address(Told):
    """Where an operator is told that something waits for them; null for nowhere."""

    email: Email


class Made(BaseModel):
    """The id of somebody new."""

    id: str


class Link(Made):
    """An operator, and the secret with which they register a passkey once, within a day."""

    sign_in_link: str


class Listed(BaseModel):
    """Somebody who may come, or might once."""

    id: str
    name: str
    has: list[str]
    added_at: datetime
    ended_at: datetime | None


class ListedAll(BaseModel):
    """Everybody of a kind, oldest first."""

    data: list[Listed]


@router.post("/operators/sign-in")
async def sign_in(context: ForNobody, response: Response, said: SignIn) -> Session:
    """Sign in by a secret alone, once; in a sandbox only. Elsewhere it registers a passkey."""
    return _signed_in(context, response, *await parties.sign_in(context, said.secret))


@router.post("/operators/passkey/options")
async def ask_for_passkey(context: ForNobody, said: Invited) -> Asked:
    """Begin to register the first passkey of an operator or member, or a new one after all were lost."""
    asked = await registering.begin(context, said.secret, said.name)
    return Asked(challenge_id=asked.challenge_id, options=asked.options)


@router.post("/operators/passkey", status_code=201)
async def register(context: ForNobody, response: Response, said: Registered) -> Session:
    """Register the passkey and be signed in; the secret is used, and what was before signs in no more."""
    made = await registering.finish(context, said.secret, said.challenge_id, said.credential, said.name)
    return _signed_in(context, response, *made)


def _signed_in(context: Context, response: Response, actor: Actor, token: str) -> Session:
    secure = context.settings.public_url.startswith("https:")
    response.set_cookie(
        COOKIE, token, max_age=parties.SESSION_LASTS.seconds, httponly=True, secure=secure, samesite="strict"
    )
    operator = actor.id if actor.kind == "operator" else None
    return Session(token=token, operator_id=operator, member_id=actor.member, roles=sorted(actor.scopes))


@router.get("/operators")
async def list_operators(context: ForAdmin) -> ListedAll:
    """All operators, those who left among them."""
    return all_of(await parties.listed(context, "operator"))


@router.post("/operators", status_code=201)
async def add_operator(context: ForAdmin, state: TheState, said: NewOperator) -> Link:
    """Add an operator; the link is for them alone."""
    made = await operators.invite(context, state.keys, said.name, said.roles, said.email)
    return Link(id=made[0], sign_in_link=made[1])


@router.put("/operators/{operator_id}/email", status_code=204)
async def set_email(context: ForAdmin, state: TheState, operator_id: str, said: Address) -> None:
    """Have an operator told by mail that something waits for them, or no more."""
    await operators.set_mail(context, state.keys, operator_id, said.email)


@router.delete("/operators/{operator_id}", status_code=204)
async def end_operator(context: ForAdmin, operator_id: str) -> None:
    """An operator may come no more; their sessions end at once. The last administrator stays."""
    await operators.end(context, operator_id)


def all_of(rows: Iterable[Mapping[str, Any]]) -> ListedAll:
    """Rows as they are told."""
    return ListedAll(data=[Listed(**row) for row in rows])
