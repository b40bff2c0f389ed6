"""What a person does with a dispute of theirs: add information, withdraw it, put a statement on file."""

from credence.errors import ConflictError, InvalidRequestError
from credence.server.services import audit
from credence.server.services.contesting import finding, moved, rows, steps
from credence.server.services.contesting.answering import ANSWERED, close
from credence.server.services.contesting.corrections import LOG_ID
from credence.server.services.contesting.finding import Found
from credence.server.services.contesting.rules.clocks import clock_named, due
from credence.server.services.context import Context
from credence.server.services.people import vault
from credence.server.state import State

WORDS_MOST = 100
WORDS = "UPDATE disputes SET words = $2 WHERE dispute_id = $1"
EXTEND = """
UPDATE disputes SET extended = true, due_on = $2, remind_on = $3, escalate_on = $4,
                    reminded_at = NULL, escalated_at = CASE WHEN EXISTS (
  SELECT FROM dispute_items i WHERE i.dispute_id = $1 AND i.appeal) THEN escalated_at END
WHERE dispute_id = $1
"""
STATEMENT = "UPDATE disputes SET statement = $2 WHERE dispute_id = $1"


async def open_one(context: Context, dispute_id: str) -> Found:
    """A dispute of the person who asks that is not closed, locked.

    Raises:
        NoSuchThingError: They have none of that id.
        ConflictError: It is closed.
    """
    dispute = await finding.one(context, dispute_id, locked=True)
    if dispute["state"] != "open":
        why = f"The dispute is closed: {dispute['outcome']}. If you do not agree, put a statement on file."
        raise ConflictError(why)
    return dispute


async def add_information(context: Context, state: State, dispute_id: str, text: str) -> None:
    """Add to what the person says; once, where the clock has it so, that gives more time to look into it.

    Raises:
        NoSuchThingError, ConflictError: As for `open_one`.
        ErasedError: The person was erased.
    """
    dispute = await open_one(context, dispute_id)
    before = await words_of(context, state, dispute)
    words = "\n\n".join(part for part in (before, text) if part).encode()
    sealed = await vault.seal(context, state.keys, dispute["person_id"], f"dispute:{dispute_id}", words)
    await context.connection.execute(WORDS, dispute_id, sealed)
    await steps.add(context, dispute, "information_added")
    await audit.record(context, "dispute.information", person=context.actor.id, dispute=dispute_id)
    await extend(context, dispute)


async def extend(context: Context, dispute: Found) -> None:
    """Give a dispute the time that its clock gives for what was added, once; not for what it came with."""
    clock = clock_named(dispute["clock"])
    if clock.more is None or dispute["extended"] or dispute["opened_at"] == context.now:
        return
    days = due(clock, dispute["opened_on"], extended=True)
    await context.connection.execute(
        EXTEND, dispute["dispute_id"], days.due_on, days.remind_on, days.escalate_on
    )
    await steps.add(context, dispute, "extended", due_on=days.due_on)


async def withdraw(context: Context, state: State, dispute_id: str) -> None:
    """Let a dispute be: nothing is decided, and what was suspended counts again.

    Raises:
        NoSuchThingError, ConflictError: As for `open_one`.
    """
    dispute = await open_one(context, dispute_id)
    log_id = str(await context.connection.fetchval(LOG_ID, context.actor.id))
    bureau, released = context.settings.bureau, []
    for item in await finding.items(context, dispute_id):
        if item["answer"] is None:
            await context.connection.execute(ANSWERED, item["item_id"], "withdrawn", context.now, None, None)
            if item["suspended_at"] is not None:
                target = rows.target_of(log_id, item)
                released.append(rows.releases(bureau, target, item, context.now))
    await close(context, dispute, "withdrawn")
    await steps.add(context, dispute, "withdrawn")
    await moved.by_marks(context, state, (context.actor.id, log_id), released, dispute_id)


async def state_own_view(context: Context, state: State, dispute_id: str, text: str) -> None:
    """Put a statement on file to a dispute that is decided, of at most 100 words; an empty one removes it.

    Raises:
        NoSuchThingError: They have no such dispute.
        ConflictError: It is not decided yet.
        InvalidRequestError: It has more words.
        ErasedError: The person was erased.
    """
    dispute = await finding.one(context, dispute_id, locked=True)
    if dispute["state"] == "open":
        why = f"The dispute is open until {dispute['due_on']}. Until then, add information to it."
        raise ConflictError(why)
    count = len(text.split())
    if count > WORDS_MOST:
        why = f"A statement on file has at most {WORDS_MOST} words; this has {count}."
        raise InvalidRequestError(why, {"/text": why})
    sealed = None
    if text.strip():
        what = f"statement:{dispute_id}"
        sealed = await vault.seal(context, state.keys, context.actor.id, what, text.strip().encode())
    await context.connection.execute(STATEMENT, dispute_id, sealed)
    await steps.add(context, dispute, "statement", words=count)
    await audit.record(context, "dispute.statement", person=context.actor.id, dispute=dispute_id, words=count)


async def words_of(context: Context, state: State, dispute: Found) -> str:
    """What the person said, for whoever may see the dispute."""
    if dispute["words"] is None:
        return ""
    what = f"dispute:{dispute['dispute_id']}"
    return (await vault.unseal(context, state.keys, dispute["person_id"], what, dispute["words"])).decode()
