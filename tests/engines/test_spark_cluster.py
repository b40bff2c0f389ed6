"""A run on a real cluster, a master and two workers, ends as on one machine, whatever dies meanwhile."""

import signal
from collections.abc import Iterator
from datetime import UTC
from functools import partial
from pathlib import Path
from random import Random
from types import FrameType

import pytest

from credence import EventLog, Moment, load_scorecard
from credence.engines.spark import evaluate_on
from credence.errors import LogDamagedError, SparkError
from credence.events.upkeep import compact
from credence.runs.request import Request
from credence.runs.run import run
from tests.engines.random_worlds import DATES, random_log, random_rows, random_scorecard
from tests.engines.spark_cluster import Cluster, cluster
from tests.engines.tasks import tasks_of
from tests.world import LATER, NOW

# No test may wait longer than this, whatever hangs.
SECONDS_MOST = 240
EDGES = range(0, 257, 16)

# What Spark's own Python code has to warn of is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture
def bounded(spark: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        sentence = f"{SECONDS_MOST} seconds have passed"
        raise TimeoutError(sentence)

    monkeypatch.setenv("SPARK_CONF_DIR", str(spark.settings))
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS_MOST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def sealed_log(folder: Path) -> EventLog:
    log = random_log(Random(6), folder / "log", random_rows(Random(5), DATES[0]))
    compact(log, NOW)
    return log


def test_a_run_is_the_same_to_the_byte_though_a_worker_is_killed(
    spark: Cluster, bounded: None, tmp_path: Path
) -> None:
    cards = (load_scorecard("everyday"), random_scorecard(Random(1), tmp_path))
    ask = partial(Request, sealed_log(tmp_path), scorecards=cards, as_of=DATES[0], events_at_a_time=2)
    ask = partial(ask, accepted="Few have a score in so small a world.")
    heard: list[tuple[int, int]] = []

    def told(step: str, done: int, of: int) -> None:
        heard.append((done, of))
        if step == "evaluate" and done == 2 and len(spark.workers) > 1:
            spark.kill_worker()

    now = LATER.replace(tzinfo=UTC)
    here = run(ask(runs=tmp_path / "here"), now)
    there = run(ask(runs=tmp_path / "there", engine=spark.url), now, told)

    assert len(spark.workers) == 1, "one was killed while there was work"
    assert max(of for _, of in heard) >= 8
    spark.add_worker()
    assert contents(there.folder) == contents(here.folder)
    assert there.published is not None
    assert here.published is not None
    assert here.report is not None
    assert all(card.scored > 0 for card in here.report.cards)
    assert there.published.manifest.hash == here.published.manifest.hash


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a run that depend on nothing but what it was asked."""
    files = (path for path in folder.rglob("*") if path.suffix in {".parquet", ".yaml"})
    found = {str(path.relative_to(folder)): path.read_bytes() for path in files}
    assert len(found) > 2
    return found


def test_a_damaged_bucket_is_named_and_nothing_further_is_begun(
    spark: Cluster, bounded: None, tmp_path: Path
) -> None:
    log = sealed_log(tmp_path)
    tasks = tasks_of(log, [load_scorecard("everyday")], Moment(DATES[0], LATER), tmp_path / "draft", EDGES)
    damaged = log.folder / log.files()[0].path
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    with pytest.raises(LogDamagedError) as refused:
        evaluate_on(spark.url, tasks)
    assert f"{damaged.relative_to(log.folder)} is not what was written" in str(refused.value)


def test_a_cluster_without_a_machine_is_not_waited_for_without_end(
    spark: Cluster, bounded: None, tmp_path: Path
) -> None:
    tasks = tasks_of(
        sealed_log(tmp_path), [load_scorecard("everyday")], Moment(DATES[0], LATER), tmp_path / "d"
    )
    while spark.workers:
        spark.kill_worker()
    spark.set(**{"spark.credence.patience": "3"})
    with pytest.raises(SparkError, match="no machine worked on it for 3 seconds") as refused:
        evaluate_on(spark.url, tasks)
    assert str(refused.value).startswith(f"Spark at '{spark.url}' cannot carry out this run")
    spark.set()
    for _ in range(2):
        spark.add_worker()
