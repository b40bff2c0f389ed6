"""What a dispute would do to the scores, before it is decided: exact, by the evaluator that scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.scoring.what_if.chosen import Chosen, suppose
from credence.server.services.contesting import finding
from credence.server.services.contesting.contested import Line, Named, contested, newest, reading
from credence.server.services.contesting.corrections import LOG_ID
from credence.server.services.contesting.finding import Found
from credence.server.services.context import Context
from credence.server.services.reading.cards import concerning
from credence.server.services.reading.statements import held, today
from credence.server.state import State


@dataclass(frozen=True)
class Preview:
    """Today's score of one scorecard: now, if what is contested goes, and if it stays. None is no score."""

    scorecard: str
    as_of: date
    now: int | None
    if_deleted: int | None
    if_it_stays: int | None


async def preview(context: Context, state: State, dispute_id: str) -> list[Preview]:
    """What a dispute of the person who asks would do to today's score of each scorecard that is run.

    Nothing for one about a look at scores, which is behind no line.

    Raises:
        NoSuchThingError: They have no such dispute.
    """
    dispute = await finding.one(context, dispute_id)
    items = await finding.items(context, dispute_id)
    if any(item["inquiry_id"] is not None for item in items):
        return []
    waiting = [item for item in items if item["answer"] is None]
    return await _previews(context, state, dispute["person_id"], waiting)


async def beforehand(context: Context, state: State, what: Line | Named) -> list[Preview]:
    """What it would do to today's scores if the person who asks contested something, and won.

    Raises:
        NoSuchThingError, InvalidRequestError: As for opening the dispute.
    """
    log_id = str(await context.connection.fetchval(LOG_ID, context.actor.id))
    events = await contested(context, state, log_id, what)
    items = [{"item_id": "", "furnisher": one.furnisher, "event_id": one.event_id} for one in events]
    return await _previews(context, state, context.actor.id, items)


async def _previews(context: Context, state: State, person: str, items: Sequence[Found]) -> list[Preview]:
    log_id = str(await context.connection.fetchval(LOG_ID, person))
    day = today(context, state.log)
    cards = [await held(context, state.log, name, day) for name in await concerning(context, person)]

    def work(log: EventLog) -> list[Preview]:
        moment = newest(log, day, context.now)
        return [_previewed(log, card, (log_id, items), moment) for card in cards]

    return await reading(state, work)


def _previewed(log: EventLog, card: Scorecard, what: tuple[str, Sequence[Found]], moment: Moment) -> Preview:
    log_id, items = what
    events = log.events_of(log_id, moment.known_at)
    # Released rather than suspended: the bureau's marks on these events are left out.
    marks = {f"{item['item_id']}-suspends" for item in items}
    counting = [event for event in events if event["event_id"] not in marks]
    names = tuple(f"{item['furnisher']}/{item['event_id']}" for item in items)
    deleted = suppose(card, log, (log_id, {}), moment, Chosen(retract=names)).after
    stays = evaluate(card, log.vocabulary, counting, moment)
    now = evaluate(card, log.vocabulary, events, moment)
    return Preview(card.name, moment.as_of, now.score, deleted.score, stays.score)
