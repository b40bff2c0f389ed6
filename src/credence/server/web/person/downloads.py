"""/me/download: everything about a person to take along, and a statement for paper."""

import asyncio
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.errors import SignInAgainError
from credence.server.services.deciding.letters.pdf import pdf
from credence.server.services.looking import own
from credence.server.services.people import fresh
from credence.server.services.reading import cards
from credence.server.services.reading.named import names_of
from credence.server.web.pages import page
from credence.server.web.person.asked import Day, Instant, TheCard, card_for
from credence.server.web.person.sheet import sheet
from credence.server.web.texts import LANGUAGES
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
TheLanguage = Annotated[str | None, Query(max_length=10)]


@dataclass(frozen=True)
class Downloads:
    """The scorecards that there are statements of, and whether the person signed in a short while ago."""

    cards: tuple[str, ...]
    fresh: bool
    minutes: int


@router.get("/me/download")
async def downloads(visitor: AtPerson) -> Response:
    """What can be taken along."""
    context = visitor.context
    names = tuple(await cards.concerning(context, context.actor.id))
    try:
        fresh.check(context)
    except SignInAgainError:
        recent = False
    else:
        recent = True
    seen = Downloads(names, recent, context.settings.fresh_minutes)
    return page(visitor.seat, "person/download.html", seen=seen)


@router.get("/me/download/everything.json")
async def everything(visitor: AtPerson) -> Response:
    """Everything about the person, as JSON that people can read."""
    # It needs SQLAlchemy, which takes a tenth of a start to load, and hardly anybody asks.
    from credence.server.services.people import export  # noqa: PLC0415

    found = await export.everything(visitor.context, visitor.state.keys)
    content = msgspec.json.format(msgspec.json.encode(found), indent=2)
    return _file(content, "application/json", "credence.json")


@router.get("/me/download/everything.zip")
async def archive(visitor: AtPerson) -> Response:
    """Everything about the person, as CSV files."""
    from credence.server.services.people import export  # noqa: PLC0415

    content = await export.archive(visitor.context, visitor.state.keys)
    return _file(content, "application/zip", "credence.zip")


@router.get("/me/statement.pdf")
async def paper(
    visitor: AtPerson,
    scorecard: TheCard = None,
    as_of: Day = None,
    known_at: Instant = None,
    language: TheLanguage = None,
) -> Response:
    """A statement as a PDF, in the language of the page if no other is asked for."""
    context = visitor.context
    name, _ = await card_for(visitor, scorecard)
    found = await own.statement(context, visitor.state.log, name, as_of, known_at)
    names = await names_of(context, {one for line in found.lines for one in line.furnishers})
    chosen = language if language in LANGUAGES else visitor.seat.language
    letter = sheet(found, names, chosen, context.settings.bureau)
    content = await asyncio.to_thread(pdf, letter)
    return _file(content, "application/pdf", f"statement-{name}-{found.as_of}.pdf")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type=media_type)
