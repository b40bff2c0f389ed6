"""Everything about a person, for them to take along: every table that holds something of theirs, and events.

The tables are those of the schema itself, so that one that is added later is in here, too. What is encrypted
is opened, as `sealed` in a column's info says.
"""

import asyncio
import csv
import io
import zipfile
from base64 import b64encode
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Table, select, text
from sqlalchemy.dialects.postgresql import JSONB

from credence.events.log import Event, EventLog
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import fresh, passkeys, sessions, vault
from credence.server.store.schema import metadata

LOG_ID = "SELECT log_id FROM people WHERE person_id = $1"
KNOWN_AS = "SELECT party_id, known_as FROM pairwise WHERE person_id = $1 ORDER BY 1"
# Files about people: in which table they are named by which id.
FILES = {"dispute_files": "file_id", "event_evidence": "evidence_id"}
FOLDER = "evidence"
Rows = list[dict[str, Any]]


def tables() -> list[Table]:
    """The tables with rows that a person may see."""
    return [table for table in metadata.sorted_tables if "person_id" in table.info["seen_by"]]


async def everything(context: Context, keys: Keys) -> dict[str, Rows]:
    """Everything about the person who asks, by what it is; texts, numbers and moments as JSON has them.

    Raises:
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    found = {table.name: await _rows(context, keys, table) for table in tables()}
    here = await sessions.of(context)
    found["sessions"] = msgspec.to_builtins(here)
    found["passkeys"] = msgspec.to_builtins(await passkeys.of(context, context.actor))
    system = await context.as_system()
    known = await system.connection.fetch(KNOWN_AS, context.actor.id)
    log_id = await system.connection.fetchval(LOG_ID, context.actor.id)
    await context.back()
    found["known_as"] = [dict(row) for row in known]
    events = await asyncio.to_thread(_events, context.settings.log, str(log_id))
    found["events"] = msgspec.to_builtins(events)
    await audit.record(context, "person.exported", person=context.actor.id)
    return found


async def archive(context: Context, keys: Keys) -> bytes:
    """Everything as a ZIP file: one CSV file for each thing, and the files about the person, opened.

    Raises:
        SignInAgainError: They signed in too long ago.
    """
    found = await everything(context, keys)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, rows in found.items():
            file.writestr(f"{name}.csv", _csv(rows))
        for table, named in FILES.items():
            for row in found.get(table, []):
                file.writestr(f"files/{row[named]}", await _file(context, keys, row[named]))
    return kept.getvalue()


async def _file(context: Context, keys: Keys, file_id: str) -> bytes:
    sealed = await asyncio.to_thread((context.settings.data / FOLDER / file_id).read_bytes)
    return await vault.unseal(context, keys, context.actor.id, f"evidence:{file_id}", sealed)


async def _rows(context: Context, keys: Keys, table: Table) -> Rows:
    columns = [column for column in table.columns if column.info.get("export", True)]
    query = select(*columns).where(text(f"{table.name}.person_id = $1")).order_by(*table.primary_key)
    rows = await context.connection.fetch(str(query), context.actor.id)
    return [
        {one.info.get("shown_as", one.name): await _value(context, keys, one, row) for one in columns}
        for row in rows
    ]


async def _value(context: Context, keys: Keys, column: Column[Any], row: Any) -> object:  # noqa: ANN401
    value = row[column.name]
    if value is not None and "sealed" in column.info:
        what = column.info["sealed"].format(**row)
        value = await vault.unseal(context, keys, context.actor.id, what, value)
    if isinstance(value, bytes):
        return _shown(value)
    if isinstance(column.type, JSONB) and value is not None:
        return msgspec.json.decode(value)
    return msgspec.to_builtins(value)


def _events(folder: Path, log_id: str) -> list[Event]:
    """What the event log knows, opened for this thread alone."""
    log = EventLog.open(folder)
    try:
        return log.events_of(log_id)
    finally:
        log.close()


def _shown(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return b64encode(content).decode()


def _csv(rows: Rows) -> str:
    """Rows as CSV; a value that is a list or a mapping is JSON, as is a text that a spreadsheet would run."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text_file = io.StringIO()
    writer = csv.writer(text_file)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return text_file.getvalue()


def _cell(value: object) -> object:
    risky = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return msgspec.json.encode(value).decode() if risky or isinstance(value, (dict, list)) else value
