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
from credence.server.services.contesting.contested import newest, reading
from credence.server.services.contesting.corrections import LOG_ID
from credence.server.services.contesting.finding import Found
from credence.server.services.context import Context
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

    Raises:
        NoSuchThingError: They have no such dispute.
    """
    dispute = await finding.one(context, dispute_id)
    waiting = [item for item in await finding.items(context, dispute_id) if item["answer"] is None]
    log_id = str(await context.connection.fetchval(LOG_ID, dispute["person_id"]))
    day = today(context, state.log)
    cards = [await held(context, state.log, name, day) for name in state.settings.scorecards]

    def work(log: EventLog) -> list[Preview]:
        moment = newest(log, day, context.now)
        return [_previewed(log, card, (log_id, waiting), moment) for card in cards]

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
