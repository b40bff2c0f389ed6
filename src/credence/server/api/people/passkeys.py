"""Passkeys of whoever is signed in: added, seen and removed."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from credence.server.api.people.bodies import Id, Name, Said
from credence.server.api.people.sessions import Asked, ForThemselves
from credence.server.services.people import passkeys

router = APIRouter(prefix="/passkeys", tags=["sign-in"])


class Named(Said):
    """How the passkey is called, for its owner to know it again."""

    name: Name


class PasskeyMade(Said):
    """What the browser answered."""

    name: Name
    challenge_id: Annotated[str, Field(pattern=r"^chl_[0-9a-v]{26}$")]
    credential: dict[str, Any]


class Passkey(BaseModel):
    """A passkey."""

    id: str
    name: str
    added_at: datetime
    used_at: datetime | None


class Passkeys(BaseModel):
    """All passkeys of somebody, oldest first."""

    data: list[Passkey]


class Added(BaseModel):
    """The id of a passkey."""

    id: str


@router.post("/options")
async def ask(context: ForThemselves, said: Named) -> Asked:
    """Begin to add a passkey."""
    asked = await passkeys.begin_adding(context, said.name)
    return Asked(challenge_id=asked.challenge_id, options=asked.options)


@router.post("", status_code=201)
async def add(context: ForThemselves, said: PasskeyMade) -> Added:
    """Add the passkey that the browser made."""
    return Added(id=await passkeys.finish_adding(context, said.challenge_id, said.credential, said.name))


@router.get("")
async def listed(context: ForThemselves) -> Passkeys:
    """The passkeys of whoever is signed in."""
    found = await passkeys.of(context, context.actor)
    return Passkeys(
        data=[
            Passkey(id=one.passkey_id, name=one.name, added_at=one.added_at, used_at=one.used_at)
            for one in found
        ]
    )


@router.delete("/{passkey_id}", status_code=204)
async def remove(context: ForThemselves, passkey_id: Id) -> None:
    """Remove a passkey; the last means of signing in stays."""
    await passkeys.remove(context, passkey_id)
