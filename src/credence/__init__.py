"""Credence: scores that explain themselves. Events in; a score out that is a sum of points."""

from credence.engines.moment import Moment
from credence.errors import CredenceError
from credence.events.batches import import_file, import_rows
from credence.events.log import EventLog
from credence.scorecards.load import load_scorecard
from credence.scoring.explain import explain
from credence.scoring.run import score_people, score_person
from credence.scoring.statement import Statement

__all__ = [
    "CredenceError",
    "EventLog",
    "Moment",
    "Statement",
    "explain",
    "import_file",
    "import_rows",
    "load_scorecard",
    "score_people",
    "score_person",
]
