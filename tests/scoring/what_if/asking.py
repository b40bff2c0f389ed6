"""Small scorecards and people to ask for plans."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from credence import Moment, load_scorecard
from credence.events.keys import event_key
from credence.events.log import Event
from credence.events.vocabulary import Vocabulary, shipped
from credence.scorecards.model import Scorecard
from credence.scoring.what_if.moves import load_moves
from credence.scoring.what_if.parts import FOREVER
from credence.scoring.what_if.plans import Goal, Person, Plan, Plans, plans_for
from tests.world import AS_OF, event

Entry = dict[str, object]
ON_TIME: Entry = {
    "measure": {"count": {"kind": "bill.paid", "where": {"days_late": {"at_most": 0}}}},
    "months": 12,
    "attributes": [{"below": 3, "points": 0}, {"below": 6, "points": 20}, {"points": 30}],
}
VERIFIED: Entry = {
    "measure": {"count": {"kind": ["identity.verified", "address.verified"]}},
    "attributes": [{"below": 1, "points": 0}, {"points": 10}],
}
UNPAID: Entry = {
    "measure": {"count": {"kind": "bill.unpaid"}},
    "months": 6,
    "attributes": [{"below": 1, "points": 15}, {"points": 0}],
}
PAID, LATE = (event("bill.paid", "2026-10-02", "p", days_late=days) for days in (0, 9))
OWED = event("bill.unpaid", "2026-08-20", "u", due_date="2026-08-01")
KNOWN = (PAID, OWED)


def card(folder: Path, characteristics: dict[str, Entry], **more: object) -> Scorecard:
    """A lab scorecard with base points of 100 and three bands."""
    definition: Entry = {
        "name": "trial",
        "version": 1,
        "title": "Trial",
        "setting": "lab",
        "points_base": 100,
    }
    definition["bands"] = [{"below": 110, "name": "low"}, {"below": 140, "name": "fair"}, {"name": "high"}]
    file = folder / "card.yaml"
    file.write_text(json.dumps(definition | {"characteristics": characteristics} | more), encoding="utf-8")
    return load_scorecard(file)


def ask(
    scorecard: Scorecard,
    rows: Sequence[Entry],
    goal: Goal,
    as_of: date = AS_OF,
    words: Vocabulary | None = None,
    moves: Path | None = None,
) -> Plans:
    """Ana's plans, from what was recorded about her."""
    words = words or shipped()
    ana = Person("ana", [as_event(row, words) for row in rows], Moment(as_of, FOREVER), {})
    return plans_for(scorecard, (words, "UTC"), ana, goal, load_moves(words, moves))


def steps(found: Plan) -> dict[str, int]:
    """What a plan asks for, and how often."""
    return {step.name: step.times for step in found.steps}


def as_event(row: Entry, words: Vocabulary) -> Event:
    """A row of a plan as a log in UTC would give it."""
    day = date.fromisoformat(str(row["occurred_at"]))
    first = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - instants known to the log are UTC
    key = event_key(str(row["furnisher"]), str(row["event_id"]))
    own: Event = {"occurred_at": first, "occurred_on": day, "date_only": True, "recorded_at": first}
    said = {
        name: date.fromisoformat(str(value))
        if name in words.fields and words.fields[name].type == "date"
        else value
        for name, value in row.items()
    }
    return said | own | {"event_key": key}
