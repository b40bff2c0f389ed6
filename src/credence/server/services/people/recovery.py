"""Recovering an account whose passkey is lost: a code by mail, a document's number, and a day of waiting.

During that day every session of the account is told and can stop it: whoever has stolen the mail and the
number does not have the account before its owner could say no.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from credence.errors import CodeWrongError, NoSuchThingError, RecoveryWaitingError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit, tokens
from credence.server.services.context import Actor, Context
from credence.server.services.people import codes, identifiers, mails, messages, sessions
from credence.server.services.people.kinds import Identifier

WAITING = timedelta(hours=24)
LASTS = timedelta(days=7)
PURPOSE = "recover"
WHAT = "recovery"

ADD = "INSERT INTO recoveries (recovery_id, person_id, asked_at) VALUES ($1, $2, $3)"
FIND = """
SELECT person_id, secret_hash, ready_at FROM recoveries
WHERE recovery_id = $1 AND stopped_at IS NULL AND done_at IS NULL AND asked_at > $2 FOR UPDATE
"""
PROVE = "UPDATE recoveries SET secret_hash = $2, ready_at = $3 WHERE recovery_id = $1"
DONE = "UPDATE recoveries SET done_at = $2, secret_hash = NULL WHERE recovery_id = $1"
OF_PERSON = """
SELECT recovery_id, asked_at, ready_at FROM recoveries WHERE person_id = $1
AND ready_at IS NOT NULL AND stopped_at IS NULL AND done_at IS NULL AND asked_at > $2 ORDER BY recovery_id
"""
STOP = """
UPDATE recoveries SET stopped_at = $3, secret_hash = NULL WHERE person_id = $1 AND recovery_id = $2
AND stopped_at IS NULL AND done_at IS NULL RETURNING recovery_id
"""
# What was lost signs nobody in any more; other recoveries under way end with this one.
FORGET = (
    "DELETE FROM passkeys WHERE actor = 'person' AND actor_id = $1",
    "DELETE FROM passwords WHERE actor = 'person' AND actor_id = $1",
    "DELETE FROM recoveries WHERE person_id = $1 AND done_at IS NULL",
)


@dataclass(frozen=True)
class Recovery:
    """A recovery that waits: since when, and when it can be finished."""

    recovery_id: str
    asked_at: datetime
    ready_at: datetime


async def begin(context: Context, keys: Keys, contact: Identifier, language: str) -> str:
    """Send a code to an address or number if it is somebody's; return the recovery's id either way."""
    new = new_id("rec", context.now)
    person = await identifiers.holder(context, keys, contact)
    system = await context.as_system()
    await system.connection.execute(ADD, new, person, context.now)
    await context.back()
    if person:
        code = await codes.make(context, keys, PURPOSE, new)
        await mails.send(context, keys, contact, "recover", language, code)
    return new


async def prove(
    context: Context, keys: Keys, recovery_id: str, code: str, document: Identifier
) -> tuple[str, datetime]:
    """Show the code and a document's number; return a secret to finish with, and from when on.

    Raises:
        CodeWrongError: The code is not right, or the document is not that of the account: one answer.
    """
    row = await _row(context, recovery_id)
    await codes.use(context, keys, PURPOSE, recovery_id, code)
    person = await identifiers.holder(context, keys, document)
    if person is None or person != row["person_id"]:
        raise CodeWrongError
    secret, ready = secrets.token_urlsafe(32), context.now + WAITING
    system = await context.as_system()
    await system.connection.execute(PROVE, recovery_id, tokens.hashed(secret), ready)
    await context.back()
    await audit.record(context, "recovery.waiting", person=person, recovery=recovery_id)
    await messages.tell(context, person, "recovery.waiting", recovery=recovery_id)
    return secret, ready


async def finish(context: Context, recovery_id: str, secret: str) -> str:
    """Sign in whoever shows the secret after the waiting time; nothing from before signs in any more.

    Raises:
        CodeWrongError: There is no such recovery (any more), or the secret is another's.
        RecoveryWaitingError: The waiting time is not over.
    """
    row = await _row(context, recovery_id)
    if row["secret_hash"] is None or not hmac.compare_digest(row["secret_hash"], tokens.hashed(secret)):
        raise CodeWrongError
    if context.now < row["ready_at"]:
        raise RecoveryWaitingError(row["ready_at"])
    person = Actor("person", row["person_id"])
    system = await context.as_system()
    await system.connection.execute(DONE, recovery_id, context.now)
    for statement in FORGET:
        await system.connection.execute(statement, person.id)
    await context.back()
    await sessions.end_all(context, person)
    await audit.record(context, "recovery.done", person=person.id, recovery=recovery_id)
    await messages.tell(context, person.id, "recovery.done", recovery=recovery_id)
    return await sessions.begin(context, person, WHAT)


async def of(context: Context) -> list[Recovery]:
    """The recoveries of the account of the person who asks that wait."""
    rows = await context.connection.fetch(OF_PERSON, context.actor.id, context.now - LASTS)
    return [Recovery(row["recovery_id"], row["asked_at"], row["ready_at"]) for row in rows]


async def stop(context: Context, recovery_id: str) -> None:
    """Stop a recovery of the account of the person who asks.

    Raises:
        NoSuchThingError: There is none of this id that could be stopped.
    """
    stopped = await context.connection.fetchval(STOP, context.actor.id, recovery_id, context.now)
    if stopped is None:
        raise NoSuchThingError(WHAT, recovery_id)
    await audit.record(context, "recovery.stopped", person=context.actor.id, recovery=recovery_id)
    await messages.tell(context, context.actor.id, "recovery.stopped", recovery=recovery_id)


async def _row(context: Context, recovery_id: str) -> Any:  # noqa: ANN401 - a row
    system = await context.as_system()
    row = await system.connection.fetchrow(FIND, recovery_id, context.now - LASTS)
    await context.back()
    if row is None:
        raise CodeWrongError
    return row
