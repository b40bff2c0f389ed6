"""Keeping what somebody brought, as events that they sent themselves; and removing it again."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from credence.errors import ConflictError, NoSuchThingError
from credence.events.exports.facts import FURNISHER, RETRACTION
from credence.events.keys import event_key
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.bringing import drafts
from credence.server.services.contesting import moved
from credence.server.services.context import Context
from credence.server.services.furnishing import log_writer
from credence.server.services.people import accounts, erasing, vault
from credence.server.services.reading import cards, consents
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.statements import today
from credence.server.state import State

ADD = """
INSERT INTO own_imports (import_id, person_id, form, kept_at, number, events) VALUES ($1, $2, $3, $4, $5, $6)
"""
LIST = """
SELECT import_id, form, kept_at, removed_at, number FROM own_imports WHERE person_id = $1
ORDER BY import_id DESC LIMIT 200
"""
FIND = "SELECT form, removed_at, events FROM own_imports WHERE person_id = $1 AND import_id = $2 FOR UPDATE"
REMOVED = "UPDATE own_imports SET removed_at = $3 WHERE person_id = $1 AND import_id = $2"
# Whatever the log has now, whether it took it now or before: to keep the same twice changes nothing.
TAKEN = ("accepted", "repeated")
WHAT = "import of your own"


async def keep(context: Context, state: State, draft: str, *, against: bool) -> str:
    """Keep what the person who acts was shown; return the id of the import.

    The events are the person's own, under a furnisher's name that says so, and their scores are made again.

    Args:
        context: The context, of a person.
        state: The state.
        draft: What they were handed when they looked at the file.
        against: Whether to keep what speaks against them, too.

    Raises:
        InvalidRequestError: The draft is none of theirs, was changed or is too old.
        ConflictError: Nothing is left to keep.
        AccountClosedError: The person left.
        ErasedError: The person was erased.
    """
    await accounts.check_open(context)
    grant, said = await consents.own(context), await drafts.unseal(context, state.keys, draft)
    await erasing.check_there(context, [grant.log_id])
    furnisher = f"{FURNISHER}{said.form}"
    whose: dict[str, object] = {"furnisher": furnisher, "person_id": grant.log_id}
    rows = [row | whose for row in [*said.rows, *(said.against if against else [])]]
    if not rows:
        sentence = "There is nothing to keep."
        raise ConflictError(sentence)
    report = await log_writer.append(state, rows, context.now)
    ids = [str(row["event_id"]) for n, row in enumerate(rows, 1) if report.outcome(n).verdict in TAKEN]
    person, new = grant.person_id, new_id("imp", context.now)
    sealed = await vault.seal(context, state.keys, person, f"own_import:{new}", msgspec.json.encode(ids))
    await context.connection.execute(ADD, new, person, said.form, context.now, len(ids), sealed)
    await audit.record(
        context, "own_import.kept", person=person, own_import=new, form=said.form, events=len(ids),
        against=len(said.against) if against else 0,
    )  # fmt: skip
    await _score_again(context, state, grant, (new, furnisher, ids))
    return new


async def listed(context: Context) -> list[Mapping[str, Any]]:
    """What the person who acts brought and kept, the latest first."""
    return await context.connection.fetch(LIST, context.actor.id)


async def remove(context: Context, state: State, import_id: str) -> None:
    """Take back every event of an import of the person who acts; their scores are made again.

    Raises:
        NoSuchThingError: They have none of this id.
        ConflictError: It was removed before.
        ErasedError: The person was erased.
    """
    grant = await consents.own(context)
    row = await context.connection.fetchrow(FIND, grant.person_id, import_id)
    if row is None:
        raise NoSuchThingError(WHAT, import_id)
    if row["removed_at"] is not None:
        sentence = "This was removed before."
        raise ConflictError(sentence)
    await erasing.check_there(context, [grant.log_id])
    what = f"own_import:{import_id}"
    content = await vault.unseal(context, state.keys, grant.person_id, what, row["events"])
    names, furnisher = msgspec.json.decode(content, type=list[str]), f"{FURNISHER}{row['form']}"
    day = today(context, state.log)
    rows: list[dict[str, object]] = [
        {
            "furnisher": furnisher, "event_id": f"{name}-removed", "person_id": grant.log_id,
            "kind": RETRACTION, "occurred_at": str(day), "retracts": name,
        }
        for name in names
    ]  # fmt: skip
    await log_writer.append(state, rows, context.now)
    await context.connection.execute(REMOVED, grant.person_id, import_id, context.now)
    await audit.record(context, "own_import.removed", person=grant.person_id, own_import=import_id)
    removals = [str(row["event_id"]) for row in rows]
    await _score_again(context, state, grant, (import_id, furnisher, removals))


async def _score_again(
    context: Context, state: State, grant: Grant, what: tuple[str, str, Sequence[str]]
) -> None:
    """Make today's scores again where rows move them, so that whoever may read them gets the new ones."""
    import_id, furnisher, names = what
    keys = {event_key(furnisher, name) for name in names}
    told = {(name, today(context, state.log)) for name in await cards.concerning(context, grant.person_id)}
    system = await context.as_system()
    changed = await moved.compared(system, state, (grant.log_id, keys), told)
    await moved.keep(system, state, (grant.person_id, import_id), changed)
    await context.back()
