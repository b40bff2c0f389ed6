"""Enrolling: a code goes to an address or number; whoever says it can open an account."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForNobody, TheState
from credence.server.api.people.bodies import LANGUAGE, Code, Contact, Document, Said
from credence.server.requests import count, guarded, keep_signed_in
from credence.server.services.context import Actor
from credence.server.services.people import enrolling, sessions
from credence.server.services.people.kinds import KIND_TITLES

router = APIRouter(tags=["people"])


class Enrolment(Said):
    """Where the code is to be sent, and in which language."""

    contact: Contact
    language: LANGUAGE = "en"


class NewPerson(Said):
    """Whoever opens an account: by the code that was sent, and a document's number."""

    contact: Contact
    code: Code
    document: Document
    language: LANGUAGE = "en"
    agreed: Annotated[
        Literal[True], Field(description="That the person wants an account. It is never filled in for them.")
    ]


class Person(BaseModel):
    """Somebody's own id."""

    id: str


class Sent(BaseModel):
    """That a code was sent, whoever it went to."""

    sent: Literal[True] = True


class IdentifierKind(BaseModel):
    """A kind of identifier."""

    kind: str
    title: str


@router.get("/identifier-kinds")
async def identifier_kinds(_: ForNobody) -> list[IdentifierKind]:
    """What people can be known by."""
    return [IdentifierKind(kind=kind, title=title) for kind, title in KIND_TITLES.items()]


@router.post("/enrolments", status_code=202)
async def begin(request: Request, state: TheState, said: Enrolment) -> Sent:
    """Send a code to an address or number. The reply is the same where it has an account already."""
    contact = said.contact.read("/contact/value")
    await count(request, f"enrol {contact.kind} {contact.value}")
    async with guarded(request, f"enrolment {contact.value}") as context:
        await enrolling.begin(context, state.keys, contact, said.language)
    return Sent()


@router.post("/people", status_code=201)
async def enrol(request: Request, response: Response, state: TheState, said: NewPerson) -> Person:
    """Open an account, and be signed in."""
    contact, document = said.contact.read("/contact/value"), said.document.read("/document/value")
    async with guarded(request, f"new {contact.kind} {contact.value}") as context:
        person = await enrolling.finish(context, state.keys, contact, said.code, document, said.language)
        token = await sessions.begin(context, Actor("person", person), "enrolment")
        keep_signed_in(response, context, token)
    return Person(id=person)
