"""A task is carried out the same anywhere, however often."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from credence import EventLog
from credence.engines.buckets import SCORES, Done, Sent, Task, evaluate, receipt
from credence.engines.moment import Moment
from credence.runs.drafts import opened
from credence.runs.evaluate import tasks_of
from tests.runs.runner import AFTER, AS_OF, LATER, request
from tests.world import event, record


@pytest.fixture
def task(log: EventLog, tmp_path: Path) -> Task:
    """The one task of a run of a small log."""
    late = {"days_late": 0}
    record(
        log,
        event("bill.paid", "2026-10-20", "b1", "ana", **late),
        event("bill.paid", "2026-10-06", "b2", "ben", **late),
        event("bill.paid", "2026-10-05", "b3", "ben", **late),
        event("bill.paid", "2026-09-05", "b4", "ben", **late),
        event("bill.paid", "2026-11-06", "b5", "ben", **late),
        event("bill.paid", "2026-10-06", "b6", "zoe", **late) | {"furnisher": "power"},
    )
    asked = request(log.folder, tmp_path / "runs", LATER)
    with opened(asked, AFTER) as there:
        assert isinstance(there, tuple)
        return tasks_of(asked, *there)[0]


def done(task: Task, folder: Path, threads: int | None = None) -> Done:
    folder.mkdir()
    return evaluate(task, folder, threads)


def test_a_task_that_travelled_writes_the_same_files(task: Task, tmp_path: Path) -> None:
    assert receipt(task) is None
    first = done(task, tmp_path / "one")
    assert {file.rows for file in first.files} == {3}
    arrived: Task = pickle.loads(pickle.dumps(task))  # noqa: S301 - as Spark does
    assert done(arrived, tmp_path / "two", threads=1) == first == receipt(task)
    assert {path.name[0] for path in (task.draft / SCORES).rglob("*.parquet")} == {"0"}


def test_what_furnishers_sent_is_counted_by_month(task: Task, tmp_path: Path) -> None:
    bank, power = done(task, tmp_path / "one").sent
    recorded = bank.last_recorded_at
    assert bank == Sent("bank", 5, date(2026, 10, 20), recorded, month=2, month_before=1)
    assert power == Sent("power", 1, date(2026, 10, 6), recorded, month=1, month_before=0)
    assert task.moment == Moment(AS_OF, LATER, 1)
