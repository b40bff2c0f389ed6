"""Partners who may read a person's statements: they are told that a line is contested, or no more."""

from credence.server.services.contesting import outbox
from credence.server.services.context import Context

MAY_READ = """
SELECT DISTINCT partner_id FROM consents JOIN people USING (person_id)
WHERE person_id = $1 AND level = 'statement' AND granted_at <= $2 AND ends_at > $2 AND withdrawn_at IS NULL
AND left_at IS NULL AND erased_at IS NULL
AND NOT EXISTS (SELECT FROM dispute_items WHERE dispute_id = $3 AND inquiry_id IS NOT NULL)
ORDER BY partner_id
"""
# Of whom nobody may read now nobody is told that anything moved.
MAY_ASK = """
SELECT DISTINCT partner_id FROM consents c JOIN people USING (person_id)
WHERE person_id = $1 AND scorecard = $2 AND granted_at <= $3 AND ends_at > $3 AND withdrawn_at IS NULL
AND left_at IS NULL AND erased_at IS NULL AND NOT EXISTS (SELECT FROM bureau_freezes WHERE lifted_at IS NULL)
AND NOT EXISTS (
  SELECT FROM freezes f WHERE f.person_id = $1 AND lifted_at IS NULL AND NOT EXISTS (
    SELECT FROM freeze_exceptions e
    WHERE e.person_id = $1 AND e.partner_id = c.partner_id AND e.added_at <= $3 AND e.ends_at > $3
  )
)
"""


async def may_ask(system: Context, person_id: str, scorecard: str) -> set[str]:
    """The partners who may ask for a person's score now, at whatever level."""
    rows = await system.connection.fetch(MAY_ASK, person_id, scorecard, system.now)
    return {str(row["partner_id"]) for row in rows}


async def tell(context: Context, kind: str, person_id: str, dispute_id: str) -> int:
    """Tell each partner with a live consent to statements; return how many there are.

    Who may read less than statements learns nothing of a dispute, and nobody of one about a look at scores,
    which is behind no line.
    """
    system = await context.as_system()
    rows = await system.connection.fetch(MAY_READ, person_id, context.now, dispute_id)
    for row in rows:
        await outbox.add(system, kind, row["partner_id"], person_id, dispute_id=dispute_id)
    await context.back()
    return len(rows)
