"""A run of a small log, and the same in a process of its own for tests that kill it."""

import os
import signal
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from credence import EventLog, load_scorecard
from credence.runs.limits import Limits
from credence.runs.request import Request
from credence.runs.run import Told, run
from tests.engines.random_worlds import RECORDED

CARDS = ("everyday", "suining")
AS_OF = date(2026, 11, 6)
LATER = RECORDED.replace(tzinfo=None) + timedelta(days=1)
AFTER = RECORDED + timedelta(days=99)
# So few events at a time that a small log is several tasks.
EVENTS_AT_A_TIME = 24
NO_LIMITS = Limits()
BEGINS = "begins"


def request(log: Path, runs: Path, known_at: datetime | None = None) -> Request:
    """A run of two scorecards, of which one counts by other rules."""
    opened = EventLog.open(log)
    cards = tuple(load_scorecard(name, opened.vocabulary) for name in CARDS)
    return Request(opened, runs, cards, AS_OF, known_at, limits=NO_LIMITS, events_at_a_time=EVENTS_AT_A_TIME)


def dying(at: int) -> Told:
    """Told of a run, it kills the process when it is told something for the n-th time; never for 0."""
    told = 0

    def tell(_step: str, _done: int, _total: int) -> None:
        nonlocal told
        told += 1
        if told == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return tell


def make(log: Path, runs: Path, days: int, die_at: int, said: Connection) -> None:
    """Make the run so many days after the log was made; say that it begins, and then its hash."""
    said.send(BEGINS)
    outcome = run(request(log, runs), RECORDED + timedelta(days=days), dying(die_at))
    assert outcome.published is not None
    said.send(outcome.published.hash)
