"""What was taken back does not come back: the same content, under whatever event id, needs a certification.

Content is who, the kind, the day and the fields. What is kept of it is its hash alone.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from credence.events.intake import EVENT_COLUMNS
from credence.events.log import EventLog
from credence.server.services import audit
from credence.server.services.contesting.contested import reading
from credence.server.services.contesting.rows import Row
from credence.server.services.context import Context
from credence.server.state import State

# What the day stands for, and names: neither is content.
APART = {*EVENT_COLUMNS, "replaces", "retracts", "target"} - {"kind", "furnisher", "person_id"}
# What the log reads in several ways of writing: whole numbers, days, and the end of a day as its 24th hour.
WHOLE = re.compile(r"[-+]?[0-9]{1,15}(\.0+)?")
DAY = re.compile(r"([0-9]{4})[-/\\ ]([0-9]{1,2})[-/\\ ]([0-9]{1,2})")
MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]24(:.*)")
LAY = """
INSERT INTO tombstones (furnisher, content, furnisher_id, made_at)
VALUES ($1, $2, (SELECT furnisher_id FROM furnishers WHERE furnisher_id = $1), $3)
ON CONFLICT (furnisher, content) DO UPDATE SET made_at = $3, certified_at = NULL
"""
STANDING = "SELECT content FROM tombstones WHERE furnisher = $1 AND certified_at IS NULL"
CERTIFY = """
UPDATE tombstones SET certified_at = $3 WHERE furnisher = $1 AND content = ANY($2) AND certified_at IS NULL
"""


async def refuses(context: Context, furnisher: str, rows: Sequence[Row]) -> frozenset[int]:
    """Which rows of a furnisher, counted from 0, say again what was taken back and not certified since.

    Rows are as the log takes them: people by their id in the log, times as texts. What the log has under the
    same event id is not said again: it is known.
    """
    system = await context.as_system()
    standing = {row["content"] for row in await system.connection.fetch(STANDING, furnisher)}
    await context.back()
    if not standing:
        return frozenset()
    zone = context.settings.timezone
    again = [n for n, row in enumerate(rows) if row_content(row | {"furnisher": furnisher}, zone) in standing]
    people = {str(rows[n].get("person_id")) for n in again}
    known = await asyncio.to_thread(_known, context.settings.log, furnisher, people) if again else set()
    return frozenset(n for n in again if rows[n].get("event_id") not in known)


def _known(folder: Path, furnisher: str, people: set[str]) -> set[object]:
    """The ids of a furnisher's events of people that the log has."""
    log = EventLog.open(folder)
    try:
        return {
            event["event_id"]
            for log_id in people
            for event in log.events_of(log_id)
            if event["furnisher"] == furnisher
        }
    finally:
        log.close()


async def certify(context: Context, furnisher: str, rows: Sequence[Row]) -> None:
    """Take the furnisher's word that what was taken back is right, so that it may come again."""
    zone = context.settings.timezone
    contents = [row_content(row | {"furnisher": furnisher}, zone) for row in rows]
    system = await context.as_system()
    await system.connection.execute(CERTIFY, furnisher, contents, context.now)
    await context.back()
    await audit.record(context, "event.certified", furnisher=furnisher, events=len(contents))


async def lay(system: Context, contents: Mapping[tuple[str, str], bytes]) -> None:
    """Keep contents from coming back, by furnisher and event id."""
    rows = [(furnisher, content, system.now) for (furnisher, _), content in contents.items()]
    await system.connection.executemany(LAY, rows)


async def contents_of(
    state: State, log_id: str, names: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], bytes]:
    """The hashes of the contents of a person's events in the log, by furnisher and event id.

    Names under which the person has no event are left out.
    """
    wanted = set(names)
    events = await reading(state, lambda log: log.events_of(log_id))
    named = {(str(event["furnisher"]), str(event["event_id"])): event for event in events}
    return {name: _hashed(event, event["occurred_on"]) for name, event in named.items() if name in wanted}


def row_content(row: Row, zone: str) -> bytes:
    """The hash of the content of a row that is sent."""
    return _hashed(row, _day(str(row.get("occurred_at")), zone))


def _day(when: str, zone: str) -> object:
    """The day of a time as it is sent; whatever it says, where it is none."""
    midnight = MIDNIGHT.fullmatch(when.strip())
    try:
        found = datetime.fromisoformat(f"{midnight[1]}T00{midnight[2]}" if midnight else _plainly(when))
        found += timedelta(days=midnight is not None)
        return (found if found.tzinfo is None else found.astimezone(ZoneInfo(zone))).date()
    except (ValueError, OverflowError):
        return when


def _hashed(fields: Mapping[str, object], day: object) -> bytes:
    said = {
        name: _text(value) for name, value in fields.items() if name not in APART and value not in (None, "")
    }
    return sha256(msgspec.json.encode([str(day), sorted(said.items())])).digest()


def _text(value: object) -> str:
    """A value as a text, the same whether it comes from the log or as somebody sends it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else _plainly(str(value))


def _plainly(text: str) -> str:
    """A text in one way of all that the log takes: 40 for +40.0, 2026-11-06 for 2026/11/6."""
    text = text.strip()
    if WHOLE.fullmatch(text):
        return str(int(text.partition(".")[0]))
    if day := DAY.fullmatch(text):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return text.lower() if text.lower() in ("true", "false") else text
