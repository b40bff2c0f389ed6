"""What waits, and until when: open disputes by their clock, and how much there is of everything."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from credence.events.log import EventLog
from credence.server.services.context import Context
from credence.server.services.reading.statements import today

# `furnishers` are those that have not answered; none where only the bureau can.
OPEN = """
SELECT d.dispute_id, d.person_id, d.reason, d.opened_at, d.due_on, d.escalated_at,
  coalesce(array_agg(DISTINCT f.name) FILTER (WHERE i.answer IS NULL AND f.name IS NOT NULL), '{}')
  AS furnishers
FROM disputes d JOIN people p USING (person_id) LEFT JOIN dispute_items i USING (dispute_id)
LEFT JOIN furnishers f ON f.furnisher_id = i.furnisher_id
WHERE d.state = 'open' AND p.erased_at IS NULL AND (d.due_on, d.dispute_id) > ($1, $2)
GROUP BY d.dispute_id ORDER BY d.due_on, d.dispute_id LIMIT $3
"""
COUNTS = """
SELECT
  (SELECT count(*) FROM disputes WHERE state = 'open') AS disputes,
  (SELECT count(*) FROM disputes WHERE state = 'open' AND due_on < $1) AS disputes_late,
  (SELECT count(*) FROM reviews WHERE answered_at IS NULL) AS reviews,
  (SELECT count(*) FROM reviews WHERE answered_at IS NULL AND due_on < $1) AS reviews_late,
  (SELECT count(*) FROM approvals WHERE decided_at IS NULL) AS approvals,
  (SELECT count(*) FROM disowned_inquiries WHERE at >= $2) AS disowned,
  (SELECT count(*) FROM (SELECT DISTINCT ON (as_of) state, ended_at FROM run_requests
    ORDER BY as_of, request_id DESC) last
    WHERE state IN ('held_back', 'failed') AND ended_at >= $2) AS stopped,
  (SELECT count(*) FROM people WHERE left_at IS NULL AND erased_at IS NULL) AS people,
  (SELECT count(*) FROM consents WHERE withdrawn_at IS NULL AND ends_at > $3) AS consents,
  (SELECT count(*) FROM freezes WHERE lifted_at IS NULL) AS frozen
"""
DUE = "SELECT due_on - $1::date AS days, count(*) AS many FROM disputes WHERE state = 'open' GROUP BY 1"
FIRST = date.min
# What was disowned, or of runs was stopped, is counted for so long.
COUNTED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """An open dispute: about whom, why, since when, until when, and who has not answered.

    `days` are left until it is decided by silence; fewer than 0 where that day has passed.
    """

    dispute_id: str
    person_id: str
    reason: str
    opened_at: datetime
    due_on: date
    escalated_at: datetime | None
    furnishers: tuple[str, ...]
    days: int


@dataclass(frozen=True)
class Counts:
    """How much there is: what waits for operators, and how large the bureau is."""

    disputes: int
    disputes_late: int
    reviews: int
    reviews_late: int
    approvals: int
    disowned: int
    stopped: int
    people: int
    consents: int
    frozen: int


async def disputes(
    context: Context, log: EventLog, after: tuple[date, str] = (FIRST, ""), limit: int = 50
) -> list[Waiting]:
    """Open disputes, the first due first, from after a place on."""
    day = today(context, log)
    rows = await context.connection.fetch(OPEN, *after, limit)
    return [
        Waiting(**dict(row) | {"furnishers": tuple(row["furnishers"]), "days": (row["due_on"] - day).days})
        for row in rows
    ]


async def counts(context: Context, log: EventLog) -> Counts:
    """How much there is of everything, now."""
    day = today(context, log)
    row = await context.connection.fetchrow(COUNTS, day, context.now - COUNTED_FOR, context.now)
    assert row is not None, "counts are always there"
    return Counts(**row)


async def due_in(context: Context, log: EventLog) -> dict[int, int]:
    """Open disputes by the days that are left."""
    return {row["days"]: row["many"] for row in await context.connection.fetch(DUE, today(context, log))}
