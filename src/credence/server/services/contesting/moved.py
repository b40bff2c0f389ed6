"""What a correction moves: each score with the row that corrects, and without it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.server.services.contesting.contested import reading
from credence.server.services.context import Context
from credence.server.services.reading import evaluations
from credence.server.services.reading.statements import held
from credence.server.state import State

# A scorecard and a day of which a score was told, or could be.
Told = tuple[str, date]


@dataclass(frozen=True)
class Moved:
    """A score of one scorecard and day: what it was, and what it is. None is no score."""

    scorecard: str
    as_of: date
    old: int | None
    new: int | None


async def compared(
    context: Context, state: State, row: tuple[str, int], told: set[Told]
) -> tuple[list[Moved], datetime]:
    """The scores that a row of a person changes, and the instant at which the log had it.

    Args:
        context: The context.
        state: The state.
        row: The person in the log, and the key of the row, which the log has.
        told: The scores that are looked at.
    """
    cards = {one: await held(context, state.log, *one) for one in sorted(told)}
    return await reading(state, lambda log: _compared(log, row, cards))


def _compared(
    log: EventLog, row: tuple[str, int], cards: Mapping[Told, Scorecard]
) -> tuple[list[Moved], datetime]:
    log_id, key = row
    events = log.events_of(log_id)
    without = [event for event in events if event["event_key"] != key]
    last = log.snapshot
    assert last is not None, "the log has the row"
    found = []
    for (name, as_of), card in cards.items():
        moment = Moment(as_of, last.made_at, last.number)
        old, new = (evaluate(card, log.vocabulary, some, moment).score for some in (without, events))
        if old != new:
            found.append(Moved(name, as_of, old, new))
    return found, last.made_at.replace(tzinfo=UTC)


async def keep(
    context: Context, state: State, whose: tuple[str, str], changed: tuple[list[Moved], datetime]
) -> None:
    """Evaluate the person again for every score that moved, so that readers get the new one at once.

    Args:
        context: The context.
        state: The state.
        whose: The person, and the correction.
        changed: What moved, and when the log had the row: its clock may be ahead of the request's.
    """
    person_id, correction = whose
    moved, had_at = changed
    later = replace(context, now=max(context.now, had_at))
    for one in moved:
        await evaluations.again(later, state.log, person_id, one.scorecard, correction, one.as_of)
