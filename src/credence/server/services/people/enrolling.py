"""Enrolling: somebody opts in, with an address or number that was confirmed and a document's number."""

import secrets
from collections.abc import Sequence

from credence.errors import CodeWrongError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import codes, identifiers, mails
from credence.server.services.people.kinds import Identifier

PURPOSE = "enrol"
LANGUAGES = ("en", "zh")

ADD = "INSERT INTO people (person_id, log_id, enrolled_at, language) VALUES ($1, $2, $3, $4)"
TAKE_IN = """
INSERT INTO people (person_id, log_id, language, enrolled_at)
SELECT *, $4 FROM unnest($1::text[], $2::text[], $3::text[])
"""


async def begin(context: Context, keys: Keys, contact: Identifier, language: str) -> None:
    """Send a code to an address or number, with which its owner can enrol.

    Whether it is somebody's already is told to nobody but them: the reply is the same, the mail another.
    """
    code = await codes.make(context, keys, PURPOSE, identifiers.lookup(keys, contact).hex())
    known = await identifiers.holder(context, keys, contact)
    await mails.send(context, keys, contact, "exists" if known else "enrol", language, code)


async def check(context: Context, keys: Keys, contact: Identifier, code: str) -> None:
    """Make sure of the code that was sent to an address or number, before more is asked; it stays valid.

    Raises:
        CodeWrongError: The code is not right.
    """
    await codes.check(context, keys, PURPOSE, identifiers.lookup(keys, contact).hex(), code)


async def finish(
    context: Context, keys: Keys, contact: Identifier, code: str, document: Identifier, language: str
) -> str:
    """Enrol whoever says the code that was sent to their address or number; return the person's id.

    Raises:
        CodeWrongError: The code is not right, or the address was somebody's when it was sent.
        IdentifierTakenError: The document's number is somebody's already.
    """
    await codes.use(context, keys, PURPOSE, identifiers.lookup(keys, contact).hex(), code)
    if await identifiers.holder(context, keys, contact) is not None:
        raise CodeWrongError
    return await enrol(context, keys, (contact, document), language)


async def enrol(
    context: Context, keys: Keys, identifiers_: Sequence[Identifier], language: str, log_id: str | None = None
) -> str:
    """Make a person who holds these identifiers; return the person's id.

    The event log will know them by a pseudonym of chance, which is kept in `people.log_id` alone, unless it
    knows them already.

    Args:
        context: The context of the request.
        keys: The keys of the bureau.
        identifiers_: What the person is known by: contacts that were confirmed, documents.
        language: `en` or `zh`.
        log_id: The pseudonym by which the event log knows them already, if it does.

    Raises:
        IdentifierTakenError: One of them is somebody's already.
    """
    person = new_id("per", context.now)
    system = await context.as_system()
    called = log_id or f"p{secrets.token_hex(15)}"
    await system.connection.execute(ADD, person, called, context.now, language)
    await context.back()
    for identifier in identifiers_:
        await identifiers.add(context, keys, person, identifier, held=True)
    await audit.record(context, "person.enrolled", person=person)
    return person


async def take_in(context: Context, known: Sequence[tuple[str, str]]) -> None:
    """Enrol everybody whom an event log brings along, of whom nothing else is known.

    Args:
        context: The system's context.
        known: The pseudonym of each in the log, and their language.
    """
    ids = [new_id("per", context.now) for _ in known]
    log_ids, languages = [log_id for log_id, _ in known], [language for _, language in known]
    await context.connection.execute(TAKE_IN, ids, log_ids, languages, context.now)
    await audit.record(context, "people.taken_in", people=len(known))
