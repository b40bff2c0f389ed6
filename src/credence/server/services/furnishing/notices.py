"""What people are told before it counts against them, from when it counts, and what stands behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from credence.events.vocabulary import Vocabulary
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.furnishing.checking import LogRow
from credence.server.services.furnishing.notice_days import notice_rules
from credence.server.services.furnishing.rows import Row
from credence.server.services.people import messages, vault

ADD = """
INSERT INTO notices
(notice_id, person_id, furnisher, event_id, kind, occurred_at, told_at, counts_from, evidence)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
FIND = """
SELECT notice_id, told_at, counts_from FROM notices WHERE furnisher = $1 AND event_id = $2
"""
OF_PERSON = """
SELECT notice_id, notices.furnisher AS furnisher_id, name AS furnisher, event_id, kind, occurred_at, told_at,
  counts_from, evidence
FROM notices JOIN furnishers ON furnisher_id = notices.furnisher
WHERE person_id = $1 AND notice_id < $2 ORDER BY notice_id DESC LIMIT $3
"""
OF_FURNISHER = """
SELECT notice_id, event_id, kind, occurred_at, told_at, counts_from, known_as FROM notices
LEFT JOIN pairwise ON party_id = notices.furnisher AND pairwise.person_id = notices.person_id
WHERE notices.furnisher = $1 AND counts_from > $2 AND (counts_from, notice_id) > ($3, $4)
ORDER BY counts_from, notice_id LIMIT $5
"""
SOON = """
UPDATE notices SET reminded_at = $1 FROM people
WHERE people.person_id = notices.person_id AND reminded_at IS NULL AND counts_from <= $2
RETURNING notice_id, notices.person_id, counts_from, erased_at
"""
# How long before an event begins to count its person is told once more.
REMINDED = timedelta(days=5)
# Later than every id.
END = "~"


@dataclass(frozen=True)
class Said:
    """A row that speaks against a person."""

    person_id: str
    log_id: str
    furnisher_id: str
    row: Row


@dataclass(frozen=True)
class Notice:
    """What a person was told: the event, from when it counts, and the evidence that was given for it."""

    notice_id: str
    furnisher_id: str
    furnisher: str
    event_id: str
    kind: str
    title: str
    occurred_at: str
    told_at: datetime
    counts_from: date
    counts: bool
    evidence: str


async def give(system: Context, keys: Keys, new: list[Said]) -> list[LogRow]:
    """Tell people of events against them; return the marks from when these count.

    Somebody who was told before is not told again, and the day stays. The context is the system's.
    """
    marks: dict[str, LogRow] = {}
    told: dict[str, str] = {}
    for said in new:
        found = await system.connection.fetchrow(FIND, said.furnisher_id, said.row.event_id)
        if found is None:
            notice_id = await _add(system, keys, said)
            told.setdefault(said.person_id, notice_id)
            found = {"notice_id": notice_id, "told_at": system.now, "counts_from": _counts_from(system, said)}
        marks[found["notice_id"]] = _mark(system, said, found["notice_id"], found["told_at"]) | {
            "date": found["counts_from"].isoformat()
        }
    for person_id, notice_id in told.items():
        await messages.tell(system, person_id, "event.against", notice=notice_id)
    return list(marks.values())


async def of(
    context: Context, keys: Keys, words: Vocabulary, before: str | None = None, most: int = 50
) -> list[Notice]:
    """What the person who asks was told of, newest first.

    Args:
        context: The context of the request.
        keys: The keys of the bureau.
        words: The vocabulary, which has the titles of kinds.
        before: The id of the last notice of the page before.
        most: How many at most.
    """
    person_id = context.actor.id
    system = await context.as_system()
    rows = await system.connection.fetch(OF_PERSON, person_id, before or END, most)
    today = _today(context)
    found = []
    for row in rows:
        what = f"notice:{row['notice_id']}"
        evidence = await vault.unseal(system, keys, person_id, what, row["evidence"])
        title = words.kinds[row["kind"]].title
        more = {"title": title, "counts": row["counts_from"] <= today, "evidence": evidence.decode()}
        found.append(Notice(**{**row, **more}))
    await context.back()
    return found


async def waiting(context: Context, after: tuple[date, str], most: int) -> list[Mapping[str, Any]]:
    """What the furnisher that acts sent against people and does not count yet, the first to count first.

    Args:
        context: The context, of a furnisher.
        after: The day and the id of the last notice of the page before.
        most: How many at most.
    """
    system = await context.as_system()
    return await system.connection.fetch(OF_FURNISHER, context.actor.id, _today(context), *after, most)


async def remind(system: Context) -> int:
    """Tell people once more, shortly before an event begins to count; return how many were told."""
    today = _today(system)
    rows = await system.connection.fetch(SOON, system.now, today + REMINDED)
    due = [row for row in rows if row["counts_from"] > today and row["erased_at"] is None]
    for row in due:
        await messages.tell(system, row["person_id"], "event.counts_soon", notice=row["notice_id"])
    return len(due)


async def _add(system: Context, keys: Keys, said: Said) -> str:
    notice_id, row = new_id("ntc", system.now), said.row
    evidence = (row.evidence or "").strip().encode()
    sealed = await vault.seal(system, keys, said.person_id, f"notice:{notice_id}", evidence)
    day = _counts_from(system, said)
    values = row.event_id, row.kind, row.occurred_at, system.now, day, sealed
    await system.connection.execute(ADD, notice_id, said.person_id, said.furnisher_id, *values)
    await audit.record(
        system, "notice.given", person=said.person_id, notice=notice_id, counts_from=day.isoformat()
    )
    return notice_id


def _mark(system: Context, said: Said, notice_id: str, told_at: datetime) -> LogRow:
    """The mark from when an event counts; the same however often it is made."""
    mark: LogRow = {"furnisher": system.settings.bureau, "event_id": notice_id, "person_id": said.log_id}
    mark |= {"kind": "mark.counts_from", "occurred_at": told_at.isoformat()}
    return mark | {"target": said.row.event_id, "target_furnisher": said.furnisher_id}


def _counts_from(context: Context, said: Said) -> date:
    rules, where = notice_rules(), context.settings.jurisdiction
    return rules.counts_from(str(said.row.kind), where, _today(context))


def _today(context: Context) -> date:
    return context.now.astimezone(ZoneInfo(context.settings.timezone)).date()
