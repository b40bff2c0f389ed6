"""What a person is known by: seen, added, confirmed and removed by themselves."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from credence.server.api.dependencies import ForPerson, TheState
from credence.server.api.people.bodies import Code, Document, Id, Said
from credence.server.requests import COOKIE, count
from credence.server.services.people import identifiers
from credence.server.services.people.messages import language_of

router = APIRouter(prefix="/identifiers", tags=["people"])


class Identifier(BaseModel):
    """What a person is known by; `held_at` is null until it was confirmed."""

    id: str
    kind: str
    value: str
    added_at: datetime
    held_at: datetime | None


class Identifiers(BaseModel):
    """All of a person's identifiers, oldest first."""

    data: list[Identifier]


class Added(BaseModel):
    """The id of an identifier; an address or number waits for the code that was sent there."""

    id: str


class Confirmation(Said):
    """The code that was sent."""

    code: Code


@router.get("")
async def listed(context: ForPerson, state: TheState) -> Identifiers:
    """What the person is known by."""
    found = await identifiers.of(context, state.keys, context.actor.id)
    return Identifiers(
        data=[
            Identifier(
                id=one.identifier_id, kind=one.identifier.kind, value=one.identifier.value,
                added_at=one.added_at, held_at=one.held_at,
            )
            for one in found
        ]
    )  # fmt: skip


async def offer(request: Request) -> None:
    """Count an offer: whether a document is somebody's already is not to be tried out with many."""
    _, _, token = request.headers.get("Authorization", "").partition(" ")
    await count(request, f"offer {token or request.cookies.get(COOKIE, '')}")


@router.post("", status_code=201, dependencies=[Depends(offer)])
async def add(context: ForPerson, state: TheState, said: Document) -> Added:
    """Add an address, a telephone number or a document; a code goes to the first two."""
    language = await language_of(context, context.actor.id)
    return Added(id=await identifiers.offer(context, state.keys, said.read("/value"), language))


async def guess(request: Request, identifier_id: Id) -> None:
    """Count a guess at a code."""
    await count(request, f"confirm {identifier_id}")


@router.post("/{identifier_id}/confirmation", status_code=204, dependencies=[Depends(guess)])
async def confirm(context: ForPerson, state: TheState, identifier_id: Id, said: Confirmation) -> None:
    """Confirm an address or number by the code that was sent there."""
    await identifiers.confirm(context, state.keys, identifier_id, said.code)


@router.delete("/{identifier_id}", status_code=204)
async def remove(context: ForPerson, identifier_id: Id) -> None:
    """Remove an identifier; the last contact and the last document stay."""
    await identifiers.remove(context, identifier_id)
