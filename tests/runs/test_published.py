"""What was published is found again, and told from what it is no more."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from credence import EventLog, load_scorecard
from credence.errors import RunDamagedError
from credence.runs.published import MANIFEST, PublishedRun, damage, last_before, open_run, published
from credence.runs.run import run
from tests.runs.runner import AFTER, AS_OF, CARDS, LATER, request

KINDS = (
    "version: 1\nkinds: {lamp.lit: {title: A lamp was lit, context: utilities, speaks: for, required: []}}\n"
)


@pytest.fixture
def copied(made: PublishedRun, tmp_path: Path) -> PublishedRun:
    """A copy of a run, to be harmed."""
    return open_run(Path(shutil.copytree(made.folder, tmp_path / made.folder.parent.name / "run")))


def test_a_run_says_what_it_is(made: PublishedRun) -> None:
    assert (made.as_of, made.known_at) == (AS_OF, LATER)
    assert [scores.name for scores in made.manifest.scorecards] == list(CARDS)
    assert made.folder.name == f"20261120T000000.000000Z-{made.run[:8]}"
    assert made.of("fico") is None


def test_damage_is_told_file_by_file(copied: PublishedRun) -> None:
    everyday = copied.folder / "everyday"
    (everyday / "00000.parquet").write_bytes(b"")
    (everyday / "scorecard.yaml").unlink()
    (copied.folder / "notes.txt").write_text("mine")
    assert damage(copied) == [
        "everyday/scorecard.yaml is missing.",
        "everyday/00000.parquet is not what was published: its hash differs.",
        "notes.txt is no part of the run.",
    ]


def test_a_manifest_must_be_there_and_readable(copied: PublishedRun) -> None:
    (copied.folder / MANIFEST).write_text("{}")
    with pytest.raises(RunDamagedError, match=rf"{MANIFEST} cannot be read"):
        published(copied.folder.parents[1])
    (copied.folder / MANIFEST).unlink()
    with pytest.raises(RunDamagedError, match=f"it has no {MANIFEST}"):
        open_run(copied.folder)


def test_the_last_run_is_of_an_earlier_day_or_known_earlier(made: PublishedRun) -> None:
    runs = made.folder.parents[1]
    assert last_before(runs, "everyday", AS_OF) is None
    assert last_before(runs, "everyday", AS_OF + timedelta(days=1)) == made
    assert last_before(runs, "fico", AS_OF + timedelta(days=1)) is None
    assert last_before(runs, "everyday", AS_OF, LATER) is None
    assert last_before(runs, "everyday", AS_OF, LATER + timedelta(days=1)) == made


def test_a_scorecard_is_as_it_was_with_kinds_that_the_log_had(peopled: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(peopled, tmp_path / "log"))
    (tmp_path / "kinds.yaml").write_text(KINDS)
    log = EventLog.open(folder)
    log.add_vocabulary(tmp_path / "kinds.yaml")
    outcome = run(request(folder, tmp_path / "runs"), AFTER)
    (tmp_path / "kinds.yaml").write_text(KINDS.replace("lamp", "bulb"))
    log.add_vocabulary(tmp_path / "kinds.yaml")
    assert outcome.published is not None
    card = outcome.published.scorecard("everyday")
    assert card.definition_hash not in (
        load_scorecard("everyday").definition_hash,
        load_scorecard("everyday", log.vocabulary).definition_hash,
    )
    assert card == outcome.published.scorecard("everyday")
