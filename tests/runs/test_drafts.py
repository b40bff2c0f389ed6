"""A run is made once, whatever stops it: taken up where it was, it publishes what it would have."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fcntl import LOCK_EX
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from time import perf_counter

import duckdb
import pytest

from credence import EventLog
from credence.engines.buckets import PARTS, SCORES
from credence.errors import EngineError, RunBusyError
from credence.events.scratch import held
from credence.events.upkeep import compact, erase
from credence.runs.drafts import DRAFTS, PLAN, unfinished
from credence.runs.limits import Limits
from credence.runs.published import PublishedRun, damage, published
from credence.runs.run import run
from tests.engines.random_worlds import RECORDED
from tests.forks import FORKS
from tests.runs.runner import AFTER, AS_OF, BEGINS, CARDS, LATER, make, request
from tests.world import event, record

KILLS = 20


def start(log: Path, runs: Path, days: int, die_at: int = 0) -> tuple[ForkServerProcess, Connection]:
    """A process that makes the run, and what it says; it has just begun."""
    said, saying = FORKS.Pipe(duplex=False)
    working = FORKS.Process(target=make, args=(log, runs, days, die_at, saying))
    working.start()
    saying.close()
    assert said.recv() == BEGINS
    return working, said


def killed(log: Path, runs: Path, die_at: int) -> None:
    """A run that is killed when it says something for the n-th time."""
    working, _ = start(log, runs, 1, die_at)
    working.join()
    assert working.exitcode == -signal.SIGKILL


def begun(log: Path, runs: Path, die_at: int = 4) -> Path:
    """The draft of a run that was killed, by default after its first task."""
    killed(log, runs, die_at)
    (draft,) = unfinished(runs)
    return draft


def taken_up(log: Path, runs: Path) -> PublishedRun:
    outcome = run(request(log, runs), AFTER)
    assert outcome.published is not None
    return outcome.published


def harm(runs: Path) -> list[str]:
    return [sentence for found in published(runs) for sentence in damage(found)]


def times(folder: Path) -> dict[str, int]:
    """When each file of scores was written."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}


def same_without_a_stop(found: PublishedRun, made: PublishedRun, log: Path, runs: Path) -> str:
    if found.known_at == made.known_at:
        return made.hash
    outcome = run(request(log, runs, found.known_at), AFTER)
    assert outcome.published is not None
    return outcome.published.hash


@pytest.mark.parametrize("die_at", range(1, 10))
def test_killed_between_steps_it_is_taken_up(
    made: PublishedRun, peopled: Path, tmp_path: Path, die_at: int
) -> None:
    """Before and after each step, and after each task: nine moments."""
    runs = tmp_path / "runs"
    killed(peopled, runs, die_at)
    assert harm(runs) == []
    said = run(request(peopled, runs), RECORDED + timedelta(days=2)).published
    (found,) = published(runs)
    # Before the plan was kept there was nothing to take up; after it, the run is known as it was begun.
    assert found.known_at == LATER + timedelta(days=die_at < 2)
    assert said == found
    assert found.hash == same_without_a_stop(found, made, peopled, tmp_path / "again")
    assert unfinished(runs) == {}


def test_killed_at_random_it_publishes_the_same_once(
    made: PublishedRun, peopled: Path, tmp_path: Path
) -> None:
    chance, kills, finished, seconds = Random(5), 0, 0, 0.0
    for attempt in count(1):
        runs = tmp_path / f"runs {finished}"
        working, said = start(peopled, runs, attempt)
        began = perf_counter()
        # The first one is left alone, and says how long it takes here.
        working.join(chance.uniform(0, seconds) if finished else None)
        if working.exitcode is None:
            working.kill()
            working.join()
            kills += 1
        seconds = seconds or perf_counter() - began
        assert harm(runs) == []
        if not published(runs):
            assert working.exitcode == -signal.SIGKILL
            continue
        (found,) = published(runs)
        assert found.hash == same_without_a_stop(found, made, peopled, tmp_path / f"again {finished}")
        assert working.exitcode or said.recv() == found.hash
        assert unfinished(runs) == {}
        finished += 1
        if kills >= KILLS:
            return


def test_what_was_done_is_not_done_again(made: PublishedRun, peopled: Path, tmp_path: Path) -> None:
    draft = begun(peopled, tmp_path)
    before = times(draft / SCORES)
    assert len(before) == len(CARDS)
    held_back = replace(request(peopled, tmp_path), limits=Limits(unscorable_share_most=0))
    assert run(held_back, AFTER).published is None
    after = times(draft / SCORES)
    assert before.items() <= after.items()
    assert len(after) == 2 * len(before)
    assert taken_up(peopled, tmp_path).hash == made.hash


@pytest.mark.parametrize("what", ["torn", "gone", "another", "half", "receipt"])
def test_what_was_harmed_since_is_done_again(
    made: PublishedRun, peopled: Path, tmp_path: Path, what: str
) -> None:
    draft = begun(peopled, tmp_path)
    path = draft / SCORES / "everyday" / "00000.parquet"
    if what == "torn":
        path.write_bytes(path.read_bytes()[:-10])
    elif what == "gone":
        path.unlink()
    elif what == "another":
        shutil.copy(draft / SCORES / "suining" / "00000.parquet", path)
    elif what == "half":
        path.with_name(".00000.parquet.0a1b2c3d").write_bytes(b"PAR1")
    else:
        (draft / PARTS / "00000.json").write_text("{")
    found = taken_up(peopled, tmp_path)
    assert found.hash == made.hash
    assert list(found.folder.rglob(".*")) == []


def test_what_happens_to_the_log_meanwhile_changes_nothing(
    made: PublishedRun, peopled: Path, tmp_path: Path
) -> None:
    folder, runs = shutil.copytree(peopled, tmp_path / "log"), tmp_path / "runs"
    begun(folder, runs)
    log = EventLog.open(folder)
    record(log, event("bill.unpaid", "2026-10-01", "late one", due_date="2026-09-01"), now=AFTER)
    assert compact(log, AFTER) > 0
    record(log, event("bill.unpaid", "2026-10-02", "later one", due_date="2026-09-01"), now=AFTER)
    assert compact(log, AFTER) > 0
    assert taken_up(folder, runs).hash == made.hash


def people(run: PublishedRun) -> set[str]:
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT person_id FROM '{run.scores('everyday')}/*.parquet'").fetchall()
    return {person for (person,) in rows}


def test_somebody_erased_meanwhile_is_in_no_part_of_it(
    made: PublishedRun, peopled: Path, tmp_path: Path
) -> None:
    folder, runs = shutil.copytree(peopled, tmp_path / "log"), tmp_path / "runs"
    draft = begun(folder, runs)
    with duckdb.connect() as connection:
        scored = f"SELECT person_id FROM '{draft / SCORES}/everyday/00000.parquet' LIMIT 1"
        (who,) = connection.execute(scored).fetchone() or ("",)
    erase(EventLog.open(folder), who, AFTER)
    found = taken_up(folder, runs)
    assert people(made) - people(found) == {who}
    assert found.known_at == made.known_at


def test_work_of_another_version_of_credence_is_thrown_away(
    made: PublishedRun, peopled: Path, tmp_path: Path
) -> None:
    draft = begun(peopled, tmp_path)
    plan = (draft / PLAN).read_text()
    (draft / PLAN).write_text(plan.replace('"software":"', '"software":"0.0.'))
    before = times(draft / SCORES)
    found = taken_up(peopled, tmp_path)
    assert found.hash == made.hash
    assert not set(before.values()) & set(times(found.folder).values())


def test_a_draft_without_a_readable_plan_is_thrown_away(peopled: Path, tmp_path: Path) -> None:
    draft = begun(peopled, tmp_path)
    (draft / PLAN).write_text("{")
    (tmp_path / DRAFTS / "half made").mkdir()
    assert taken_up(peopled, tmp_path).known_at == AFTER.replace(tzinfo=None)
    assert list((tmp_path / DRAFTS).iterdir()) == []


def test_the_draft_of_what_was_published_since_is_thrown_away(peopled: Path, tmp_path: Path) -> None:
    draft = begun(peopled, tmp_path)
    copied = shutil.copytree(draft, tmp_path / "copied")
    found = taken_up(peopled, tmp_path)
    copied.rename(draft)
    assert taken_up(peopled, tmp_path) == found
    assert unfinished(tmp_path) == {}


def test_two_do_not_work_on_one_run(peopled: Path, tmp_path: Path) -> None:
    draft = begun(peopled, tmp_path)
    with held(draft, LOCK_EX), pytest.raises(RunBusyError, match="Another process is working on the run"):
        run(request(peopled, tmp_path), AFTER)
    assert unfinished(tmp_path).keys() == {draft}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with two megabytes on it."""
    room = tmp_path / "disk"
    room.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", room], check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root can make a small disk")
    yield room
    subprocess.run(["umount", room], check=True)


def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(
    made: PublishedRun, peopled: Path, small_disk: Path
) -> None:
    runs, filler, stopped = small_disk / "runs", small_disk / "filler", 0
    for room in range(0, 900_000, 150_000):
        filler.unlink(missing_ok=True)
        state = os.statvfs(small_disk)
        filler.write_bytes(bytes(max(0, state.f_bavail * state.f_bsize - room)))
        try:
            run(request(peopled, runs, LATER), AFTER)
        except (OSError, EngineError):
            stopped += 1
        assert harm(runs) == []
    filler.unlink()
    assert stopped > 0
    assert taken_up(peopled, runs).hash == made.hash


def test_writes_that_fail_are_said_in_a_sentence(peopled: Path, tmp_path: Path) -> None:
    words = ["run", "everyday", "--log", peopled, "--out", tmp_path / "runs", "--as-of", AS_OF]
    command = [sys.executable, "-c", "from credence.cli import main; main()", *map(str, words)]
    # Measuring coverage writes a file of its own, which would fail, too.
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    said = []
    for size in (0, 500, 3_000, 20_000):
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
        ended = subprocess.run(
            command, preexec_fn=limit, capture_output=True, text=True, check=False, env=quiet
        )
        assert (ended.returncode, ended.stdout) == (2, ""), size
        assert "Traceback" not in ended.stderr, size
        said.append(ended.stderr)
        assert published(tmp_path / "runs") == []
    assert any("File too large" in sentence for sentence in said), said
