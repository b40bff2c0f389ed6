"""Chosen changes: the statement before and after hypothetical events, corrections and the passing of time."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from credence.engines.counting import known_events
from credence.engines.moment import Moment
from credence.errors import PersonNotFoundError, UsageError
from credence.events.calendar import instant
from credence.events.hypothetical import FURNISHER, Rows, events_in
from credence.events.log import Event, EventLog
from credence.scorecards.model import Scorecard
from credence.scoring.change import Change, compared
from credence.scoring.change_stages import View
from credence.scoring.run import at_newest


@dataclass(frozen=True)
class Chosen:
    """What is supposed: events of a file, events taken back (furnisher/event_id), and a later date."""

    events: Path | None = None
    retract: tuple[str, ...] = ()
    at: date | None = None


def suppose(
    scorecard: Scorecard,
    log: EventLog,
    person: tuple[str, dict[str, object]],
    moment: Moment,
    chosen: Chosen,
) -> Change:
    """What a score would be, line by line, if something had happened, were corrected, or time passed.

    Nothing is written into the log; the same evaluator gives both statements.

    Args:
        scorecard: The scorecard.
        log: The log.
        person: The person's id, and their row of a table of people, for measures that take a column.
        moment: The moment of the statement that is compared with.
        chosen: What is supposed.

    Raises:
        PersonNotFoundError: Nothing was recorded about the person by the moment.
        UsageError: The later date is an earlier one, or what is to be taken back is not there.
        SourceNotFoundError, DefinitionError, IntakeError, HypotheticalError: The events cannot be read.
    """
    person_id, columns = person
    moment = at_newest(log, moment)
    known = known_events(log.events_of(person_id, moment.known_at), moment)
    if not known:
        raise PersonNotFoundError(person_id, instant(moment.known_at))
    later = chosen.at or moment.as_of
    if later < moment.as_of:
        sentence = f"--at is {later}, before the statement's own {moment.as_of}. Give a later date."
        raise UsageError(sentence)
    # Events are recorded as late as they can be known, and no later than they could have been sent.
    now = max(moment.known_at, datetime.combine(later, time()))
    sent = [events_in(chosen.events, log, person_id, now)] if chosen.events else []
    if chosen.retract:
        sent.append(events_in(_retractions(known, chosen.retract, later, person_id), log, person_id, now))
    before = View(scorecard, known, moment, columns)
    after = View(scorecard, [*known, *(e for events in sent for e in events)], Moment(later, now), columns)
    return compared(person_id, before, after, log.vocabulary)


def _retractions(known: list[Event], names: tuple[str, ...], day: date, person_id: str) -> Rows:
    """Rows that take events back, as their own furnisher would send them."""
    by_name = {f"{event['furnisher']}/{event['event_id']}": event for event in known}
    missing = [name for name in names if name not in by_name]
    if missing:
        sentence = (
            f"Nothing known of '{person_id}' is called '{missing[0]}' (furnisher/event_id). "
            f"'credence events show {person_id} --log DIR' lists what is."
        )
        raise UsageError(sentence)
    return [
        {
            "furnisher": by_name[name]["furnisher"],
            "event_id": f"{FURNISHER}-retracts-{number}",
            "person_id": person_id,
            "kind": by_name[name]["kind"],
            "occurred_at": str(day),
            "retracts": by_name[name]["event_id"],
        }
        for number, name in enumerate(dict.fromkeys(names), 1)
    ]
