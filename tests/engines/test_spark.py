"""Tasks handed out by Spark on this machine: the same files, and errors that arrive as they are."""

import os
import pickle
import platform
import shutil
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from random import Random

import pytest

from credence import EventLog, Moment, load_scorecard
from credence.engines.buckets import Done, Task, evaluate, receipt
from credence.engines.spark import Outcome, anywhere, evaluate_on, outcome_of
from credence.errors import LogDamagedError, SparkError
from tests.engines.random_worlds import DATES, random_log, random_rows
from tests.engines.spark_cluster import has_spark, write_settings
from tests.engines.tasks import scores_in, tasks_of
from tests.world import LATER

OURS = version("credence")
# What Spark's own Python code has to warn of is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    return random_log(Random(6), tmp_path / "log", random_rows(Random(5), DATES[0]))


@pytest.fixture
def tasks(log: EventLog, tmp_path: Path) -> list[Task]:
    return tasks_of(log, [load_scorecard("everyday")], Moment(DATES[0], LATER), tmp_path / "draft")


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    has_spark()
    write_settings(tmp_path / "conf")
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path / "conf"))


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Spark's folders for work in progress, as a task finds them."""
    places = [tmp_path / "first", tmp_path / "second"]
    for place in places:
        place.mkdir()
    monkeypatch.setenv("SPARK_LOCAL_DIRS", ",".join(map(str, places)))
    return places[0]


def test_spark_writes_the_files_of_one_machine_and_says_nothing(
    quick: None, log: EventLog, tasks: list[Task], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    heard = []
    done = evaluate_on("local[2]", tasks, lambda *counts: heard.append(counts))
    assert [*capfd.readouterr()] == ["", ""]
    assert heard == [(1, 2), (2, 2)]
    assert [one.number for one in done] == [0, 1]
    assert done == [receipt(task) for task in tasks]

    here = tasks_of(log, [load_scorecard("everyday")], tasks[0].moment, tmp_path / "here")
    for task in here:
        (tmp_path / f"scratch {task.number}").mkdir()
        evaluate(task, tmp_path / f"scratch {task.number}")
    assert scores_in(tmp_path / "here") == scores_in(tmp_path / "draft")


def test_an_interrupted_run_leaves_nothing_running(quick: None, tasks: list[Task]) -> None:
    before = signal.getsignal(signal.SIGINT), children()

    def stop(_done: int, _of: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        evaluate_on("local[1]", tasks, stop)
    assert (signal.getsignal(signal.SIGINT), children()) == before


def children() -> set[str]:
    """The programs that this process has started and that still run."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return set(listed.read_text(encoding="ascii").split())


def test_a_machine_without_credence_says_so(
    quick: None, tasks: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare], check=True)
    monkeypatch.setenv("PYSPARK_PYTHON", str(bare / "bin" / "python"))
    with pytest.raises(SparkError) as refused:
        evaluate_on("local[1]", tasks)
    assert f"{bare}/bin/python has no Credence that fits (No module named 'credence')" in str(refused.value)
    assert f"Install credence {OURS} there" in str(refused.value)


def test_a_machine_without_the_interpreter_says_so_in_one_line(
    quick: None, tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", "/nowhere/python")
    with pytest.raises(SparkError, match=r'Cannot run program "/nowhere/python"') as refused:
        evaluate_on("local[1]", tasks)
    assert "\n" not in str(refused.value)


def test_no_tasks_need_no_spark() -> None:
    assert evaluate_on("spark://nowhere:1", []) == []


def told_by(task: Task) -> list[Outcome]:
    told: list[Outcome] = []
    anywhere(told.extend, 1)(pickle.dumps(task))
    return told


def test_a_task_is_carried_out_in_sparks_own_folders_and_cleared_away(
    tasks: list[Task], scratch: Path
) -> None:
    assert told_by(tasks[0]) == [receipt(tasks[0])]
    assert isinstance(receipt(tasks[0]), Done)
    shutil.rmtree(scratch.with_name("second"))
    with pytest.raises(FileNotFoundError, match="second"):
        told_by(tasks[1])
    assert [*scratch.iterdir()] == []


def test_an_error_is_an_outcome_that_needs_no_second_try(
    log: EventLog, tasks: list[Task], scratch: Path
) -> None:
    (log.folder / log.files()[0].path).unlink()
    [error] = told_by(tasks[0])
    assert isinstance(error, LogDamagedError)


def test_where_credence_is_missing_its_absence_is_the_outcome(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Outcome] = []
    carry_out = anywhere(told.extend, 1)
    monkeypatch.setitem(sys.modules, "credence.engines.spark", None)
    carry_out(pickle.dumps(tasks[0]))
    assert f"on {platform.node()}, {sys.executable} has no Credence that fits" in str(told[0])


def test_another_version_of_credence_does_not_mix_its_scores_in(tasks: list[Task]) -> None:
    assert outcome_of(pickle.dumps(tasks[0]), "9.9.9", 1) == (
        f"on {platform.node()}, Credence is {OURS}, and the run is made by 9.9.9. Install 9.9.9 there."
    )


def test_a_folder_that_a_machine_does_not_have_is_named(
    log: EventLog, tasks: list[Task], scratch: Path
) -> None:
    log.folder.rename(log.folder.with_name("moved"))
    assert outcome_of(pickle.dumps(tasks[0]), OURS, 1) == (
        f"on {platform.node()}, there is no folder {log.folder}. Every machine needs it under this path."
    )
