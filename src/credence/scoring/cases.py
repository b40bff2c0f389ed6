"""Worked cases beside a scorecard: events in; score, points and reasons out, run on every engine."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from credence.engines import duckdb as engine
from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.engines.results import read_row
from credence.events import batches
from credence.events.calendar import add_months
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.yaml_file import Node, Scalar, read, settle

EXPECTED = ("score", "band", "unscorable", "reasons", "points")

# Cases are about what happened, not about when it was recorded.
FOREVER = datetime(9999, 1, 1)  # noqa: DTZ001 - instants known to the log are UTC without a zone


@dataclass(frozen=True)
class Case:
    """A sentence that says what is shown, events, and what must come out of them."""

    sentence: str
    as_of: date
    events: list[dict[str, object]]
    expected: dict[str, object]


def load_cases(path: Path) -> list[Case]:
    """Read a file of cases.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file has faults.
    """
    node = read(path)
    entries = node.keyed(["as_of", "cases"])
    as_of = _day(entries["as_of"]) if "as_of" in entries else date.min
    cases = [_case(child, as_of) for child in (entries["cases"].items() if "cases" in entries else ())]
    settle(node, str(path))
    return cases


def _case(node: Node, as_of: date) -> Case:
    entries = node.keyed(["sentence", "events"], EXPECTED)
    sentence = entries["sentence"].text() if "sentence" in entries else ""
    given = entries["events"].items() if "events" in entries else []
    events = [event for child in given for event in _events(child)]
    expected = {name: _plain(entries[name]) for name in EXPECTED if name in entries}
    return Case(sentence, as_of, events, expected)


def _events(node: Node) -> list[dict[str, object]]:
    """One event, or with `times` the same event once a month so many times, going back."""
    entries = {name: _plain(child) for name, child in node.entries().items()}
    times = entries.pop("times", 1)
    first = _day(node.entries()["occurred_at"]) if "occurred_at" in entries else date.min
    assert isinstance(times, int), "times is a whole number"
    return [entries | {"occurred_at": add_months(first, -number).isoformat()} for number in range(times)]


def _day(node: Node) -> date:
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        node.fault("must be a date, written like 2026-11-06.")
        return date.min


def _plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {name: _plain(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    value: Scalar = node.value
    return value


def run_cases(scorecard: Scorecard, cases: list[Case]) -> list[str]:
    """Run cases on both evaluators; return a sentence for each thing that comes out otherwise."""
    differences = []
    with TemporaryDirectory() as folder:
        log = EventLog.create(Path(folder) / "log")
        now = datetime.combine(max(case.as_of for case in cases), datetime.min.time(), UTC)
        rows = [row for number, case in enumerate(cases) for row in _rows(number, case)]
        report = batches.import_rows(log, rows, now)
        differences += [f"an event is refused: {sentence}" for _, sentence, _, _ in report.sentences]
        for number, case in enumerate(cases):
            differences += _differences(scorecard, log, number, case, Path(folder))
    return differences


def _rows(number: int, case: Case) -> list[dict[str, object]]:
    who = {"furnisher": "example", "person_id": f"case {number}"}
    return [who | {"event_id": f"{number}-{place}"} | event for place, event in enumerate(case.events)]


def _differences(scorecard: Scorecard, log: EventLog, number: int, case: Case, folder: Path) -> list[str]:
    moment = Moment(case.as_of, FOREVER)
    person_id, out = f"case {number}", folder / "scores.parquet"
    by_person = evaluate(scorecard, log.vocabulary, log.events_of(person_id), moment)
    engine.score_log(scorecard, log, moment, out)
    by_sql = read_row(out, scorecard, person_id)
    found = _facts(by_person)
    differences = [
        f"'{case.sentence}': {name} is {found[name]}, not {wanted}."
        for name, wanted in case.expected.items()
        if _wanted(found, name, wanted) != wanted
    ]
    if by_sql is not None and by_sql != found:
        differences.append(f"'{case.sentence}': the SQL says {by_sql}, the person evaluator {found}.")
    return differences


def _wanted(found: dict[str, object], name: str, wanted: object) -> object:
    """What was found, of points only those that the case names."""
    points = found["points"]
    if name == "points" and isinstance(points, dict) and isinstance(wanted, dict):
        return {key: points.get(key) for key in wanted}
    return found[name]


def _facts(row: Row) -> dict[str, object]:
    points = {line.characteristic: line.points for line in row.lines}
    return {
        "score": row.score,
        "band": row.band,
        "unscorable": row.unscorable,
        "reasons": list(row.reasons),
        "points": points,
    }
