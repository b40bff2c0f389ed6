"""Mails on their way: kept until they are sent, with nothing in them but a code or that there is news."""

from datetime import datetime, timedelta

import msgspec

from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services.context import Context
from credence.server.services.people import vault
from credence.server.services.people.kinds import Identifier
from credence.server.services.people.texts import LANGUAGES, mail

ADD = "INSERT INTO mails (mail_id, person_id, sealed, made_at, next_at) VALUES ($1, $2, $3, $4, $4)"
# One that waits already says as much as two.
WAITS = "SELECT EXISTS (SELECT FROM mails WHERE person_id = $1 AND sent_at IS NULL AND given_up_at IS NULL)"
DUE = """
SELECT mail_id, person_id, operator_id, sealed, tries FROM mails
WHERE sent_at IS NULL AND given_up_at IS NULL AND next_at <= $1
ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
# Nothing more is said to operators than that something waits, so once an hour is enough.
TO_OPERATORS = """
SELECT operator_id, greatest($2, (SELECT max(sent_at) + interval '1 hour' FROM mails
 WHERE mails.operator_id = operators.operator_id)) AS next_at
FROM operators WHERE $1 = ANY(roles) AND ended_at IS NULL AND mail IS NOT NULL AND NOT EXISTS
 (SELECT FROM mails WHERE mails.operator_id = operators.operator_id
  AND sent_at IS NULL AND given_up_at IS NULL)
"""
ADD_TO_OPERATOR = "INSERT INTO mails (mail_id, operator_id, made_at, next_at) VALUES ($1, $2, $3, $4)"
OPERATOR = "SELECT mail FROM operators WHERE operator_id = $1 AND ended_at IS NULL"
# What an operator's address is sealed as.
OPERATORS_MAIL = "operator's mail"
ADDRESS = """
SELECT i.identifier_id, i.kind, i.sealed, p.language FROM identifiers i JOIN people p USING (person_id)
WHERE person_id = $1 AND held_at IS NOT NULL AND kind = ANY('{email,phone}') AND p.erased_at IS NULL
ORDER BY kind, identifier_id LIMIT 1
"""
SENT = "UPDATE mails SET sent_at = $2, sealed = NULL, tries = tries + 1 WHERE mail_id = $1"
LATER = "UPDATE mails SET next_at = $2, tries = tries + 1 WHERE mail_id = $1"
GIVE_UP = "UPDATE mails SET given_up_at = $2, sealed = NULL, tries = tries + 1 WHERE mail_id = $1"
# 1, 2, 4 ... minutes after one another: nearly three days in all.
TRIES = 13


class Letter(msgspec.Struct, frozen=True):
    """What goes out: to an address or a telephone number."""

    kind: str
    to: str
    subject: str
    text: str


class Due(msgspec.Struct, frozen=True):
    """A mail whose time has come; without a letter where there is nowhere to send it."""

    mail_id: str
    tries: int
    letter: Letter | None


async def send(context: Context, keys: Keys, to: Identifier, kind: str, language: str, code: str) -> None:
    """Have a code sent to an address or number, which may be nobody's here."""
    subject, text = mail(kind, language, code=code, url=context.settings.public_url)
    new = new_id("mai", context.now)
    letter = msgspec.json.encode(Letter(to.kind, to.value, subject, text))
    sealed = await vault.seal(context, keys, vault.BUREAU, f"mail:{new}", letter)
    await _add(context, new, None, sealed)


async def tell(context: Context, person_id: str) -> None:
    """Have a person told by mail that there is something new in the app."""
    system = await context.as_system()
    waits = await system.connection.fetchval(WAITS, person_id)
    await context.back()
    if not waits:
        await _add(context, new_id("mai", context.now), person_id, None)


async def tell_operators(system: Context, role: str) -> None:
    """Have operators with a role told by mail that something waits for them; the context is the system's."""
    for row in await system.connection.fetch(TO_OPERATORS, role, system.now):
        new = new_id("mai", system.now)
        await system.connection.execute(ADD_TO_OPERATOR, new, row["operator_id"], system.now, row["next_at"])


async def next_due(context: Context, keys: Keys) -> Due | None:
    """The next mail that is to go out, locked until the transaction ends; the context is the system's."""
    row = await context.connection.fetchrow(DUE, context.now)
    if row is None:
        return None
    if row["operator_id"] is not None:
        return Due(row["mail_id"], row["tries"], await _waits(context, keys, row["operator_id"]))
    if row["person_id"] is None:
        opened = await vault.unseal(context, keys, vault.BUREAU, f"mail:{row['mail_id']}", row["sealed"])
        return Due(row["mail_id"], row["tries"], msgspec.json.decode(opened, type=Letter))
    return Due(row["mail_id"], row["tries"], await _news(context, keys, row["person_id"]))


async def note_sent(context: Context, due: Due) -> None:
    """A mail went out; its text is forgotten."""
    await context.connection.execute(SENT, due.mail_id, context.now)


async def note_failed(context: Context, due: Due) -> None:
    """A mail did not go out: it is tried again later, and given up after thirteen times."""
    if due.letter is None or due.tries + 1 >= TRIES:
        await context.connection.execute(GIVE_UP, due.mail_id, context.now)
    else:
        await context.connection.execute(LATER, due.mail_id, _later(context.now, due.tries))


def _later(now: datetime, tries: int) -> datetime:
    return now + timedelta(minutes=2**tries)


async def _add(context: Context, mail_id: str, person_id: str | None, sealed: bytes | None) -> None:
    system = await context.as_system()
    await system.connection.later(ADD, mail_id, person_id, sealed, context.now)
    await context.back()


async def _news(context: Context, keys: Keys, person_id: str) -> Letter | None:
    row = await context.connection.fetchrow(ADDRESS, person_id)
    if row is None:
        return None
    what = f"identifier:{row['identifier_id']}"
    to = await vault.unseal(context, keys, person_id, what, row["sealed"])
    subject, text = mail("news", row["language"], url=context.settings.public_url)
    return Letter(row["kind"], to.decode(), subject, text)


async def _waits(context: Context, keys: Keys, operator_id: str) -> Letter | None:
    """What an operator is told, in every language, as nothing says which is theirs."""
    sealed = await context.connection.fetchval(OPERATOR, operator_id)
    if sealed is None:
        return None
    to = await vault.unseal(context, keys, operator_id, OPERATORS_MAIL, sealed)
    said = [mail("desk", language, url=f"{context.settings.public_url}/operator") for language in LANGUAGES]
    return Letter("email", to.decode(), " / ".join(one for one, _ in said), "".join(text for _, text in said))
