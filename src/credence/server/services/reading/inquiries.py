"""Inquiries: every read of a score is recorded in its transaction, and the person sees it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from credence.errors import ConflictError, NoSuchThingError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.reading import freezes, readers
from credence.server.services.reading.grants import Grant
from credence.server.store import inquiries as sql

NOT_ME = "not_me"


async def record(context: Context, grant: Grant, result: dict[str, Any], *, hard: bool = False) -> str:
    """Record a read, and in the audit; return the inquiry's id.

    Args:
        context: The context in which is read; its transaction is joined.
        grant: What made the read possible.
        result: What was told. Its `scorecard`, `as_of` and `known_at`, if any, are kept by themselves, so
            that whoever read a score that is corrected later can be found.
        hard: Whether the person applied for something; a person's own reads and an operator's are soft.
    """
    system = await context.as_system()
    inquiry = await write(system, grant, result, hard=hard)
    await context.back()
    return inquiry


async def write(system: Context, grant: Grant, result: dict[str, Any], *, hard: bool) -> str:
    """Record a read where the system acts already."""
    inquiry, reader = new_id("inq", system.now), grant.reader
    partner = reader.id if reader.kind == "partner" else None
    told = msgspec.json.encode(result).decode()
    moment = result.get("scorecard"), result.get("as_of"), result.get("known_at")
    await system.connection.later(
        sql.RECORD, inquiry, system.now, grant.person_id, reader.kind, reader.id, partner, grant.purpose,
        grant.level, grant.consent_id, grant.reason, hard and partner is not None, *moment, told,
        system.request_id, new_id("aud", system.now), reader.member,
    )  # fmt: skip
    if grant.first:
        await readers.note(system, grant, inquiry)
    return inquiry


async def listed(
    context: Context, limit: int, before: str | None = None, *, own: bool = True
) -> list[Mapping[str, Any]]:
    """Who read about the person who acts, newest first; `before` is the last id of the page before.

    The person's own looks are there unless `own` is false.
    """
    system = await context.as_system()
    query = sql.OF_PERSON if own else sql.OF_OTHERS
    rows = await system.connection.fetch(query, context.actor.id, before or "j", limit)
    await context.back()
    return rows


async def one(context: Context, inquiry_id: str) -> Mapping[str, Any]:
    """One read about the person who acts.

    Raises:
        NoSuchThingError: There is no such read about them.
    """
    system = await context.as_system()
    row = await system.connection.fetchrow(sql.ONE, context.actor.id, inquiry_id)
    await context.back()
    if row is None:
        what = "inquiry"
        raise NoSuchThingError(what, inquiry_id)
    return row


async def disown(context: Context, inquiry_id: str) -> str:
    """Disown a read ("not me"): freeze the scores, leave a note for operators; return the freeze's id.

    `sharing.disowning` also opens the dispute about it.

    Raises:
        NoSuchThingError: There is no such read about the person.
        ConflictError: It was the person's own.
    """
    row = await one(context, inquiry_id)
    if row["reader"] == "person":
        sentence = "This was your own look. If it was not you, end the sessions that you do not know."
        raise ConflictError(sentence)
    person = context.actor.id
    await context.connection.execute(sql.DISOWN, inquiry_id, person, context.now)
    partner = row["partner_id"]
    await audit.record(context, "inquiry.disowned", person=person, partner=partner, inquiry=inquiry_id)
    return await freezes.freeze(context, person, NOT_ME)
