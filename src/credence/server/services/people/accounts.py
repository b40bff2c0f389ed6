"""An account as its owner has it: its language, closing it, and having everything erased: two acts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credence.errors import AccountClosedError, ConflictError, InvalidRequestError
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import fresh, messages, sessions, vault
from credence.server.services.people.texts import LANGUAGES

# What stays after a person is erased, and why. Whatever is not named here and can be deleted is deleted.
# What only grows (its table's `writes` is `append`) stays too; what is personal in it is encrypted.
KEPT = {
    "people": "That there was somebody of this id, and when they were erased; nothing says who it was.",
    "audit": "What was done by whom and when: it shows that the bureau kept to the rules.",
    "inquiries": "That a score was read, by whom, when and for what, not what was told: whoever read it must "
    "answer for that.",
    "refused_inquiries": "That a question was refused by a freeze: whoever asked must answer for that.",
    "disowned_inquiries": "That somebody said of a read that it was not theirs.",
    "consents": "That there was a consent, for what and until when: it is why reads were allowed.",
    "consent_requests": "That a partner asked for a consent.",
    "decisions": "That a decision was made under a policy: whoever made it must answer for it.",
    "decision_details": "Encrypted under the destroyed key: nobody can read it any more.",
    "reviews": "That a decision was looked at again, and how it ended; what was said to it is gone.",
    "disputes": "That something was contested, and answered in time; the person's words are unreadable.",
    "dispute_items": "What was contested, and how it ended; what was said with it is unreadable.",
    "dispute_files": "That there were files; their content is unreadable.",
    "dispute_steps": "When each step of a dispute was taken.",
    "corrections": "That something was corrected, and when, not which scores it changed.",
}
# What names a person otherwise than by `person_id`; and what is said of them in what is kept: which score was
# told, which scores a correction moved, why a reviewer decided as they did.
ALSO = (
    "DELETE FROM passkeys WHERE actor = 'person' AND actor_id = $1",
    "DELETE FROM passwords WHERE actor = 'person' AND actor_id = $1",
    "DELETE FROM tokens WHERE actor = 'person' AND actor_id = $1",
    "DELETE FROM replies WHERE actor_id = $1",
    "DELETE FROM pairwise WHERE person_id = $1",
    "UPDATE inquiries SET result = '{}' WHERE person_id = $1",
    "UPDATE corrections SET moved = '[]' WHERE person_id = $1",
    "UPDATE reviews SET reason = NULL WHERE person_id = $1",
)

FIND = "SELECT enrolled_at, language, left_at FROM people WHERE person_id = $1"
LANGUAGE = "UPDATE people SET language = $2 WHERE person_id = $1"
LEFT = "UPDATE people SET left_at = $2 WHERE person_id = $1 AND left_at IS NULL"
BACK = "UPDATE people SET left_at = NULL WHERE person_id = $1 AND left_at IS NOT NULL AND erased_at IS NULL"
HAS_LEFT = "SELECT EXISTS (SELECT FROM people WHERE person_id = $1 AND left_at IS NOT NULL)"
ERASED = """
UPDATE people SET erased_at = $2, left_at = coalesce(left_at, $2) WHERE person_id = $1 AND erased_at IS NULL
"""
# From here on nobody is found by the pseudonym; a job takes what it stands for out of the event log.
PENDING = """
INSERT INTO erasures (log_id, whose, erased_at)
SELECT log_id, person_id, $2 FROM people WHERE person_id = $1
"""
UNLINK = "UPDATE people SET log_id = 'erased ' || person_id WHERE person_id = $1"
# A process takes one that no other is at.
DUE = "SELECT whose, log_id FROM erasures ORDER BY erased_at LIMIT 1 FOR UPDATE SKIP LOCKED"
DONE = "DELETE FROM erasures WHERE log_id = $1"


@dataclass(frozen=True)
class Account:
    """An account: since when, in which language, and since when it is closed."""

    person_id: str
    enrolled_at: datetime
    language: str
    left_at: datetime | None


async def own(context: Context) -> Account:
    """The account of the person who asks."""
    row = await context.connection.fetchrow(FIND, context.actor.id)
    assert row is not None, "whoever is signed in has an account"
    return Account(context.actor.id, row["enrolled_at"], row["language"], row["left_at"])


async def choose_language(context: Context, language: str) -> None:
    """Change the language in which the person who asks is told things.

    Raises:
        InvalidRequestError: There are no texts in it.
    """
    if language not in LANGUAGES:
        why = f"There are no texts in this language. Languages are: {', '.join(LANGUAGES)}."
        raise InvalidRequestError(why, {"/language": why})
    await context.connection.execute(LANGUAGE, context.actor.id, language)
    await audit.record(context, "account.language", person=context.actor.id, language=language)


async def leave(context: Context) -> None:
    """Close the account of the person who asks; nothing is deleted.

    They can still sign in, to see what is kept, to take everything with them, to have it erased, and to come
    back.

    Raises:
        ConflictError: It was closed before.
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    if await context.connection.execute(LEFT, context.actor.id, context.now) != "UPDATE 1":
        why = "This account was closed before."
        raise ConflictError(why)
    await audit.record(context, "account.left", person=context.actor.id)
    await messages.tell(context, context.actor.id, "account.left")


async def reopen(context: Context) -> None:
    """Open the closed account of the person who asks again; consents that were withdrawn stay so.

    Raises:
        ConflictError: It is open.
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    if await context.connection.execute(BACK, context.actor.id) != "UPDATE 1":
        why = "This account is open."
        raise ConflictError(why)
    await audit.record(context, "account.reopened", person=context.actor.id)
    await messages.tell(context, context.actor.id, "account.reopened")


async def has_left(context: Context, person_id: str) -> bool:
    """Whether a person's account is closed."""
    system = await context.as_system()
    left = await system.connection.fetchval(HAS_LEFT, person_id)
    await context.back()
    return bool(left)


async def check_open(context: Context) -> None:
    """Make sure that the account of the person who asks is open: that they may let somebody new in.

    Raises:
        AccountClosedError: It is closed.
    """
    if await has_left(context, context.actor.id):
        raise AccountClosedError


def kept() -> dict[str, str]:
    """What is kept of somebody who is erased, and why."""
    return KEPT


async def erase(context: Context) -> dict[str, str]:
    """Erase the person who asks; return what is kept, and why.

    Their key is destroyed, what can be deleted is deleted, and every session ends. Their events go out of
    the log by a job, which starts within minutes; nobody can be found by them from now on.

    Raises:
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    person = context.actor.id
    await audit.record(context, "person.erased", person=person)
    await vault.destroy(context, person)
    await sessions.end_all(context, context.actor)
    system = await context.as_system()
    for statement in (ERASED, PENDING):
        await system.connection.execute(statement, person, context.now)
    await system.connection.execute(UNLINK, person)
    await delete(system, person)
    await context.back()
    return kept()


async def delete(system: Context, person_id: str) -> None:
    """Delete whatever of somebody can be; the context is the system's."""
    for statement in (*ALSO, *(f"DELETE FROM {table} WHERE person_id = $1" for table in deleted())):  # noqa: S608
        await system.connection.execute(statement, person_id)


def deleted() -> list[str]:
    """The tables whose rows of a person are deleted, those first that name rows of others."""
    # Hardly anybody is erased while a process runs, and SQLAlchemy takes a tenth of its start to load.
    from credence.server.store.schema import metadata  # noqa: PLC0415

    return [
        table.name
        for table in reversed(metadata.sorted_tables)
        if "person_id" in table.columns and table.name not in {*KEPT, "pairwise"}
    ]


async def next_in_log(context: Context) -> tuple[str, str] | None:
    """Somebody who was erased but is still in the event log: their id and their pseudonym there.

    They are locked until the transaction ends; the context is the system's.
    """
    row: Any = await context.connection.fetchrow(DUE)
    return (row["whose"], row["log_id"]) if row else None


async def note_gone(context: Context, person_id: str, log_id: str) -> None:
    """Forget the pseudonym of somebody whose events are gone; the context is the system's."""
    await context.connection.execute(DONE, log_id)
    await audit.record(context, "person.erased_from_log", person=person_id)
