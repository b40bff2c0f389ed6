"""Evaluations of one person on demand, such as after a correction: the same points as a run's."""

import asyncio
from datetime import date

import msgspec

from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.errors import NoSuchThingError
from credence.events.log import EventLog
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.reading.cards import plain, reading
from credence.server.services.reading.scores import Score
from credence.server.services.reading.statements import View, held, today
from credence.server.store import consents as consents_sql
from credence.server.store import scores as sql


async def again(
    context: Context, log: EventLog, person_id: str, scorecard: str, why: str, as_of: date | None = None
) -> Score:
    """Evaluate a person now, and keep the score beside those published; readers get the newest.

    It is the bureau's own act, which makes a score and tells nobody.

    Args:
        context: The context; it is the caller's to check that the act has a cause.
        log: The event log; it is read in a thread.
        person_id: The person.
        scorecard: The scorecard; its definition of the day.
        why: The cause, such as the id of a correction.
        as_of: The day; today if not said.

    Raises:
        NoSuchThingError: There is no such person.
    """
    system = await context.as_system()
    log_id = await system.connection.fetchval(consents_sql.PERSON, person_id)
    await context.back()
    if log_id is None:
        what = "person"
        raise NoSuchThingError(what, person_id)
    day = as_of or today(context, log)
    card = await held(context, log, scorecard, day)
    view = View(card, Moment(day, plain(context.now)))
    row, snapshot = await asyncio.to_thread(_evaluated, log, str(log_id), view)
    score = _score(View(card, Moment(day, context.now, snapshot)), row)
    await _keep(context, person_id, score, why)
    return score


def _evaluated(log: EventLog, log_id: str, view: View) -> tuple[Row, int | None]:
    with reading(log) as opened:
        newest = opened.snapshot
        moment = Moment(view.moment.as_of, view.moment.known_at, newest.number if newest else None)
        events = opened.events_of(log_id, moment.known_at)
        return evaluate(view.card, opened.vocabulary, events, moment), moment.snapshot


def _score(view: View, row: Row) -> Score:
    card, moment = view.card, view.moment
    lines = [[_plain(line.found.value), line.attribute, line.points] for line in row.lines]
    reasons, packed = (msgspec.json.encode(part).decode() for part in (row.reasons, lines))
    return Score(
        card.name, card.version, card.definition_hash, moment.as_of, moment.known_at, moment.snapshot,
        row.score, row.band, row.unscorable, reasons, packed, None,
    )  # fmt: skip


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str) or value is None else str(value)


async def _keep(context: Context, person_id: str, score: Score, why: str) -> None:
    system = await context.as_system()
    await system.connection.execute(
        sql.ADD_EVALUATION, person_id, score.scorecard, score.version, score.definition_hash, score.as_of,
        score.known_at, score.snapshot, score.score, score.band, score.unscorable, score.packed_reasons,
        score.packed_lines, why,
    )  # fmt: skip
    await context.back()
    await audit.record(
        context, "score.evaluated", person=person_id, scorecard=score.scorecard, as_of=score.as_of, why=why
    )
