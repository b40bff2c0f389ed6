"""An account: what it is, its language, everything in it to take along, closing it, having it erased."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState
from credence.server.api.people.bodies import LANGUAGE, Said
from credence.server.requests import COOKIE
from credence.server.services.people import accounts
from credence.server.services.sharing import leaving

router = APIRouter(prefix="/account", tags=["people"])


class Account(BaseModel):
    """Somebody's own account."""

    id: str
    enrolled_at: datetime
    language: str
    left_at: datetime | None


class Change(Said):
    """What is to be changed."""

    language: LANGUAGE


class Erasure(Said):
    """That everything is to be erased, which cannot be undone."""

    erase_everything: Annotated[Literal[True], Field(description="Never filled in for the person.")]


class Kept(BaseModel):
    """What is kept after erasing, and why."""

    what: str
    why: str


class Erased(BaseModel):
    """What is kept; everything else is gone, or goes within minutes."""

    kept: list[Kept]


@router.get("")
async def own(context: ForPerson) -> Account:
    """The account of whoever is signed in."""
    found = await accounts.own(context)
    return Account(
        id=found.person_id,
        enrolled_at=found.enrolled_at,
        language=found.language,
        left_at=found.left_at,
    )


@router.patch("")
async def change(context: ForPerson, said: Change) -> Account:
    """Change the language."""
    await accounts.choose_language(context, said.language)
    return await own(context)


@router.post("/leaving", status_code=204)
async def leave(context: ForPerson) -> None:
    """Close the account: every consent is withdrawn, and partners are told. Nothing is erased by this."""
    await leaving.leave(context)


@router.post("/reopening", status_code=204)
async def reopen(context: ForPerson) -> None:
    """Open a closed account again; consents stay withdrawn."""
    await accounts.reopen(context)


@router.get("/kept")
async def kept(context: ForPerson) -> Erased:
    """What would be kept if everything were erased, and why."""
    del context  # the same for everybody
    return _kept(accounts.kept())


@router.post("/erasure")
async def erase(context: ForPerson, response: Response, said: Erasure) -> Erased:
    """Erase the person; it cannot be undone. The reply says what is kept, and why."""
    assert said.erase_everything, "no other value is taken"
    found = await leaving.erase(context)
    response.delete_cookie(COOKIE)
    return _kept(found)


def _kept(found: dict[str, str]) -> Erased:
    return Erased(kept=[Kept(what=what, why=why) for what, why in found.items()])


@router.get("/export")
async def export_json(context: ForPerson, state: TheState) -> dict[str, list[dict[str, Any]]]:
    """Everything about the person, as JSON."""
    # It needs SQLAlchemy, which takes a tenth of a start to load, and hardly anybody asks.
    from credence.server.services.people import export  # noqa: PLC0415

    return await export.everything(context, state.keys)


@router.get("/export.zip", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
async def export_zip(context: ForPerson, state: TheState) -> Response:
    """Everything about the person, as a ZIP file of CSV files."""
    from credence.server.services.people import export  # noqa: PLC0415

    content = await export.archive(context, state.keys)
    named = {"Content-Disposition": 'attachment; filename="credence.zip"'}
    return Response(content, headers=named, media_type="application/zip")
