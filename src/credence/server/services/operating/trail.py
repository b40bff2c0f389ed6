"""The audit trail, filtered; and the names of those who stand in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from credence.server.services.context import Context

# Later than every id: pages begin with the latest.
LATEST = "aud_~"
# What begins with a dot or ends at one is a family: `dispute.` finds every act on disputes.
LIST = """
SELECT entry_id, at, request_id, actor, actor_id, what, person_id, partner_id, details::text AS details
FROM audit
WHERE entry_id < $1 AND ($2::text = '' OR actor_id = $2 OR actor = $2)
AND ($3::text = '' OR starts_with(what, $3)) AND ($4::text = '' OR person_id = $4)
AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
ORDER BY entry_id DESC LIMIT $7
"""
NAMES = """
SELECT operator_id AS id, name FROM operators WHERE operator_id = ANY($1)
UNION ALL SELECT partner_id, name FROM partners WHERE partner_id = ANY($1)
UNION ALL SELECT furnisher_id, name FROM furnishers WHERE furnisher_id = ANY($1)
"""


@dataclass(frozen=True)
class Filter:
    """What is looked for: whoever acted (a kind or an id), what (or how it begins), whom, from when until."""

    actor: str = ""
    what: str = ""
    person: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """An act: when, in which request, by whom, what, about whom, and more of it by ids."""

    entry_id: str
    at: datetime
    request_id: str
    actor: str
    actor_id: str
    what: str
    person_id: str | None
    partner_id: str | None
    details: Mapping[str, Any]


async def listed(context: Context, wanted: Filter, before: str | None, limit: int) -> list[Entry]:
    """Acts, the latest first; `before` is the last entry of the page before."""
    values = wanted.actor, wanted.what, wanted.person, wanted.since, wanted.until
    rows = await context.connection.fetch(LIST, before or LATEST, *values, limit)
    return [Entry(**dict(row) | {"details": msgspec.json.decode(row["details"])}) for row in rows]


async def names(context: Context, ids: Iterable[str | None]) -> dict[str, str]:
    """The names of operators, partners and furnishers by id; whoever has none is left out."""
    wanted = sorted({one for one in ids if one})
    return {row["id"]: row["name"] for row in await context.connection.fetch(NAMES, wanted)}
