"""Asking for a score: consent, the read, what the level tells, and the record, in one transaction."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from credence.events.log import EventLog
from credence.server.keys import Keys
from credence.server.services.context import Context
from credence.server.services.reading import consents, inquiries, on_file, scores
from credence.server.services.reading.cards import card_of
from credence.server.services.reading.consents import Wish
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.scores import Score
from credence.server.services.reading.telling import told
from credence.server.store import consents as sql


@dataclass(frozen=True)
class Answer:
    """What was told, and the id of its record."""

    inquiry_id: str
    result: dict[str, Any]


async def ask(
    context: Context, keys: Keys, log: EventLog, known_as: str, wish: Wish, *, hard: bool
) -> Answer:
    """Answer a partner's question about a person, and record it.

    Args:
        context: The context, of a partner.
        keys: The keys of the bureau, which open what the person put on file.
        log: The event log; only its vocabulary is read.
        known_as: The person, by the id that this partner knows.
        wish: What it asks.
        hard: Whether the person applied for something.

    Raises:
        InvalidRequestError: The question cannot be.
        PurposeNotAllowedError: The partner is not registered for the purpose.
        ConsentMissingError: There is no live consent, whatever the cause.
        FrozenError: There is one, and the person has frozen their scores.
    """
    await consents.check_wish(context, wish, context.actor.id)
    grant, score = await found(context, known_as, wish)
    system = await context.as_system()
    result = await _told(context, log, grant, score, wish.at_least)
    result = await on_file.beside(system, keys, (grant.person_id, wish.scorecard), result)
    return Answer(await inquiries.write(system, grant, on_file.unsaid(result), hard=hard), result)


async def found(context: Context, known_as: str, wish: Wish) -> tuple[Grant, Score | None]:
    """The grant of a live consent, and the newest score that it lets be read, found by one statement.

    Args:
        context: The context of what a partner does.
        known_as: The person, by the id that this partner knows.
        wish: What it wants to read.

    Raises:
        InvalidRequestError: There is no such purpose or level.
        PurposeNotAllowedError: The partner is not registered for the purpose.
        ConsentMissingError: There is no live consent, whatever the cause.
        FrozenError: There is one, and the person has frozen their scores.
    """
    values = consents.sought(context, known_as, wish.purpose, wish.level, wish.scorecard, wish.at_least)
    row = await (await context.as_system()).connection.fetchrow(sql.ASK, *values)
    grant = consents.granted(context, wish.purpose, wish.level, row)
    assert row is not None, "a grant was found in it"
    return grant, scores.found(grant, wish.scorecard, row)


async def look(context: Context, keys: Keys, log: EventLog, grant: Grant, scorecard: str) -> Answer:
    """Tell the person themselves, or an operator, all of the newest score, and record it.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
    """
    score = await scores.current(context, grant, scorecard)
    result = await _told(context, log, grant, score)
    result = await on_file.beside(context, keys, (grant.person_id, scorecard), result)
    return Answer(await inquiries.record(context, grant, _brief(result)), result)


async def preview(context: Context, keys: Keys, log: EventLog, grant: Grant, wish: Wish) -> dict[str, Any]:
    """Exactly what a partner would be told now under a consent that the person has not given yet.

    Raises:
        InvalidRequestError: It cannot be granted.
    """
    await consents.check_wish(context, wish)
    score = await scores.current(context, grant, wish.scorecard)
    would_be = consents.supposed(grant, wish)
    found = await told(would_be, score, partial(card_of, context, log), wish.at_least)
    return await on_file.beside(context, keys, (grant.person_id, wish.scorecard), found)


async def _told(
    context: Context, log: EventLog, grant: Grant, score: Score | None, at_least: int | None = None
) -> dict[str, Any]:
    return {"level": grant.level} | await told(grant, score, partial(card_of, context, log), at_least)


def _brief(result: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a read by the person or an operator: not the lines, which can be made again."""
    brief = on_file.unsaid(result)
    return {name: value for name, value in brief.items() if name not in ("lines", "reasons")}
