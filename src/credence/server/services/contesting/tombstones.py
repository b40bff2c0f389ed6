"""What was taken back does not come back: the same content, under whatever event id, needs a certification.

Content is who, the kind, the day and the fields. What is kept of it is its hash alone.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec

from credence.events.intake import EVENT_COLUMNS
from credence.server.services import audit
from credence.server.services.contesting.contested import reading
from credence.server.services.contesting.rows import Row
from credence.server.services.context import Context
from credence.server.state import State

# What the day stands for, and names: neither is content.
APART = {*EVENT_COLUMNS, "replaces", "retracts", "target"} - {"kind", "furnisher", "person_id"}
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

    Rows are as the log takes them: people by their id in the log, times as texts.
    """
    system = await context.as_system()
    standing = {row["content"] for row in await system.connection.fetch(STANDING, furnisher)}
    await context.back()
    if not standing:
        return frozenset()
    zone = context.settings.timezone
    return frozenset(
        n for n, row in enumerate(rows) if row_content(row | {"furnisher": furnisher}, zone) in standing
    )


async def certify(context: Context, furnisher: str, rows: Sequence[Row]) -> None:
    """Take the furnisher's word that what was taken back is right, so that it may come again."""
    zone = context.settings.timezone
    contents = [row_content(row | {"furnisher": furnisher}, zone) for row in rows]
    system = await context.as_system()
    await system.connection.execute(CERTIFY, furnisher, contents, context.now)
    await context.back()
    await audit.record(context, "event.certified", furnisher=furnisher, events=len(contents))


async def lay(system: Context, furnisher: str, content: bytes) -> None:
    """Keep content from coming back."""
    await system.connection.execute(LAY, furnisher, content, system.now)


async def content_of(state: State, log_id: str, furnisher: str, event_id: str) -> bytes | None:
    """The hash of the content of an event in the log; None where there is no such event of the person's."""
    events = await reading(state, lambda log: log.events_of(log_id))
    for event in events:
        if (event["furnisher"], event["event_id"]) == (furnisher, event_id):
            return _hashed(event, event["occurred_on"])
    return None


def row_content(row: Row, zone: str) -> bytes:
    """The hash of the content of a row that is sent."""
    return _hashed(row, _day(str(row.get("occurred_at")), zone))


def _day(when: str, zone: str) -> object:
    """The day of a time as it is sent; whatever it says, where it is none."""
    try:
        found = datetime.fromisoformat(when.strip())
    except ValueError:
        return when
    plain = found.tzinfo is None
    return found.date() if plain else found.astimezone(ZoneInfo(zone)).date()


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
    return value.isoformat() if isinstance(value, date) else str(value).strip()
