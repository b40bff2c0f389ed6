"""Disputes whose day has come: reminders, reviewers, and silence, which decides for the person."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from credence.server.database.pool import Connection, acting
from credence.server.ids import new_id
from credence.server.services.contesting import answering, finding, readers, steps, suspending
from credence.server.services.contesting.answering import Answer
from credence.server.services.context import SYSTEM, Context
from credence.server.services.people import mails
from credence.server.services.reading.statements import today
from credence.server.state import State

DUE = """
SELECT d.dispute_id FROM disputes d JOIN people p USING (person_id) WHERE d.state = 'open' AND (
  p.erased_at IS NOT NULL OR (d.remind_on <= $1 AND d.reminded_at IS NULL)
  OR (d.escalate_on <= $1 AND d.escalated_at IS NULL)
  OR d.due_on <= $1
) ORDER BY d.due_on, d.dispute_id
"""
LOCK = """
SELECT d.*, p.log_id, p.erased_at FROM disputes d JOIN people p USING (person_id)
WHERE d.dispute_id = $1 AND d.state = 'open' FOR UPDATE OF d SKIP LOCKED
"""
REMINDED = "UPDATE disputes SET reminded_at = $2 WHERE dispute_id = $1"
# Whose matter it is that nobody has answered.
REVIEWER = "reviewer"
ESCALATED = "UPDATE disputes SET escalated_at = $2 WHERE dispute_id = $1"


async def remind_and_decide(state: State, now: datetime) -> int:
    """Do what is due for every open dispute, each in a transaction of its own; return for how many.

    On the day on which a dispute must be decided, what has no answer is deleted.
    """
    async with acting(state.pool, SYSTEM.setting) as connection:
        day = today(_context(state, connection, now), state.log)
        rows = await connection.fetch(DUE, day)
    done = 0
    for row in rows:
        async with acting(state.pool, SYSTEM.setting) as connection:
            context = _context(state, connection, now)
            dispute = await connection.fetchrow(LOCK, row["dispute_id"])
            if dispute is not None:
                await _advance(context, state, dispute, day)
                done += 1
    return done


async def release_lost(state: State, now: datetime) -> int:
    """Let count again what stopped counting for a dispute that was never kept; return how many events."""
    async with acting(state.pool, SYSTEM.setting) as connection:
        return await suspending.release_lost(_context(state, connection, now), state)


def _context(state: State, connection: Connection, now: datetime) -> Context:
    return Context(SYSTEM, connection, now, new_id("req", now), state.settings)


async def _advance(context: Context, state: State, dispute: Mapping[str, Any], day: date) -> None:
    if dispute["erased_at"] is not None:
        # Nothing is left that could be looked into.
        await answering.close(context, dispute, "withdrawn")
    elif dispute["due_on"] <= day:
        await _silence(context, state, dispute)
        await mails.tell_operators(context, REVIEWER)
    elif dispute["escalate_on"] <= day and dispute["escalated_at"] is None:
        await context.connection.execute(ESCALATED, dispute["dispute_id"], context.now)
        await steps.add(context, dispute, "escalated", due_on=dispute["due_on"])
        await mails.tell_operators(context, REVIEWER)
    else:
        await context.connection.execute(REMINDED, dispute["dispute_id"], context.now)
        await steps.add(context, dispute, "reminded", due_on=dispute["due_on"])
        await readers.tell(context, "dispute.due", dispute["person_id"], dispute["dispute_id"])


async def _silence(context: Context, state: State, dispute: Mapping[str, Any]) -> None:
    for item in await finding.items(context, dispute["dispute_id"]):
        if item["answer"] is None:
            await answering.settle(context, state, (dispute["log_id"], dispute, item), Answer("silence"))
    await answering.close_if_done(context, state, dispute)
