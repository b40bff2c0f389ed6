"""What a person is known by: kept encrypted, found by an HMAC, and one person's only."""

import hmac
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from credence.errors import ConflictError, IdentifierTakenError, NoSuchThingError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import codes, fresh, mails, vault
from credence.server.services.people.kinds import CONTACTS, Identifier

PURPOSE = "confirm"
WHAT = "identifier"

ADD = """
INSERT INTO identifiers (identifier_id, person_id, kind, lookup, sealed, added_at, held_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
HOLDER = "SELECT person_id FROM identifiers WHERE lookup = $1 AND held_at IS NOT NULL"
OF_PERSON = """
SELECT identifier_id, kind, sealed, added_at, held_at FROM identifiers WHERE person_id = $1 ORDER BY 1
"""
ONE = "SELECT kind, sealed, held_at FROM identifiers WHERE person_id = $1 AND identifier_id = $2"
HOLD = "UPDATE identifiers SET held_at = $2 WHERE identifier_id = $1 AND held_at IS NULL"
REMOVE = "DELETE FROM identifiers WHERE person_id = $1 AND identifier_id = $2"


@dataclass(frozen=True)
class Held:
    """An identifier of a person's; `held_at` is None where it was not confirmed yet."""

    identifier_id: str
    identifier: Identifier
    added_at: datetime
    held_at: datetime | None


def lookup(keys: Keys, identifier: Identifier) -> bytes:
    """By what an identifier is found: it says nothing to whoever lacks the key."""
    return hmac.digest(keys.lookup, f"{identifier.kind}\0{identifier.value}".encode(), "sha256")


async def add(context: Context, keys: Keys, person_id: str, identifier: Identifier, *, held: bool) -> str:
    """Add an identifier to a person; return its id.

    Args:
        context: The context of the request.
        keys: The keys of the bureau.
        person_id: Whose it is.
        identifier: The identifier.
        held: Whether it is the person's from now on; otherwise it waits to be confirmed.

    Raises:
        IdentifierTakenError: It is somebody's already, be it this person's.
    """
    if await holder(context, keys, identifier) is not None:
        raise IdentifierTakenError
    new = new_id("idn", context.now)
    sealed = await vault.seal(context, keys, person_id, f"identifier:{new}", identifier.value.encode())
    system = await context.as_system()
    values = lookup(keys, identifier), sealed, context.now, context.now if held else None
    try:
        await system.connection.execute(ADD, new, person_id, identifier.kind, *values)
    except asyncpg.UniqueViolationError:
        raise IdentifierTakenError from None
    await context.back()
    await audit.record(context, "identifier.added", person=person_id, identifier=new, kind=identifier.kind)
    return new


async def offer(context: Context, keys: Keys, identifier: Identifier, language: str) -> str:
    """Add an identifier to the person who asks; a code goes to an address or a number. Its id is returned.

    Raises:
        IdentifierTakenError: It is somebody's already.
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    new = await add(context, keys, context.actor.id, identifier, held=not identifier.is_contact)
    if identifier.is_contact:
        code = await codes.make(context, keys, PURPOSE, new)
        await mails.send(context, keys, identifier, "confirm", language, code)
    return new


async def confirm(context: Context, keys: Keys, identifier_id: str, code: str) -> None:
    """Hold an identifier of the person who asks, who says the code that was sent there.

    Raises:
        NoSuchThingError: The person has none of this id.
        CodeWrongError: The code is not right.
        IdentifierTakenError: Somebody else confirmed it in between.
    """
    await _one(context, identifier_id)
    await codes.use(context, keys, PURPOSE, identifier_id, code)
    try:
        await context.connection.execute(HOLD, identifier_id, context.now)
    except asyncpg.UniqueViolationError:
        raise IdentifierTakenError from None
    await audit.record(context, "identifier.confirmed", person=context.actor.id, identifier=identifier_id)


async def remove(context: Context, identifier_id: str) -> None:
    """Remove an identifier of the person who asks; nothing of it is kept but that there was one.

    Raises:
        NoSuchThingError: The person has none of this id.
        ConflictError: It is the last contact or the last document that is held.
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    found = await _one(context, identifier_id)
    rows = await context.connection.fetch(OF_PERSON, context.actor.id)
    alike = [row for row in rows if row["held_at"] and (row["kind"] in CONTACTS) == (found in CONTACTS)]
    if [row["identifier_id"] for row in alike] == [identifier_id]:
        what = "address or telephone number" if found in CONTACTS else "document"
        why = f"This is the last {what} you are known by. Add and confirm another one first."
        raise ConflictError(why)
    await context.connection.execute(REMOVE, context.actor.id, identifier_id)
    await audit.record(context, "identifier.removed", person=context.actor.id, identifier=identifier_id)


async def of(context: Context, keys: Keys, person_id: str) -> list[Held]:
    """What a person is known by, oldest first; whoever asks may know it.

    Raises:
        ErasedError: The person was erased.
    """
    system = await context.as_system()
    rows = await system.connection.fetch(OF_PERSON, person_id)
    await context.back()
    held = []
    for row in rows:
        what = f"identifier:{row['identifier_id']}"
        value = await vault.unseal(context, keys, person_id, what, row["sealed"])
        found = Identifier(row["kind"], value.decode())
        held.append(Held(row["identifier_id"], found, row["added_at"], row["held_at"]))
    return held


async def holder(context: Context, keys: Keys, identifier: Identifier) -> str | None:
    """Whose an identifier is; None where it is nobody's."""
    system = await context.as_system()
    found: str | None = await system.connection.fetchval(HOLDER, lookup(keys, identifier))
    await context.back()
    return found


async def _one(context: Context, identifier_id: str) -> str:
    """The kind of an identifier of the person who asks."""
    row = await context.connection.fetchrow(ONE, context.actor.id, identifier_id)
    if row is None:
        raise NoSuchThingError(WHAT, identifier_id)
    return str(row["kind"])
