"""Asking for a score: consent, the read, what the level tells, and the record, in one transaction."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from credence.events.log import EventLog
from credence.server.services.context import Context
from credence.server.services.reading import consents, inquiries, scores
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


async def ask(context: Context, log: EventLog, known_as: str, wish: Wish, *, hard: bool) -> Answer:
    """Answer a partner's question about a person, and record it.

    Args:
        context: The context, of a partner.
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
    consents.check_wish(wish, context.settings.scorecards)
    values = consents.sought(context, known_as, wish.purpose, wish.level, wish.scorecard, wish.at_least)
    # By far the most frequent request: one statement finds, one records, and the system acts to the end.
    system = await context.as_system()
    row = await system.connection.fetchrow(sql.ASK, *values)
    grant = consents.granted(context, wish.purpose, wish.level, row)
    assert row is not None, "a grant was found in it"
    score = scores.found(grant, wish.scorecard, row)
    result = _told(context, log, grant, score, wish.at_least)
    return Answer(await inquiries.write(system, grant, result, hard=hard), result)


async def look(context: Context, log: EventLog, grant: Grant, scorecard: str) -> Answer:
    """Tell the person themselves, or an operator, all of the newest score, and record it.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
    """
    score = await scores.current(context, grant, scorecard)
    result = _told(context, log, grant, score)
    return Answer(await inquiries.record(context, grant, _brief(result)), result)


async def preview(context: Context, log: EventLog, grant: Grant, wish: Wish) -> dict[str, Any]:
    """Exactly what a partner would be told now under a consent that the person has not given yet.

    Raises:
        InvalidRequestError: It cannot be granted.
    """
    consents.check_wish(wish, context.settings.scorecards)
    score = await scores.current(context, grant, wish.scorecard)
    would_be = consents.supposed(grant, wish)
    return told(would_be, score, partial(card_of, context, log), wish.at_least)


def _told(
    context: Context, log: EventLog, grant: Grant, score: Score | None, at_least: int | None = None
) -> dict[str, Any]:
    return {"level": grant.level} | told(grant, score, partial(card_of, context, log), at_least)


def _brief(result: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a read by the person or an operator: not the lines, which can be made again."""
    return {name: value for name, value in result.items() if name not in ("lines", "reasons")}
