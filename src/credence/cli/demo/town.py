"""The town of the demonstration, moved into an event log and scored in two months."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

from credence.cli.demo.place import Key, Place
from credence.events.calendar import add_months
from credence.events.log import EventLog
from credence.events.manifest import Settings as LogSettings
from credence.lab.big_town.beside import Inhabitant, inhabitants
from credence.lab.big_town.make import Town, make_town, move_in
from credence.runs.published import PublishedRun, published
from credence.runs.request import Request
from credence.runs.run import run
from credence.scorecards.load import load_scorecard

SCORECARD = "everyday"
# Publishing begins when a day is over, and takes some minutes.
MINUTES = timedelta(minutes=10)


def at_night(day: date) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time_of_day(), UTC)


def make(place: Place, key: Key, furnishers: Mapping[str, str], bureau: str) -> list[Inhabitant]:
    """Make the town, its log, and the scores of two months; return its people, those with a story first.

    Args:
        place: Where.
        key: Which town.
        furnishers: The furnishers' ids by the town's names.
        bureau: The name under which the bureau will correct events.
    """
    town = Town(key.people, key.seed, key.last_day, furnishers)
    made = make_town(place.town, town)
    log = EventLog.create(place.bureau / "log", LogSettings(timezone="UTC", bureau=bureau))
    move_in(log, made, at_night(key.last_day) + MINUTES)
    card = load_scorecard(SCORECARD, log.vocabulary)
    for months in (1, 0):
        known_at = at_night(add_months(key.last_day, -months))
        wanted = Request(log, place.bureau / "runs", (card,), known_at.date(), known_at.replace(tzinfo=None))
        done = run(wanted, known_at + MINUTES)
        assert done.published is not None, "the town's people change little within a month"
    log.close()
    return inhabitants(made)


def months(place: Place) -> list[PublishedRun]:
    """The two months, the earlier one first."""
    return published(place.bureau / "runs")
