"""/me/import: one's own statement or bill: looked at first, then kept or let go, and removed again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import Response

from credence.errors import ConflictError, InvalidRequestError
from credence.events.vocabulary import Vocabulary
from credence.server.services.bringing import keeping, looking_at
from credence.server.services.bringing.drafts import SIGNS_MOST
from credence.server.services.bringing.looking_at import Looked
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.person.words import Words, words_for
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)
HERE = "/me/import"
# How many refused lines, and lines that no rule takes, are shown.
SHOWN = 20


@dataclass(frozen=True)
class Start:
    """What was kept so far, and why the last file could not be read, if it could not."""

    kept: Sequence[Mapping[str, Any]]
    fault: str | None = None


@dataclass(frozen=True)
class Preview:
    """What a file holds and would do; the vocabulary lends the titles of kinds.

    `texts` are the words of the scorecard of each change.
    """

    looked: Looked
    words: Vocabulary
    texts: tuple[Words, ...]
    shown: int = SHOWN


@router.get(HERE)
async def start(visitor: AtPerson) -> Response:
    """What can be brought, and what was kept."""
    return await _start(visitor)


@router.post(HERE)
async def look(visitor: AtPerson, file: UploadFile) -> Response:
    """What a file holds, and what it would do to the score; nothing of it is kept."""
    try:
        looked = await looking_at.look(visitor.context, visitor.state, await file.read())
    except InvalidRequestError as error:
        return await _start(visitor, str(error))
    told = looked.changes or looked.with_all
    texts = tuple(words_for(visitor.seat.language, change.after) for change in told)
    return page(visitor.seat, "person/import.html", seen=Preview(looked, visitor.state.log.vocabulary, texts))


@router.post(f"{HERE}/keep")
async def keep(
    visitor: AtPerson,
    draft: Annotated[str, Form(max_length=SIGNS_MOST)],
    against: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Keep what was shown; what speaks against the person only if they said so."""
    try:
        await keeping.keep(visitor.context, visitor.state, draft, against=bool(against))
    except (InvalidRequestError, ConflictError) as error:
        return await _start(visitor, str(error))
    return to(HERE, done="import_kept")


@router.post(f"{HERE}/{{import_id}}/remove")
async def remove(visitor: AtPerson, import_id: str) -> Response:
    """Remove what was kept."""
    await keeping.remove(visitor.context, visitor.state, import_id)
    return to(HERE, done="import_removed")


async def _start(visitor: Visitor, fault: str | None = None) -> Response:
    kept = await keeping.listed(visitor.context)
    status = 200 if fault is None else 422
    return page(visitor.seat, "person/imports.html", status, seen=Start(kept, fault))
