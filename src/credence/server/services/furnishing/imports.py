"""Files of events: kept, taken into the log some rows at a time, and what was refused of them."""

import asyncio
import csv
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from credence.errors import FormUnknownError, NoSuchThingError
from credence.events.files import sync
from credence.events.sources import CSV_SUFFIXES, LINE_SUFFIXES, PARQUET_SUFFIXES
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.furnishing.batches import Batch
from credence.server.settings import Settings

PLACE = "imports"
GZIP = ".gz"
FORMS = (*CSV_SUFFIXES, *LINE_SUFFIXES, *PARQUET_SUFFIXES)
PACKED = tuple(f"{suffix}{GZIP}" for suffix in (*CSV_SUFFIXES, *LINE_SUFFIXES))
KNOWN = "a file whose name ends in .csv, .jsonl, .ndjson or .parquet; .gz may follow all but the last"
HEADINGS = ("row", "event_id", "outcome", "field", "sentence")
COLUMNS = (
    "import_id, received_at, state, why, size, rows, rows_done, done_at, accepted, known, conflicts, rejected"
)
ADD = """
INSERT INTO imports (import_id, furnisher_id, received_at, suffix, size) VALUES ($1, $2, $3, $4, $5)
"""
GET = f"SELECT {COLUMNS} FROM imports WHERE furnisher_id = $1 AND import_id = $2"  # noqa: S608 - no value of anybody's
LIST = f"""
SELECT {COLUMNS} FROM imports WHERE furnisher_id = $1 AND import_id < $2 ORDER BY import_id DESC LIMIT $3
"""  # noqa: S608 - no value of anybody's
WHAT = "import"
# Later than every id.
END = "~"


def suffix_of(name: str) -> str:
    """What a file's name says that it is.

    Raises:
        FormUnknownError: It says none of the forms that are taken.
    """
    for suffix in (*PACKED, *FORMS):
        if name.lower().endswith(suffix):
            return suffix
    raise FormUnknownError(name, KNOWN)


def folder_of(settings: Settings, import_id: str) -> Path:
    """Where a file of events and what was refused of it lie."""
    return settings.data / PLACE / import_id


async def keep(context: Context, suffix: str, size: int) -> str:
    """Note a file that a furnisher sent; return the import's id."""
    new = new_id("imp", context.now)
    await context.connection.execute(ADD, new, context.actor.id, context.now, suffix, size)
    await audit.record(context, "import.received", file=new, size=size)
    return new


async def receive(context: Context, name: str, file: tuple[int, BinaryIO]) -> str:
    """Keep a file that a furnisher sent, so that it is safe; return the import's id.

    Args:
        context: The context, of a furnisher.
        name: What it is called, which says what it is.
        file: How many bytes it has, and its content.

    Raises:
        FormUnknownError: Its name says none of the forms that are taken.
    """
    suffix = suffix_of(name)
    made = await keep(context, suffix, file[0])
    await asyncio.to_thread(write, folder_of(context.settings, made), suffix, file[1])
    return made


def write(folder: Path, suffix: str, content: BinaryIO) -> None:
    """Write a file of events, so that it survives whatever happens after it was acknowledged."""
    folder.mkdir(parents=True)
    path = folder / f"events{suffix}"
    with path.open("xb") as file:
        shutil.copyfileobj(content, file, 1 << 20)
    for place in (path, folder, folder.parent):
        sync(place)


async def get(context: Context, import_id: str) -> Mapping[str, Any]:
    """An import of the furnisher who asks.

    Raises:
        NoSuchThingError: It has none of this id.
    """
    row = await context.connection.fetchrow(GET, context.actor.id, import_id)
    if row is None:
        raise NoSuchThingError(WHAT, import_id)
    return row


async def listed(context: Context, before: str | None, most: int) -> list[Mapping[str, Any]]:
    """The imports of the furnisher who asks, newest first."""
    return await context.connection.fetch(LIST, context.actor.id, before or END, most)


def write_rejects(folder: Path, start: int, numbers: list[int], batch: Batch) -> None:
    """Write what was refused of some rows; written again it is the same file."""
    with (folder / f"rejects-{start:012}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for number, result in zip(numbers, batch.told(), strict=True):
            for fault in result.errors:
                said = number, result.event_id or "", result.outcome, fault.field, fault.detail
                writer.writerow(said)


def rejects(folder: Path) -> Iterator[bytes]:
    """What was refused of a file, as CSV with headings."""
    yield f"{','.join(HEADINGS)}\n".encode()
    for path in sorted(folder.glob("rejects-*.csv")):
        yield path.read_bytes()
