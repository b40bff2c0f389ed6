"""/imports: files of events, how far each is, and what was refused of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from credence.server.api.dependencies import TheState, context_of
from credence.server.api.furnishing.shapes import Counts, counts_of
from credence.server.services.context import Context
from credence.server.services.furnishing import imports

router = APIRouter(tags=["events"])
Sends = Annotated[Context, Depends(context_of("furnisher", scope="events.write"), scope="function")]
Reads = Annotated[Context, Depends(context_of("furnisher", scope="receipts.read"), scope="function")]


class Import(BaseModel):
    """A file of events and how far it is."""

    import_id: str
    status: Literal["waiting", "done", "failed"]
    why: str | None = Field(description="Why it failed: what was taken before stays.")
    received_at: datetime
    done_at: datetime | None
    bytes: int
    rows: int | None = Field(description="How many rows it has; known when it is done.")
    rows_done: int
    counts: Counts


class Imports(BaseModel):
    """A page of imports, newest first."""

    data: list[Import]
    next_cursor: str | None


class ImportMade(BaseModel):
    """A file that was received."""

    import_id: str


@router.post("/imports", status_code=202)
async def send(context: Sends, response: Response, file: UploadFile) -> ImportMade:
    """Send a file of events: CSV, JSON lines or Parquet, with a column for each field.

    It is safe when this is answered (202), and is taken some rows at a time.
    """
    made = await imports.receive(context, file.filename or "", (file.size or 0, file.file))
    response.headers["Location"] = f"/v1/imports/{made}"
    return ImportMade(import_id=made)


@router.get("/imports")
async def listed(
    context: Reads, cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Imports:
    """Your imports, newest first."""
    found = await imports.listed(context, cursor, limit)
    last = found[-1]["import_id"] if len(found) == limit else None
    return Imports(data=[_shown(row) for row in found], next_cursor=last)


@router.get("/imports/{import_id}")
async def get(context: Reads, import_id: str) -> Import:
    """One import, and how far it is."""
    return _shown(await imports.get(context, import_id))


@router.get("/imports/{import_id}/rejects", response_class=Response)
async def rejects(context: Reads, state: TheState, import_id: str) -> Response:
    """What was refused so far, as CSV: the row, its event_id, the field and a sentence."""
    await imports.get(context, import_id)
    parts = imports.rejects(imports.folder_of(state.settings, import_id))
    return StreamingResponse(parts, media_type="text/csv; charset=utf-8")


def _shown(row: Mapping[str, Any]) -> Import:
    return Import(
        import_id=row["import_id"], status=row["state"], why=row["why"], received_at=row["received_at"],
        done_at=row["done_at"], bytes=row["size"], rows=row["rows"], rows_done=row["rows_done"],
        counts=counts_of(row),
    )  # fmt: skip
