"""The work that is measured, a step a process: `python -m bench.steps STEP FOLDER PEOPLE` prints figures."""

import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from bench import town
from credence.engines.duckdb import score_log
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.engines.sql.events import needed_fields
from credence.events.batches import import_file
from credence.events.log import EventLog, connect
from credence.events.manifest import KEYS, SEALED, TAIL
from credence.events.upkeep import compact
from credence.runs.request import Request
from credence.runs.run import run as make_run
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard

SCORECARD = Path(__file__).with_name("scorecard.yaml")
BY_HAND = Path(__file__).with_name("by_hand.sql")
MOMENT = Moment(town.AS_OF, datetime(2026, 11, 7))  # noqa: DTZ001 - moments are UTC without saying so
COLUMNS = (
    "person_id",
    "kind",
    "occurred_at",
    "occurred_on",
    "recorded_at",
    "event_key",
    "action",
    "target_key",
    "date",
)
PEOPLE_ASKED = 500
ROWS_MORE = 10_000
Figures = dict[str, float]


def make(folder: Path, people: int) -> Figures:
    """Make the events."""
    return {"events": town.write(people, folder / "events")}


def import_(folder: Path, _people: int) -> Figures:
    """Import every month's file into a new log."""
    log = EventLog.create(folder / "log")
    paths = sorted((folder / "events").glob("*.parquet"))
    reports = [import_file(log, path, town.NOW) for path in paths]
    return {name: sum(r.total(name) for r in reports) for name in ("accepted", "rejected", "conflicts")}


def compact_(folder: Path, _people: int) -> Figures:
    """Move all events into sealed files, sorted by person."""
    log = EventLog.open(folder / "log")
    events = compact(log, town.NOW)
    return {"events": events, "bytes": sum(_sizes(log, TAIL, SEALED))}


def scan(folder: Path, _people: int) -> Figures:
    """Touch the columns that scoring needs, and nothing else."""
    log = EventLog.open(folder / "log")
    columns = list(dict.fromkeys([*COLUMNS, *needed_fields(_scorecard(log))]))
    # Not max(name): that is answered from the files' statistics, without reading a column.
    touched = ", ".join(f"max(hash({name}))" for name in columns)
    duckdb.execute(f"SELECT {touched} FROM ({log.relation(columns)})").fetchall()
    return {"columns": len(columns)}


def score(folder: Path, _people: int) -> Figures:
    """Score everybody."""
    log = EventLog.open(folder / "log")
    return {"people": score_log(_scorecard(log), log, MOMENT, folder / "scores.parquet")}


def by_hand(folder: Path, people: int) -> Figures:
    """Answer the same with plain SQL written by hand, and count where an answer is another."""
    log = EventLog.open(folder / "log")
    with connect() as connection:
        connection.execute(f"CREATE VIEW events AS {log.relation()}")
        answers = folder / "by_hand.parquet"
        connection.execute(f"COPY ({BY_HAND.read_text(encoding='utf-8')}) TO '{answers}'")
        cpu = time.process_time()
        both = f"'{folder}/scores.parquet' AS ours FULL JOIN '{answers}' AS hand USING (person_id)"
        names = [c.name for c in _scorecard(log).characteristics]
        apart = (
            f"count(*) FILTER (ours.{n}.answer IS DISTINCT FROM hand.{n} AND NOT coalesce(abs(try_cast("
            f"ours.{n}.answer AS DOUBLE) - try_cast(hand.{n} AS DOUBLE)) < 1e-9, false))"
            for n in names
        )
        row = connection.execute(f"SELECT count(*), {', '.join(apart)} FROM {both}").fetchone() or (0,)
    assert row[0] == people, "everybody is in both"
    return {"differing": sum(row[1:]), "compared_cpu": time.process_time() - cpu}


def run_(folder: Path, _people: int) -> Figures:
    """Make a whole run: frozen, evaluated, checked, with its report, published."""
    log = EventLog.open(folder / "log")
    card = _scorecard(log)
    request = Request(log, folder / "runs", (card,), town.AS_OF, MOMENT.known_at)
    told: dict[str, float] = {}

    def tell(step: str, _done: int, _total: int) -> None:
        told.setdefault(step, time.process_time())

    ended = make_run(request, town.NOW + timedelta(days=2), tell).published
    assert ended is not None, "no limit holds a first run back"
    starts = [*told.values(), time.process_time()]
    return {f"{step}_cpu": starts[n + 1] - starts[n] for n, step in enumerate(told)}


def statements(folder: Path, _people: int) -> Figures:
    """Evaluate some people on demand, each from the log's files, and compare with the score of all."""
    log = EventLog.open(folder / "log")
    scorecard, walls, cpus, differing = _scorecard(log), [], [], 0
    for person_id, expected in _asked(folder):
        wall, cpu = time.perf_counter(), time.process_time()
        row = evaluate(scorecard, log.vocabulary, log.events_of(person_id), MOMENT)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        differing += row.score != expected
    return (
        {"asked": len(walls), "differing": differing}
        | _percentiles("wall", walls)
        | _percentiles("cpu", cpus)
    )


def more(folder: Path, _people: int) -> Figures:
    """Import one more small batch into the full log."""
    log = EventLog.open(folder / "log")
    keys = {"keys": sum(file.rows for file in log.manifest.files(KEYS)), "key_bytes": sum(_sizes(log, KEYS))}
    source, batch = folder / "events" / f"{town.MONTHS - 1:02d}.parquet", folder / "more.parquet"
    renamed = f"SELECT * REPLACE ('more-' || event_id AS event_id) FROM '{source}' LIMIT {ROWS_MORE}"
    duckdb.execute(f"COPY ({renamed}) TO '{batch}'")
    started = time.process_time()
    accepted = import_file(log, batch, town.NOW).total("accepted")
    return {"accepted": accepted, "cpu": time.process_time() - started, **keys}


def _asked(folder: Path) -> list[tuple[str, int | None]]:
    scores = f"FROM '{folder / 'scores.parquet'}' ORDER BY hash(person_id) LIMIT {PEOPLE_ASKED}"
    return duckdb.execute(f"SELECT person_id, score {scores}").fetchall()


def _percentiles(name: str, seconds: list[float]) -> Figures:
    ordered = sorted(seconds)
    return {f"{name}_p{p}": 1000 * ordered[len(ordered) * p // 100] for p in (50, 99)}


def _scorecard(log: EventLog) -> Scorecard:
    return load_scorecard(SCORECARD, log.vocabulary)


def _sizes(log: EventLog, *roles: str) -> list[int]:
    return [(log.folder / file.path).stat().st_size for file in log.manifest.files(*roles)]


STEPS = {
    "make": make,
    "import": import_,
    "compact": compact_,
    "scan": scan,
    "score": score,
    "by_hand": by_hand,
    "run": run_,
    "statements": statements,
    "more": more,
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
