"""/furnisher/send: a file of events: its columns, how far it is, and what was refused of it row by row."""

import asyncio
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import Response, StreamingResponse

from credence.errors import FormUnknownError
from credence.events.vocabulary import Field, Kind
from credence.server.services.furnishing import imports, receipts
from credence.server.services.furnishing.importing import COLUMNS
from credence.server.services.furnishing.notice_days import notice_rules
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.scoped import with_scope
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE, FILES = "/furnisher/send", "/furnisher/imports"
A_PAGE, REJECTS_SHOWN = 50, 200
AtSending = Annotated[Visitor, with_scope("furnisher", "events.write")]
AtReading = Annotated[Visitor, with_scope("furnisher", "receipts.read")]
Place = Annotated[str | None, Query(max_length=100)]
CSV = {"Content-Disposition": 'attachment; filename="rejects.csv"', "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class Upload:
    """What a file may have: columns that every event has, and those of each kind; what was amiss with one.

    `signs` are how many a text has at least that is given as evidence.
    """

    columns: Sequence[str]
    kinds: Sequence[Kind]
    fields: Mapping[str, Field]
    signs: int
    fault: str | None = None


@dataclass(frozen=True)
class Listed:
    """Rows, and where the next page begins."""

    rows: Sequence[Mapping[str, Any]]
    next_page: str | None


@dataclass(frozen=True)
class Reject:
    """What was refused of a row."""

    row: str
    event_id: str
    outcome: str
    field: str
    sentence: str


@dataclass(frozen=True)
class Taking:
    """A file on its way, and the first of what was refused of it; `more`: there are others."""

    row: Mapping[str, Any]
    rejects: Sequence[Reject]
    more: bool

    @property
    def waits(self) -> bool:
        """Whether it is not done yet."""
        return bool(self.row["state"] == "waiting")


@router.get(HERE)
async def upload_page(visitor: AtSending) -> Response:
    """Send a file; which columns it may have."""
    return page(visitor.seat, "furnisher/send.html", seen=await _upload(visitor))


@router.post(FILES)
async def send(visitor: AtSending, file: Annotated[UploadFile, File()]) -> Response:
    """Keep a file; it is taken into the log some rows at a time."""
    try:
        made = await imports.receive(visitor.context, file.filename or "", (file.size or 0, file.file))
    except FormUnknownError as error:
        seen = await _upload(visitor, sentence_of(visitor.seat, error))
        return page(visitor.seat, "furnisher/send.html", 422, seen=seen)
    return to(f"{FILES}/{made}", done="file_received")


@router.get(FILES)
async def listed(visitor: AtReading, before: Place = None) -> Response:
    """Every file that was sent."""
    rows = await imports.listed(visitor.context, before, A_PAGE)
    further = rows[-1]["import_id"] if len(rows) == A_PAGE else None
    return page(visitor.seat, "furnisher/imports.html", seen=Listed(rows, further))


@router.get(f"{FILES}/{{import_id}}")
async def one(visitor: AtReading, import_id: str) -> Response:
    """How far a file is, and what was refused of it."""
    row = await imports.get(visitor.context, import_id)
    folder = imports.folder_of(visitor.state.settings, import_id)
    found = await asyncio.to_thread(_rejects, folder)
    seen = Taking(row, found[:REJECTS_SHOWN], len(found) > REJECTS_SHOWN)
    return page(visitor.seat, "furnisher/import.html", seen=seen)


@router.get(f"{FILES}/{{import_id}}/rejects.csv")
async def rejects(visitor: AtReading, import_id: str) -> Response:
    """All that was refused so far, to be mended and sent again."""
    await imports.get(visitor.context, import_id)
    parts = imports.rejects(imports.folder_of(visitor.state.settings, import_id))
    return StreamingResponse(parts, 200, CSV, "text/csv; charset=utf-8")


async def _upload(visitor: Visitor, fault: str | None = None) -> Upload:
    system, words = await visitor.context.as_system(), visitor.state.log.vocabulary
    rules = await receipts.rules_of(system, visitor.context.actor.id, words)
    kinds = [words.kinds[name] for name in sorted(rules.kinds) if name in words.kinds]
    return Upload(COLUMNS, kinds, words.fields, notice_rules().evidence, fault)


def _rejects(folder: Path) -> list[Reject]:
    """The first of what was refused, and one more where there are others."""
    text = (line for part in imports.rejects(folder) for line in part.decode().splitlines(keepends=True))
    return [Reject(*row) for row in islice(csv.reader(text), 1, REJECTS_SHOWN + 2)]
