"""Rows that correct or mark on their way into the log, and what they move: scores with and without them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.errors import InvalidRequestError
from credence.events.keys import event_key
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.server.services.contesting.contested import reading
from credence.server.services.contesting.rows import Row as LogRow
from credence.server.services.context import Context
from credence.server.services.furnishing import log_writer
from credence.server.services.people import erasing
from credence.server.services.reading import evaluations
from credence.server.services.reading.cards import concerning
from credence.server.services.reading.statements import held, today
from credence.server.state import State

# A scorecard and a day of which a score was told, or could be.
Told = tuple[str, date]


@dataclass(frozen=True)
class Moved:
    """A score of one scorecard and day: what it was, and what it is. None is no score.

    Both may be the same, where other events stand behind the lines than before.
    """

    scorecard: str
    as_of: date
    old: int | None
    new: int | None


async def send(context: Context, state: State, rows: Sequence[LogRow], pointer: str = "/") -> None:
    """Have the log take rows; what it has taken before it takes again without harm.

    Raises:
        InvalidRequestError: It refuses one, like a replacement that lacks a field.
        ErasedError: The person was erased meanwhile.
    """
    if not rows:
        return
    await erasing.check_there(context, {str(row["person_id"]) for row in rows})
    report = await log_writer.append(state, list(rows), context.now)
    told = []
    for number, row in enumerate(rows, 1):
        outcome = report.outcome(number)
        # The bureau names its marks after what they are about: one that is there says the same, earlier.
        own_mark = row["furnisher"] == context.settings.bureau and str(row["kind"]).startswith("mark.")
        if outcome.verdict == "rejected" or (outcome.verdict == "conflict" and not own_mark):
            told += [f"{field}: {sentence}" for field, sentence in outcome.faults]
    if told:
        why = f"The event cannot be taken: {'; '.join(told)}."
        raise InvalidRequestError(why, {pointer: why})


async def compared(
    context: Context, state: State, rows: tuple[str, Collection[int]], told: Collection[Told]
) -> tuple[list[Moved], datetime]:
    """The scores whose lines rows of a person change together, and the instant at which the log had them.

    Args:
        context: The context.
        state: The state.
        rows: The person in the log, and the keys of the rows, which the log has.
        told: The scores that are looked at.
    """
    cards = {one: await held(context, state.log, *one) for one in sorted(told)}
    return await reading(state, lambda log: _compared(log, rows, cards))


def _compared(
    log: EventLog, rows: tuple[str, Collection[int]], cards: Mapping[Told, Scorecard]
) -> tuple[list[Moved], datetime]:
    log_id, keys = rows
    events = log.events_of(log_id)
    without = [event for event in events if event["event_key"] not in keys]
    last = log.snapshot
    assert last is not None, "the log has the rows"
    found = []
    for (name, as_of), card in cards.items():
        moment = Moment(as_of, last.made_at, last.number)
        old, new = (evaluate(card, log.vocabulary, some, moment) for some in (without, events))
        if _told(old) != _told(new):
            found.append(Moved(name, as_of, old.score, new.score))
    return found, last.made_at.replace(tzinfo=UTC)


def _told(row: Row) -> tuple[object, ...]:
    """What a statement tells: the score, and each line with the events behind it."""
    lines = [
        (line.found.value, line.attribute, line.points, [event["event_key"] for event in line.evidence])
        for line in row.lines
    ]
    return row.score, row.unscorable, lines


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


async def by_marks(
    context: Context, state: State, whose: tuple[str, str], sent: Sequence[LogRow], why: str
) -> None:
    """Have the log take marks of a person's events; what stops or begins to count does so for readers now.

    Nobody is told: whoever may read no statements learns nothing of a dispute.

    Args:
        context: The context.
        state: The state.
        whose: The person, and the person in the log.
        sent: The marks.
        why: What they come of, such as the id of a dispute.
    """
    person_id, log_id = whose
    if not sent:
        return
    await send(context, state, sent)
    system = await context.as_system()
    day = today(system, state.log)
    told = [(name, day) for name in await concerning(system, person_id)]
    keys = {event_key(str(row["furnisher"]), str(row["event_id"])) for row in sent}
    changed = await compared(system, state, (log_id, keys), told)
    await keep(system, state, (person_id, why), changed)
    await context.back()
