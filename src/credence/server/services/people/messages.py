"""What a person is told: an alert in the app, and a mail that says only that there is one.

The texts are in messages.yaml: a new kind of message is an entry there.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from credence.errors import NoSuchThingError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import mails
from credence.server.services.people.texts import MESSAGES, alert

ADD = "INSERT INTO messages (message_id, person_id, kind, ids, told_at) VALUES ($1, $2, $3, $4::jsonb, $5)"
# Mails are on unless the person turned them off for this kind.
WANTS = """
SELECT coalesce((SELECT mail FROM message_choices WHERE person_id = $1 AND kind = $2), true)
AND EXISTS (SELECT FROM people WHERE person_id = $1 AND erased_at IS NULL)
"""
OF_PERSON = """
SELECT message_id, kind, ids::text AS ids, told_at, read_at FROM messages
WHERE person_id = $1 AND message_id < $2 ORDER BY message_id DESC LIMIT $3
"""
READ = "UPDATE messages SET read_at = $3 WHERE person_id = $1 AND message_id = $2 AND read_at IS NULL"
READ_ALL = "UPDATE messages SET read_at = $2 WHERE person_id = $1 AND read_at IS NULL"
UNREAD = "SELECT count(*) FROM messages WHERE person_id = $1 AND read_at IS NULL"
IDS = "SELECT ids::text FROM messages WHERE person_id = $1 AND message_id = $2"
CHOICES = "SELECT kind, mail FROM message_choices WHERE person_id = $1"
CHOOSE = """
INSERT INTO message_choices (person_id, kind, mail, chosen_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (person_id, kind) DO UPDATE SET mail = $3, chosen_at = $4
"""
LANGUAGE = "SELECT language FROM people WHERE person_id = $1"
# Later than every id.
END = "~"
MESSAGE, KIND = "message", "kind of message"


@dataclass(frozen=True)
class Message:
    """What a person was told: its kind, a sentence, and the ids of what it is about."""

    message_id: str
    kind: str
    sentence: str
    ids: dict[str, str]
    told_at: datetime
    read_at: datetime | None


async def tell(context: Context, person_id: str, kind: str, **ids: str) -> str:
    """Tell a person something, in the transaction of what happened; return the message's id.

    Args:
        context: The context of the request, of whatever actor.
        person_id: Who is told.
        kind: A kind of messages.yaml, like `dispute.decided`.
        ids: The ids of what it is about, like `dispute="dis_..."`; never anything personal.
    """
    assert kind in MESSAGES, f"messages.yaml has no text for {kind}"
    new = new_id("msg", context.now)
    system = await context.as_system()
    said = msgspec.json.encode(ids).decode()
    if await system.connection.fetchval(WANTS, person_id, kind):
        await mails.tell(context, person_id)
    await system.connection.later(ADD, new, person_id, kind, said, context.now)
    await context.back()
    return new


async def of(
    context: Context, before: str | None = None, most: int = 50, language: str | None = None
) -> list[Message]:
    """What the person who asks was told, newest first.

    Args:
        context: The context of the request.
        before: The id of the last message of the page before.
        most: How many at most.
        language: In which language; in that of the account, if not said.
    """
    language = language or await language_of(context, context.actor.id)
    rows = await context.connection.fetch(OF_PERSON, context.actor.id, before or END, most)
    return [
        Message(
            row["message_id"], row["kind"], alert(row["kind"], language),
            msgspec.json.decode(row["ids"], type=dict[str, str]), row["told_at"], row["read_at"],
        )
        for row in rows
    ]  # fmt: skip


async def read(context: Context, message_id: str) -> dict[str, str]:
    """Note that the person who asks has read a message; return the ids of what it is about.

    Raises:
        NoSuchThingError: There is none of this id for them.
    """
    ids = await context.connection.fetchval(IDS, context.actor.id, message_id)
    if ids is None:
        raise NoSuchThingError(MESSAGE, message_id)
    await context.connection.execute(READ, context.actor.id, message_id, context.now)
    return msgspec.json.decode(ids, type=dict[str, str])


async def read_all(context: Context) -> None:
    """Note that the person who asks has read every message."""
    await context.connection.execute(READ_ALL, context.actor.id, context.now)


async def unread(context: Context) -> int:
    """How many messages the person who asks has not read."""
    return int(await context.connection.fetchval(UNREAD, context.actor.id))


async def choices(context: Context) -> dict[str, bool]:
    """For each kind of message whether a mail goes out, as the person who asks chose."""
    rows = await context.connection.fetch(CHOICES, context.actor.id)
    return dict.fromkeys(sorted(MESSAGES), True) | {row["kind"]: row["mail"] for row in rows}


async def choose(context: Context, kind: str, *, mail: bool) -> None:
    """Turn mails of a kind on or off for the person who asks; the alert in the app stays.

    Raises:
        NoSuchThingError: There is no such kind.
    """
    if kind not in MESSAGES:
        raise NoSuchThingError(KIND, kind)
    await context.connection.execute(CHOOSE, context.actor.id, kind, mail, context.now)
    await audit.record(context, "messages.chosen", person=context.actor.id, kind=kind, mail=mail)


async def language_of(context: Context, person_id: str) -> str:
    """The language of a person, or of the bureau for whoever is none."""
    return str(await context.connection.fetchval(LANGUAGE, person_id) or "en")
