"""What is done while a person waits for somebody to look at a decision, and nobody has answered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.deciding.reviews import today
from credence.server.services.people import mails, messages

DUE = """
SELECT review_id FROM reviews JOIN people USING (person_id) WHERE answered_at IS NULL AND (
  (remind_on <= $1 AND reminded_at IS NULL) OR (escalate_on <= $1 AND escalated_at IS NULL)
  OR (due_on < $1 AND late_at IS NULL) OR erased_at IS NOT NULL
) ORDER BY due_on, review_id
"""
LOCK = """
SELECT r.*, erased_at FROM reviews r JOIN people USING (person_id)
WHERE review_id = $1 AND answered_at IS NULL FOR UPDATE OF r SKIP LOCKED
"""
# Each step with its day, and what is noted; the first that is due is taken.
STEPS = {
    "reminded": "UPDATE reviews SET reminded_at = $2 WHERE review_id = $1",
    "escalated": "UPDATE reviews SET escalated_at = $2, reminded_at = coalesce(reminded_at, $2)"
    " WHERE review_id = $1",
    "late": "UPDATE reviews SET late_at = $2, escalated_at = coalesce(escalated_at, $2),"
    " reminded_at = coalesce(reminded_at, $2) WHERE review_id = $1",
    "withdrawn": "UPDATE reviews SET answer = 'withdrawn', answered_at = $2 WHERE review_id = $1",
}
# Of which steps the person is told; and to whom of the operators each is a matter.
TOLD = ("escalated", "late")
ROLES = {"reminded": "reviewer", "escalated": "admin", "late": "admin"}


async def due(system: Context) -> list[str]:
    """The reviews for which something is to be done, the one that is due first at the head."""
    rows = await system.connection.fetch(DUE, today(system))
    return [row["review_id"] for row in rows]


async def advance(system: Context, review_id: str) -> bool:
    """Remind, pass on or note as late; whether it still had no answer, and nobody else was at it."""
    row = await system.connection.fetchrow(LOCK, review_id)
    if row is None:
        return False
    step, person = _step(row, today(system)), row["person_id"]
    await system.connection.execute(STEPS[step], review_id, system.now)
    about = {"person": person, "partner": row["partner_id"]}
    await audit.record(system, f"review.{step}", **about, review=review_id, due_on=row["due_on"])
    if step in TOLD:
        await messages.tell(system, person, f"review.{step}", review=review_id)
    if step in ROLES:
        await mails.tell_operators(system, ROLES[step])
    return True


def _step(row: Mapping[str, Any], day: date) -> str:
    if row["erased_at"] is not None:
        return "withdrawn"
    if row["due_on"] < day:
        return "late"
    return "escalated" if row["escalate_on"] <= day else "reminded"
