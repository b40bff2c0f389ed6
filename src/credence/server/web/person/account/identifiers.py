"""/me/account/identifiers: what somebody is known by: added, confirmed with a code, removed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from credence.errors import CodeWrongError, InvalidRequestError, RequestError
from credence.server.requests import count
from credence.server.services.people import identifiers
from credence.server.services.people.kinds import DOCUMENTS
from credence.server.web.entry.door import to
from credence.server.web.entry.start import contact_of, document_of
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)
HERE = "/me/account/identifiers"
Short = Annotated[str, Form(max_length=254)]


@router.get(f"{HERE}/contact")
async def contact_page(visitor: AtPerson) -> Response:
    """Add an address or a telephone number."""
    return _contact(visitor, None)


@router.get(f"{HERE}/document")
async def document_page(visitor: AtPerson) -> Response:
    """Add a document."""
    return page(visitor.seat, "account/document.html", documents=tuple(DOCUMENTS), said=("", ""), fault=None)


@router.post(f"{HERE}/contact")
async def add_contact(visitor: AtPerson, contact: Short) -> Response:
    """Add an address or a number; a code goes there."""
    try:
        known = contact_of(contact)
    except InvalidRequestError as error:
        return _contact(visitor, None, error)
    new = await identifiers.offer(visitor.context, visitor.state.keys, known, visitor.seat.language)
    return to(f"{HERE}/{new}")


@router.post(f"{HERE}/document")
async def add_document(visitor: AtPerson, kind: Short, number: Short) -> Response:
    """Add a document."""
    try:
        known = document_of(kind, number)
    except InvalidRequestError as error:
        said = {"said": (kind, number), "fault": sentence_of(visitor.seat, error)}
        return page(visitor.seat, "account/document.html", error.status, documents=tuple(DOCUMENTS), **said)
    await identifiers.offer(visitor.context, visitor.state.keys, known, visitor.seat.language)
    return to("/me/account", done="document_added")


@router.get(f"{HERE}/{{identifier_id}}")
async def confirm_page(visitor: AtPerson, identifier_id: str) -> Response:
    """Say the code that was sent."""
    return _contact(visitor, identifier_id)


async def guess(request: Request, identifier_id: str) -> None:
    """Count a guess at a code."""
    await count(request, f"confirm {identifier_id}")


@router.post(f"{HERE}/{{identifier_id}}", dependencies=[Depends(guess)])
async def confirm(visitor: AtPerson, identifier_id: str, code: Short) -> Response:
    """Confirm an address or a number."""
    try:
        await identifiers.confirm(visitor.context, visitor.state.keys, identifier_id, code)
    except CodeWrongError as error:
        return _contact(visitor, identifier_id, error)
    return to("/me/account", done="confirmed")


@router.post(f"{HERE}/{{identifier_id}}/remove")
async def remove(visitor: AtPerson, identifier_id: str) -> Response:
    """Remove one; the last contact and the last document stay."""
    await identifiers.remove(visitor.context, identifier_id)
    return to("/me/account", done="identifier_removed")


def _contact(visitor: Visitor, confirming: str | None, fault: RequestError | None = None) -> Response:
    """The page of an address that is added or confirmed, with what is amiss, if anything is."""
    status, sentence = (fault.status, sentence_of(visitor.seat, fault)) if fault else (200, None)
    return page(visitor.seat, "account/contact.html", status, confirming=confirming, fault=sentence)
