"""How a furnisher gets to know a person: by a code that the person gives to it and to nobody else."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from credence.errors import LinkWrongError, NoSuchThingError
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import accounts, messages, pairwise

FURNISHER = "SELECT furnisher_id FROM furnishers WHERE name = $1 AND ended_at IS NULL"
FURNISHERS = "SELECT name FROM furnishers WHERE ended_at IS NULL ORDER BY name"
# A new code ends those that were made before for the same furnisher.
END = "DELETE FROM furnisher_links WHERE person_id = $1 AND furnisher = $2 AND used_at IS NULL"
ADD = """
INSERT INTO furnisher_links (code, person_id, furnisher, made_at, ends_at) VALUES ($1, $2, $3, $4, $5)
"""
USE = """
UPDATE furnisher_links SET used_at = $3 FROM people
WHERE code = $1 AND furnisher = $2 AND used_at IS NULL AND ends_at > $3
AND people.person_id = furnisher_links.person_id AND left_at IS NULL AND erased_at IS NULL
RETURNING people.person_id
"""
OF_PERSON = """
SELECT name AS furnisher, made_at, ends_at, used_at FROM furnisher_links
JOIN furnishers ON furnisher_id = furnisher WHERE person_id = $1 ORDER BY made_at DESC LIMIT 200
"""
KNOWN = """
SELECT known_as FROM pairwise JOIN people USING (person_id)
WHERE party_id = $1 AND ($2::text IS NULL OR known_as < $2) AND left_at IS NULL AND erased_at IS NULL
ORDER BY known_as DESC LIMIT $3
"""
LASTS = timedelta(days=1)
# No 0, O, 1, I or L, which look alike. 16 of 31 signs are 79 bits: not to be guessed within a day.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 4, 4
WHAT = "furnisher"


@dataclass(frozen=True)
class Link:
    """A code, shown once, for one furnisher, and how long it can be used."""

    code: str
    furnisher: str
    ends_at: datetime


async def furnishers(context: Context) -> list[str]:
    """The names of all furnishers, for a person to choose from."""
    system = await context.as_system()
    rows = await system.connection.fetch(FURNISHERS)
    await context.back()
    return [row["name"] for row in rows]


async def make(context: Context, keys: Keys, furnisher: str) -> Link:
    """Make a code that a furnisher can use once, within a day, to get to know the person who asks.

    Raises:
        NoSuchThingError: There is no furnisher of this name.
        AccountClosedError: The person left.
    """
    await accounts.check_open(context)
    system = await context.as_system()
    furnisher_id = await system.connection.fetchval(FURNISHER, furnisher)
    if furnisher_id is None:
        raise NoSuchThingError(WHAT, furnisher)
    code = "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))
    ends = context.now + LASTS
    await system.connection.execute(END, context.actor.id, furnisher_id)
    values = context.actor.id, furnisher_id, context.now, ends
    await system.connection.execute(ADD, _hashed(keys, code), *values)
    await context.back()
    await audit.record(context, "link.made", person=context.actor.id, furnisher=furnisher_id)
    return Link(code, furnisher, ends)


async def of(context: Context) -> list[Mapping[str, Any]]:
    """The codes that the person who asks made: for whom, and when each was used."""
    system = await context.as_system()
    rows = await system.connection.fetch(OF_PERSON, context.actor.id)
    await context.back()
    return rows


async def use(context: Context, keys: Keys, code: str) -> str:
    """Use a code; return the id under which the furnisher who asks knows the person from now on.

    Raises:
        LinkWrongError: There is no such code for this furnisher, or it was used, or has ended.
    """
    system = await context.as_system()
    person_id = await system.connection.fetchval(USE, _hashed(keys, code), context.actor.id, context.now)
    if person_id is None:
        raise LinkWrongError
    known_as = await pairwise.known_as(system, context.actor.id, person_id)
    await messages.tell(system, person_id, "furnisher.linked", furnisher=context.actor.id)
    await context.back()
    await audit.record(context, "link.used", person=person_id)
    return known_as


async def known(context: Context, before: str | None, most: int) -> list[str]:
    """The ids of whoever the furnisher who asks may send events about, the latest first.

    Args:
        context: The context, of a furnisher.
        before: The last id of the page before.
        most: How many at most.
    """
    system = await context.as_system()
    rows = await system.connection.fetch(KNOWN, context.actor.id, before, most)
    return [str(row["known_as"]) for row in rows]


def _hashed(keys: Keys, code: str) -> bytes:
    plain = code.upper().replace("-", "").replace(" ", "")
    return hmac.digest(keys.lookup, f"link\0{plain}".encode(), "sha256")
