"""What contacts scored, as a table of people: the edges that hold, and one hop along them."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment
from credence.engines.contacts import contacts_table
from credence.engines.sql.contacts import COLUMNS
from credence.errors import IntakeError, LogDamagedError, SourceNotFoundError
from credence.events.upkeep import compact
from tests.engines.social_worlds import NOW, Contacts, SocialWorld, social_world, write_scores
from tests.world import Row, event, record

SCORES: dict[str, int | None] = {"ana": 700, "ben": 605, "lin": 350, "hu": None}


def added(contact: str, day: str = "2026-09-01", person: str = "ana", /, **said: object) -> Row:
    return event("contact.added", day, f"a-{person}-{contact}-{day}", person, contact=contact, **said)


def removed(contact: str, day: str = "2026-10-01", person: str = "ana", /) -> Row:
    return event("contact.removed", day, f"r-{person}-{contact}-{day}", person, contact=contact)


def rows_of(table: Path) -> Contacts:
    rows = duckdb.execute(f"FROM '{table}'").fetchall()
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    return {row[0]: row[1:] for row in rows}


def told(log: EventLog, folder: Path, moment: Moment = NOW) -> Contacts:
    scores, out = write_scores(folder / "scores.parquet", SCORES), folder / "contacts.parquet"
    count = contacts_table(log, moment, scores, out)
    found = rows_of(out)
    assert len(found) == count
    return found


def told_in(world: SocialWorld, folder: Path) -> Contacts:
    contacts_table(world.log, NOW, world.scores, folder / "contacts.parquet")
    return rows_of(folder / "contacts.parquet")


def test_a_row_tells_how_many_how_many_scored_and_the_mean_the_lowest_and_the_highest(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, added("ben"), added("lin"), added("hu"), added("nobody"), added("hu", "2026-09-01", "ben"))
    assert told(log, tmp_path) == {"ana": (4, 2, 477, 350, 605), "ben": (1, 0, None, None, None)}
    columns = duckdb.execute(f"DESCRIBE FROM '{tmp_path / 'contacts.parquet'}'").fetchall()
    assert [row[:2] for row in columns] == [("person_id", "VARCHAR"), *((name, "BIGINT") for name in COLUMNS)]


def test_the_latest_event_of_a_pair_decides_and_only_of_that_pair(log: EventLog, tmp_path: Path) -> None:
    record(log, added("ben"), removed("ben"), added("lin"), removed("lin"), added("lin", "2026-11-01"))
    assert told(log, tmp_path) == {"ana": (1, 1, 350, 350, 350)}


def test_nobody_is_a_contact_of_themselves_and_an_edge_goes_one_way(log: EventLog, tmp_path: Path) -> None:
    record(log, added("ana"), added("ana", "2026-09-01", "ben"), added("lin", "2026-09-01", "lin"))
    assert told(log, tmp_path) == {"ben": (1, 1, 700, 700, 700)}


def test_what_happens_on_the_day_or_becomes_known_later_does_not_hold_yet(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, added("ben"), added("lin", "2026-11-06"))
    record(log, removed("ben"), now=NOW.known_at.astimezone() + timedelta(days=3))
    assert told(log, tmp_path) == {"ana": (1, 1, 605, 605, 605)}
    later = Moment(NOW.as_of + timedelta(days=1), datetime(2026, 11, 20))  # noqa: DTZ001 - as the log keeps instants
    assert told(log, tmp_path, later) == {"ana": (1, 1, 350, 350, 350)}
    first = Moment(later.as_of, later.known_at, snapshot=1)
    assert told(log, tmp_path, first) == {"ana": (2, 2, 477, 350, 605)}


def test_an_edge_that_is_corrected_suspended_or_in_its_notice_period_does_not_hold(
    log: EventLog, tmp_path: Path
) -> None:
    four = [added(who) for who in ("ben", "lin", "hu", "zoe")]
    ids = [str(row["event_id"]) for row in four]
    notice = {"target": ids[2], "date": "2026-12-01"}
    record(
        log,
        *four,
        event("mark.retracts", "2026-10-01", "m-1", retracts=ids[0]),
        event("mark.suspends", "2026-10-01", "m-2", target=ids[1]),
        event("mark.counts_from", "2026-10-01", "m-3", **notice),
    )
    assert told(log, tmp_path) == {"ana": (1, 0, None, None, None)}
    record(log, event("mark.releases", "2026-10-02", "m-4", target=ids[1]))
    assert told(log, tmp_path) == {"ana": (2, 1, 350, 350, 350)}


def test_a_log_without_contacts_gives_a_table_without_rows(log: EventLog, tmp_path: Path) -> None:
    assert told(log, tmp_path) == {}
    record(log, event("bill.paid", "2026-10-01", "b-1", days_late=0))
    assert told(log, tmp_path) == {}


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_table_is_what_plain_python_makes_of_the_definition(seed: int) -> None:
    with TemporaryDirectory() as name:
        world = social_world(seed, Path(name))
        assert told_in(world, Path(name)) == world.contacts()


def test_compacting_changes_nothing_and_the_same_moment_gives_the_same_file(tmp_path: Path) -> None:
    world, file = social_world(7, tmp_path), tmp_path / "contacts.parquet"
    before = told_in(world, tmp_path)
    content = file.read_bytes()
    assert before == world.contacts()
    compact(world.log, NOW.known_at + timedelta(days=9))
    assert told_in(world, tmp_path) == before
    assert file.read_bytes() == content


def test_scores_may_lie_in_a_folder_of_files(log: EventLog, tmp_path: Path) -> None:
    record(log, added("ben"), added("lin"))
    folder = tmp_path / "everyday"
    folder.mkdir()
    write_scores(folder / "00000.parquet", {"ben": 605})
    write_scores(folder / "00001.parquet", {"lin": 350})
    (folder / "scorecard.yaml").touch()
    assert contacts_table(log, NOW, folder, tmp_path / "out.parquet") == 1
    assert rows_of(tmp_path / "out.parquet") == {"ana": (2, 2, 477, 350, 605)}


@pytest.mark.parametrize("name", ["nothing.parquet", "empty"])
def test_scores_that_are_not_there_are_named(name: str, log: EventLog, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceNotFoundError, match=name):
        contacts_table(log, NOW, tmp_path / name, tmp_path / "out.parquet")


def test_scores_of_several_moments_are_refused_with_a_person_named(log: EventLog, tmp_path: Path) -> None:
    folder = tmp_path / "scores"
    folder.mkdir()
    for number in (1, 2):
        write_scores(folder / f"{number}.parquet", {"ben": 600})
    with pytest.raises(IntakeError, match=r"person 'ben' stands there twice; give the scores of one moment"):
        contacts_table(log, NOW, folder, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_a_damaged_log_is_named(log: EventLog, tmp_path: Path) -> None:
    record(log, added("ben"))
    scores = write_scores(tmp_path / "scores.parquet", SCORES)
    for file in log.files():
        (log.folder / file.path).unlink()
    with pytest.raises(LogDamagedError, match="is damaged"):
        contacts_table(log, NOW, scores, tmp_path / "out.parquet")
