"""One person scored by both evaluators, which must agree; for worked cases in tests."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from credence import EventLog, Moment, load_scorecard, score_people
from credence.engines.found import Line, Row
from credence.engines.person import evaluate
from credence.engines.results import read_row
from credence.scorecards.model import Scorecard
from tests.world import LATER


def card(folder: Path, measure: Mapping[str, object], **more: object) -> Scorecard:
    """A lab scorecard with one characteristic, `asked`: a point for any answer, none for a missing one."""
    asked: dict[str, object] = {"measure": measure, "attributes": [{"points": 1}], "missing": {"points": 0}}
    asked |= {key: more.pop(key) for key in ("months", "attributes", "missing") if key in more}
    definition: dict[str, object] = {
        "name": "trial",
        "version": 1,
        "title": "Trial",
        "setting": "lab",
        "points_base": 0,
    }
    file = folder / "trial.yaml"
    file.write_text(json.dumps(definition | {"characteristics": {"asked": asked}} | more), encoding="utf-8")
    return load_scorecard(file)


def scored(
    scorecard: Scorecard,
    log: EventLog,
    as_of: date,
    known_at: datetime = LATER,
    person_id: str = "ana",
) -> Row:
    """The person's row, the same from both evaluators."""
    moment = Moment(as_of, known_at)
    row = evaluate(scorecard, log.vocabulary, log.events_of(person_id), moment)
    out = log.folder / "scores.parquet"
    score_people(scorecard, log, moment, out)
    by_sql = read_row(out, scorecard, person_id)
    assert by_sql is not None
    points = {line.characteristic: line.points for line in row.lines}
    by_person = {"score": row.score, "band": row.band, "unscorable": row.unscorable}
    assert by_sql == by_person | {"reasons": list(row.reasons), "points": points}
    return row


def answer(scorecard: Scorecard, log: EventLog, as_of: date, known_at: datetime = LATER) -> object:
    """Ana's answer to the only characteristic."""
    return line(scorecard, log, as_of, known_at).found.value


def line(scorecard: Scorecard, log: EventLog, as_of: date, known_at: datetime = LATER) -> Line:
    """Ana's line of the only characteristic."""
    return scored(scorecard, log, as_of, known_at).lines[0]
