"""Statements: a score as lines that add up, with their evidence; any old one is made again as it was."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from credence.engines.moment import Moment
from credence.events.calendar import instant
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.scoring.explain import state
from credence.scoring.run import at_newest
from credence.scoring.statement import Statement
from credence.server.keys import Keys
from credence.server.services.context import Context
from credence.server.services.reading import on_file, scores
from credence.server.services.reading.cards import as_published, card_of, in_force, plain, reading
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.kept import SHELF
from credence.server.services.reading.named import with_names
from credence.server.services.reading.scores import Score
from credence.server.store import scores as sql


@dataclass(frozen=True)
class View:
    """A scorecard and the moment that a person is looked at with it, and the score given then, if any."""

    card: Scorecard
    moment: Moment
    score: Score | None = None


async def of(
    context: Context,
    log: EventLog,
    grant: Grant,
    scorecard: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Statement:
    """The statement of whom a grant is for; of somebody of whom nothing is known, too: what is missing.

    It names the person by the bureau's id, which no partner is told.

    Args:
        context: The context.
        log: The event log; it is read in a thread.
        grant: The grant. What of the statement may be told is its level's.
        scorecard: The scorecard.
        as_of: The day; that of the newest score if not said, else today.
        known_at: As known at this instant; as the score of the day was, if not said, else now.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
    """
    return await seen(context, log, grant, await view_of(context, log, grant, scorecard, as_of, known_at))


async def seen(context: Context, log: EventLog, grant: Grant, view: View) -> Statement:
    """The statement of whom a grant is for, by a scorecard and at a moment that were found."""
    whose = grant.person_id, view.card.definition_hash
    return await SHELF.or_made(whose, (view.moment,), context.now, partial(_stated, log, grant, view))


def _stated(log: EventLog, grant: Grant, view: View) -> Statement:
    with reading(log) as opened:
        moment = at_newest(opened, view.moment)
        events = opened.events_of(grant.log_id, moment.known_at)
        return state(view.card, opened.vocabulary, (grant.person_id, events), moment)


async def view_of(
    context: Context,
    log: EventLog,
    grant: Grant,
    scorecard: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> View:
    """The definition and the moment that a statement is made of: those of the score, where there is one."""
    if as_of is None:
        score = await scores.current(context, grant, scorecard) if known_at is None else None
        as_of = today(context, log)
    else:
        score = await scores.at(context, grant, scorecard, as_of, known_at)
    if score is not None:
        return await view_at(context, log, score)
    scores.check_scorecard(grant, scorecard)
    card = await held(context, log, scorecard, as_of)
    return View(card, Moment(as_of, plain(known_at or context.now)))


async def view_at(context: Context, log: EventLog, score: Score) -> View:
    """The definition that gave a score, and the moment at which it did."""
    card = await card_of(context, log, score)
    return View(card, Moment(score.as_of, plain(score.known_at), score.snapshot), score)


async def held(context: Context, log: EventLog, scorecard: str, day: date) -> Scorecard:
    """The definition that was published last by a day; the one in force where none was."""
    system = await context.as_system()
    folder = await system.connection.fetchval(sql.HELD, scorecard, day)
    await context.back()
    if folder is None:
        return await in_force(context, log, scorecard)
    return as_published(context.settings.runs / folder, scorecard)


def today(context: Context, log: EventLog) -> date:
    """The day that it is in the log's time zone."""
    return context.now.astimezone(ZoneInfo(log.manifest.settings.timezone)).date()


async def told(context: Context, keys: Keys, statement: Statement) -> dict[str, Any]:
    """A statement for the person it is about: furnishers by their names too, and what is on file beside it.

    Raises:
        ErasedError: The person was erased.
    """
    said = await with_names(context, facts(statement))
    return await on_file.beside(context, keys, (statement.person_id, statement.scorecard), said)


def facts(statement: Statement) -> dict[str, Any]:
    """A statement as programs may rely on it (docs/reference/statement.md)."""
    plainly: dict[str, Any] = msgspec.to_builtins(statement)
    return plainly | {"known_at": instant(statement.known_at)}
