"""Worked cases beside a scorecard: events in; score, points and reasons out, run on every engine."""

import csv
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from credence.engines import duckdb as engine
from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.engines.results import read_row
from credence.engines.sql.compile import columns_needed
from credence.engines.tables import Tables
from credence.events import batches
from credence.events.calendar import add_months
from credence.events.log import EventLog
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard
from credence.yaml_file import Node, Scalar, read, settle

EXPECTED = ("score", "band", "unscorable", "reasons", "points")
# The same event so many months in a row, at most.
TIMES_MOST = 1200
Facts = dict[str, object]

# Cases are about what happened, not about when it was recorded.
FOREVER = datetime(9999, 1, 1)  # noqa: DTZ001 - instants known to the log are UTC without a zone


@dataclass(frozen=True)
class Case:
    """A sentence that says what is shown, events, and what must come out of them.

    `columns` is the person's row of a table of people, for scorecards that look at one.
    """

    sentence: str
    as_of: date
    events: list[Facts]
    expected: Facts
    columns: Facts = field(default_factory=dict)


def load_cases(path: Path) -> list[Case]:
    """Read a file of cases.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file has faults.
    """
    node = read(path)
    entries = node.keyed(["as_of", "cases"])
    as_of = entries["as_of"].day() if "as_of" in entries else date.min
    cases = [_case(child, as_of) for child in (entries["cases"].items() if "cases" in entries else ())]
    settle(node, str(path))
    return cases


def _case(node: Node, as_of: date) -> Case:
    entries = node.keyed(["sentence", "events"], ("as_of", "columns", *EXPECTED))
    sentence = entries["sentence"].text() if "sentence" in entries else ""
    given = entries["events"].items() if "events" in entries else []
    events = [event for child in given for event in _events(child)]
    expected = {name: _plain(entries[name]) for name in EXPECTED if name in entries}
    if not expected:
        node.fault(f"Nothing is expected of this case. Name at least one of: {', '.join(EXPECTED)}.")
    columns = entries["columns"].entries() if "columns" in entries else {}
    day = entries["as_of"].day() if "as_of" in entries else as_of
    return Case(sentence, day, events, expected, {name: _plain(child) for name, child in columns.items()})


def _events(node: Node) -> list[Facts]:
    """One event, or with `times` the same event once a month so many times, going back."""
    given = node.entries()
    if "occurred_at" not in given:
        node.fault("'occurred_at' is missing.")
        return []
    times = given["times"].integer(1, TIMES_MOST) if "times" in given else 1
    first = given["occurred_at"].day()
    facts = {name: _plain(child) for name, child in given.items() if name != "times"}
    return [facts | {"occurred_at": add_months(first, -number).isoformat()} for number in range(times)]


def _plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {name: _plain(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    value: Scalar = node.value
    return value


def run_cases(scorecard: Scorecard, cases: list[Case], words: Vocabulary | None = None) -> list[str]:
    """Run cases on both evaluators; return a sentence for each thing that comes out otherwise.

    Args:
        scorecard: The scorecard.
        cases: The cases.
        words: The kinds that the events may be of; the shipped ones by default.
    """
    if not cases:
        return []
    now = datetime.combine(max(case.as_of for case in cases), datetime.min.time(), UTC)
    with TemporaryDirectory() as folder:
        log = EventLog.create(Path(folder) / "log")
        log.vocabulary = words or log.vocabulary
        rows = [row for number, case in enumerate(cases) for row in _rows(number, case)]
        report = batches.import_rows(log, rows, now)
        differences = [f"an event is refused: {sentence}." for _, sentence, _, _ in report.sentences]
        scores = _score(scorecard, log, cases, Path(folder))
        for number, case in enumerate(cases):
            by_sql = read_row(scores, scorecard, _person(number)) or {}
            differences += compared(case, _by_person(scorecard, log, number, case), by_sql)
    return differences


def _score(scorecard: Scorecard, log: EventLog, cases: list[Case], folder: Path) -> Path:
    """All cases by the SQL at once: each a person with a moment, and with columns where they are needed."""
    at, people, scores = folder / "at.csv", folder / "people.csv", folder / "scores.parquet"
    names = columns_needed(scorecard)
    _write_table(at, ["as_of"], [[case.as_of] for case in cases])
    _write_table(people, names, [[case.columns.get(name) for name in names] for case in cases])
    tables = Tables(at, people if names else None)
    engine.score_log(scorecard, log, Moment(cases[0].as_of, FOREVER), scores, tables)
    return scores


def _write_table(path: Path, names: list[str], rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person_id", *names])
        writer.writerows([_person(number), *row] for number, row in enumerate(rows))


def compared(case: Case, by_person: Facts, by_sql: Facts) -> list[str]:
    """A sentence for each thing that is not as expected, and for each in which the evaluators differ."""
    told = [
        f"'{case.sentence}': {name} {_are(name)} {found}, not {wanted}."
        for name, wanted in case.expected.items()
        if (found := _of_what_is_named(by_person[name], wanted)) != wanted
    ]
    return told + [
        f"'{case.sentence}': {name} {_are(name)} {by_sql.get(name)} by the SQL, "
        f"and {found} by the person evaluator."
        for name, found in by_person.items()
        if by_sql.get(name) != found
    ]


def _are(name: str) -> str:
    return "are" if name in ("points", "reasons") else "is"


def _of_what_is_named(found: object, wanted: object) -> object:
    """What was found; of points only those that the case names."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        return {key: found.get(key) for key in wanted}
    return found


def _person(number: int) -> str:
    return f"case {number}"


def _rows(number: int, case: Case) -> list[dict[str, object]]:
    who = {"furnisher": "example", "person_id": _person(number)}
    return [who | {"event_id": f"{number}-{place}"} | event for place, event in enumerate(case.events)]


def _by_person(scorecard: Scorecard, log: EventLog, number: int, case: Case) -> Facts:
    moment = Moment(case.as_of, FOREVER)
    events = log.events_of(_person(number))
    return _facts(evaluate(scorecard, log.vocabulary, events, moment, case.columns))


def _facts(row: Row) -> Facts:
    points = {line.characteristic: line.points for line in row.lines}
    return {
        "score": row.score,
        "band": row.band,
        "unscorable": row.unscorable,
        "reasons": list(row.reasons),
        "points": points,
    }
