"""The folder of a demonstration: whose it is, what was made in it, and how it was at the beginning."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from credence.cli.demo.place import LOCK, Key, Made, Place, key_of
from credence.cli.server import database
from credence.errors import BureauRunningError, LogExistsError

KEY = Key("version", 300, 1, date(2026, 11, 6))
MADE = Made(KEY, {"amina": ("person", "per_1")}, {})


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder in which something was made, and kept."""
    place = Place(tmp_path / "demo")
    place.claim()
    (place.bureau / "log").mkdir(parents=True)
    (place.bureau / "postgres").mkdir()
    (place.bureau / "keys.json").write_text("as made")
    place.keep(MADE)
    return place


def test_what_was_made_is_found_by_its_key_alone(place: Place) -> None:
    assert place.made(KEY) == MADE
    assert place.made(replace(KEY, people=301)) is None


def test_what_cannot_be_read_was_not_made(place: Place) -> None:
    (place.folder / "made.json").write_text("{")
    assert place.made(KEY) is None


def test_everything_but_the_database_is_put_back(place: Place) -> None:
    (place.bureau / "keys.json").write_text("changed")
    (place.bureau / "files").mkdir()
    (place.bureau / "postgres" / "data").touch()
    place.restore()
    assert (place.bureau / "keys.json").read_text() == "as made"
    assert sorted(path.name for path in place.bureau.iterdir()) == ["keys.json", "log", "postgres"]
    assert (place.bureau / "postgres" / "data").exists()


def test_what_was_made_is_taken_away_and_the_rest_stays(place: Place) -> None:
    (place.folder / "mine.txt").touch()
    place.clear()
    assert place.made(KEY) is None
    assert sorted(path.name for path in place.bureau.iterdir()) == ["postgres"]
    assert (place.folder / "mine.txt").exists()


def test_a_folder_of_somebody_else_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LogExistsError):
        Place(tmp_path).claim()


def test_two_are_not_in_one_folder(place: Place) -> None:
    assert LOCK == database.LOCK
    with place.alone(), pytest.raises(BureauRunningError), place.alone():
        pass
    with place.alone():
        pass


@pytest.mark.parametrize(
    ("today", "last_day"),
    [
        (date(2026, 11, 6), date(2026, 11, 6)),
        (date(2026, 12, 5), date(2026, 11, 6)),
        (date(2027, 1, 5), date(2026, 12, 6)),
    ],
)
def test_the_newest_scores_are_of_the_last_sixth_of_a_month(today: date, last_day: date) -> None:
    assert key_of(today, 300, 1).last_day == last_day


def test_another_version_has_another_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = key_of(date(2026, 11, 6), 300, 1)
    assert key_of(date(2026, 11, 6), 300, 1) == before
    (tmp_path / "server" / "web").mkdir(parents=True)
    (tmp_path / "made.py").write_text("1")
    monkeypatch.setattr("credence.__file__", str(tmp_path / "__init__.py"))
    found = key_of(date(2026, 11, 6), 300, 1)
    assert found != before
    (tmp_path / "server" / "web" / "page.html").touch()
    assert key_of(date(2026, 11, 6), 300, 1) == found
    (tmp_path / "made.py").write_text("2")
    assert key_of(date(2026, 11, 6), 300, 1) != found
