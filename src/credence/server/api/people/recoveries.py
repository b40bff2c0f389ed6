"""Recovering an account whose passkey is lost, and stopping somebody else who tries."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState
from credence.server.api.people.bodies import LANGUAGE, Code, Contact, Document, Id, Said
from credence.server.requests import count, guarded, keep_signed_in
from credence.server.services.people import recovery

router = APIRouter(prefix="/recoveries", tags=["sign-in"])


class NewRecovery(Said):
    """Where the code is to be sent."""

    contact: Contact
    language: LANGUAGE = "en"


class Begun(BaseModel):
    """The id to go on with, whether there is such an account or not."""

    id: str


class Proof(Said):
    """The code that was sent, and the number of a document of the account."""

    code: Code
    document: Document


class Waiting(BaseModel):
    """What to come back with, and from when on."""

    secret: str
    ready_at: datetime


class Completion(Said):
    """The secret."""

    secret: Annotated[str, Field(min_length=1, max_length=100)]


class Recovered(BaseModel):
    """That the account is recovered; the session is in a cookie."""

    recovered: bool = True


class Recovery(BaseModel):
    """A recovery that waits."""

    id: str
    asked_at: datetime
    ready_at: datetime


class Recoveries(BaseModel):
    """All recoveries of an account that wait, oldest first."""

    data: list[Recovery]


@router.post("", status_code=202)
async def begin(request: Request, state: TheState, said: NewRecovery) -> Begun:
    """Begin to recover an account: a code goes to its address or number."""
    contact = said.contact.read("/contact/value")
    await count(request, f"recover {contact.kind} {contact.value}")
    async with guarded(request, f"recovery {contact.value}") as context:
        return Begun(id=await recovery.begin(context, state.keys, contact, said.language))


@router.post("/{recovery_id}/proof", status_code=202)
async def prove(request: Request, state: TheState, recovery_id: Id, said: Proof) -> Waiting:
    """Show the code and a document's number. Then a day is waited, in which the owner can stop it."""
    document = said.document.read("/document/value")
    async with guarded(request, f"recovery {recovery_id}") as context:
        secret, ready = await recovery.prove(context, state.keys, recovery_id, said.code, document)
    return Waiting(secret=secret, ready_at=ready)


@router.post("/{recovery_id}/completion", status_code=201)
async def finish(request: Request, response: Response, recovery_id: Id, said: Completion) -> Recovered:
    """Sign in after the day. No earlier passkey, password or session signs in any more."""
    async with guarded(request, f"completion {recovery_id}") as context:
        keep_signed_in(response, context, await recovery.finish(context, recovery_id, said.secret))
    return Recovered()


@router.get("")
async def listed(context: ForPerson) -> Recoveries:
    """Who asks to recover the account of whoever is signed in."""
    found = await recovery.of(context)
    return Recoveries(
        data=[Recovery(id=one.recovery_id, asked_at=one.asked_at, ready_at=one.ready_at) for one in found]
    )


@router.delete("/{recovery_id}", status_code=204)
async def stop(context: ForPerson, recovery_id: Id) -> None:
    """Stop a recovery."""
    await recovery.stop(context, recovery_id)
