"""Operators: how they come in, and who they are."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from credence.server.api.dependencies import COOKIE, ForAdmin, ForNobody
from credence.server.services.access import parties

router = APIRouter(tags=["operators"])
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
    operator_id: str
    roles: list[str]


class NewOperator(Told):
    """An operator and what they may do."""

    name: Name
    roles: Annotated[list[str], Field(min_length=1)]


class Made(BaseModel):
    """The id of somebody new."""

    id: str


class Link(Made):
    """An operator and the link with which they sign in once."""

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
    """Sign in by the secret of a link, once."""
    actor, token = await parties.sign_in(context, said.secret)
    secure = context.settings.public_url.startswith("https:")
    response.set_cookie(
        COOKIE, token, max_age=parties.SESSION_LASTS.seconds, httponly=True, secure=secure, samesite="strict"
    )
    return Session(token=token, operator_id=actor.id, roles=sorted(actor.scopes))


@router.get("/operators")
async def list_operators(context: ForAdmin) -> ListedAll:
    """All operators, those who left among them."""
    return all_of(await parties.listed(context, "operator"))


@router.post("/operators", status_code=201)
async def add_operator(context: ForAdmin, said: NewOperator) -> Link:
    """Add an operator; the link is for them alone."""
    operator = await parties.add(context, "operator", said.name, said.roles)
    return Link(id=operator, sign_in_link=await parties.sign_in_link(context, operator))


@router.delete("/operators/{operator_id}", status_code=204)
async def end_operator(context: ForAdmin, operator_id: str) -> None:
    """An operator may come no more; their sessions end at once."""
    await parties.end(context, "operator", operator_id)


def all_of(rows: Iterable[Mapping[str, Any]]) -> ListedAll:
    """Rows as they are told."""
    return ListedAll(data=[Listed(**row) for row in rows])
