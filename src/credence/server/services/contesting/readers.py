"""Partners who may read a person's statements: they are told that a line is contested, or no more."""

from credence.server.services.contesting import outbox
from credence.server.services.context import Context

MAY_READ = """
SELECT DISTINCT partner_id FROM consents
WHERE person_id = $1 AND level = 'statement' AND granted_at <= $2 AND ends_at > $2 AND withdrawn_at IS NULL
ORDER BY partner_id
"""


async def tell(context: Context, kind: str, person_id: str, dispute_id: str) -> int:
    """Tell each partner with a live consent to statements; return how many there are.

    Who may read less than statements learns nothing of a dispute.
    """
    system = await context.as_system()
    rows = await system.connection.fetch(MAY_READ, person_id, context.now)
    for row in rows:
        await outbox.add(system, kind, row["partner_id"], person_id, dispute_id=dispute_id)
    await context.back()
    return len(rows)
