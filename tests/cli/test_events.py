import json
from pathlib import Path

import pytest

from credence import EventLog
from credence.cli import events
from tests.cli.commands import Credence, refused
from tests.world import event, record

BILLS = """person_id,furnisher,event_id,kind,occurred_at,days_late
ana,bank,b1,bill.paid,2026-10-01,0
ana,bank,b2,bill.paid,2026-11-01,3
"""
WRONG = BILLS + "ben,bank,b3,bill.eaten,2026-11-01,3\n"


@pytest.fixture
def bills(tmp_path: Path) -> Path:
    """A file of two bills."""
    path = tmp_path / "bills.csv"
    path.write_text(BILLS, encoding="utf-8")
    return path


def test_a_file_is_imported_batch_by_batch_and_only_once(credence: Credence, bills: Path) -> None:
    first = credence("events", "import", bills, "--log", "log")
    assert first.code == 0
    assert first.out == ("Batch 1: 2 events are safe.\n2 new, 0 already there, 0 in conflict, 0 refused.\n")
    again = credence("events", "import", bills, "--log", "log")
    assert (again.code, again.out) == (0, "0 new, 2 already there, 0 in conflict, 0 refused.\n")


def test_with_json_every_batch_is_a_line_and_the_report_is_the_last(credence: Credence, bills: Path) -> None:
    bills.write_text(WRONG, encoding="utf-8")
    ran = credence("events", "import", bills, "--log", "log", "--json")
    batch, report = map(json.loads, ran.out.splitlines())
    assert batch == {"batch": 1, "accepted": 2}
    (said,) = report.pop("sentences")
    assert report == {
        "accepted": 2, "repeated": 0, "conflicts": 0, "rejected": 1, "rejects": "bills.csv.rejects.csv",
    }  # fmt: skip
    assert (ran.code, said["field"], said["rows"], said["first_row"]) == (1, "kind", 1, 3)


def test_refused_rows_want_a_look_and_are_told_in_a_file(
    credence: Credence, bills: Path, tmp_path: Path
) -> None:
    bills.write_text(WRONG, encoding="utf-8")
    ran = credence("events", "import", bills, "--log", "log", "--rejects", "told.csv")
    assert ran.code == 1
    assert "2 new, 0 already there, 0 in conflict, 1 refused.\n  1 row (first: row 3): " in ran.out
    assert ran.out.endswith("Every refused row is told in told.csv.\n")
    assert "bill.eaten" in (tmp_path / "told.csv").read_text(encoding="utf-8")


def test_the_same_id_with_other_content_is_in_conflict(credence: Credence, bills: Path) -> None:
    credence("events", "import", bills, "--log", "log")
    bills.write_text(BILLS.replace(",3\n", ",4\n"), encoding="utf-8")
    ran = credence("events", "import", bills, "--log", "log")
    assert ran.code == 1
    assert "0 new, 1 already there, 1 in conflict, 0 refused." in ran.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["none.csv"], "There is no file at none.csv."),
        (["."], "The file of events is ., which is a folder. Name a file in it."),
        (["none", "--as", "berka"], "There is no file at none."),
        (["bills.csv", "--as", "zhima"], "There is no data set and no export 'zhima'."),
        (["bills.csv", "--rejects", "none/r.csv"], "--rejects is none/r.csv, but there is no folder none."),
        (["bills.csv", "--vocabulary", "none.yaml"], "There is no file at none.yaml."),
        (["bills.csv", "--log-timezone", "Mars"], "The time zone is 'Mars', which cannot be read."),
    ],
)
def test_what_cannot_be_imported_is_refused_before_a_log_is_made(
    credence: Credence, bills: Path, words: list[str], sentence: str
) -> None:
    assert refused(credence("events", "import", *words, "--log", "log")).startswith(sentence)
    assert not (bills.parent / "log").exists()


def test_a_known_data_set_is_read_from_its_folder(credence: Credence, tmp_path: Path) -> None:
    said = refused(credence("events", "import", tmp_path, "--as", "berka", "--log", "log"))
    assert said.startswith("There is no file at ")


def test_kinds_of_ones_own_are_kept_with_the_log(credence: Credence, bills: Path, tmp_path: Path) -> None:
    kind = "{title: A bill was eaten, context: credit, speaks: against, required: [], optional: [days_late]}"
    (tmp_path / "kinds.yaml").write_text(f"version: 1\nkinds:\n  bill.eaten: {kind}\n", encoding="utf-8")
    bills.write_text(WRONG, encoding="utf-8")
    assert credence("events", "import", bills, "--log", "log", "--vocabulary", "kinds.yaml").code == 0
    assert "bill.eaten" in EventLog.open(tmp_path / "log").vocabulary.kinds


def test_many_files_that_are_not_sorted_are_a_reason_to_compact(
    credence: Credence, bills: Path, log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "TAIL_FILES_MANY", 1)
    record(log, event("bill.paid", "2026-11-01", "n", days_late=0))
    ran = credence("events", "import", bills, "--log", "log")
    assert ran.out.endswith(
        "'credence events compact --log log' sorts the log, so that people are found faster.\n"
    )
    assert credence("events", "compact", "--log", "log").out == "3 events were moved into sealed files.\n"
    assert credence("events", "compact", "--log", "log", "--json").facts == {"moved": 0}


def test_everything_known_of_a_person_is_shown_oldest_first(credence: Credence, log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    record(log, event("mark.retracts", "2026-11-01T10:00:00Z", "m1", retracts="b1"))
    record(log, event("bill.unpaid", "2026-09-01", "b0", due_date="2026-08-01"))
    assert credence("events", "show", "ana", "--log", "log").out.splitlines() == [
        "2026-09-01  bill.unpaid  [bank b0]  due_date 2026-08-01",
        "2026-10-01  bill.paid  [bank b1]  days_late 3",
        "2026-11-01T10:00:00Z  mark.retracts  retracts  [bank m1]  target b1",
    ]


def test_with_json_an_event_is_a_line_without_what_only_the_log_needs(
    credence: Credence, log: EventLog
) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    assert credence("events", "show", "ana", "--log", "log", "--json").facts == {
        "person_id": "ana", "furnisher": "bank", "event_id": "b1", "kind": "bill.paid", "days_late": 3,
        "occurred_at": "2026-10-01", "recorded_at": "2026-11-06T00:00:00Z", "batch": 1,
    }  # fmt: skip


def test_only_what_was_recorded_by_an_instant_is_shown(credence: Credence, log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    show = ("events", "show", "ana", "--log", "log", "--known-at")
    assert credence(*show, "2026-11-06").code == 0
    assert refused(credence(*show, "2026-11-05")).startswith(
        "Nothing was recorded about person 'ana' by 2026-11-05"
    )
    assert refused(credence(*show, "2026-11-06T10:00:00")).startswith("--known-at is ")


def test_a_whole_log_is_said_to_be_whole(credence: Credence, log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    ran = credence("events", "check", "--log", "log")
    assert (ran.code, ran.out) == (0, "2 files with 1 events: the log is whole.\n")
    assert credence("events", "check", "--log", "log", "--json").facts == {
        "files": 2, "events": 1, "damage": [], "notes": [],
    }  # fmt: skip


def test_damage_wants_a_look(credence: Credence, log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    (log.folder / log.files()[0].path).unlink()
    ran = credence("events", "check", "--log", "log")
    assert ran.code == 1
    assert ran.out.splitlines()[0].endswith(".parquet is missing.")
    assert ran.out.endswith("the log is damaged.\n")
    ran = credence("events", "check", "--log", "log", "--json")
    assert (ran.code, len(ran.facts["damage"])) == (1, 1)


def test_a_person_is_erased_only_after_a_yes(credence: Credence, log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    erase = ("events", "erase", "ana", "--log", "log")
    for answer in ("", "no\n", "y\n"):
        ran = credence(*erase, answer=answer)
        assert (ran.code, ran.out) == (1, "Nothing was erased.\n")
    assert credence(*erase, "--json").facts == {"erased": 0}
    ran = credence(*erase, answer="yes\n")
    assert ran.err == "Erase everything about 'ana' for good? Type yes: "
    assert (ran.code, ran.out) == (0, "1 events of 'ana' are gone. Backups made before still hold them.\n")
    assert refused(credence(*erase, "--yes")).startswith("Nothing was recorded about person 'ana'")


def test_with_yes_nobody_is_asked(credence: Credence, log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    ran = credence("events", "erase", "ana", "--log", "log", "--yes", "--json")
    assert (ran.code, ran.err, ran.facts) == (0, "", {"erased": 1})


def test_a_backup_is_a_log_and_restores(credence: Credence, log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=3))
    assert credence("events", "backup", "copy", "--log", "log").out == "2 files are in copy.\n"
    assert credence("events", "restore", "copy", "--log", "again", "--json").facts == {
        "files": 2, "folder": "again",
    }  # fmt: skip
    assert credence("events", "show", "ana", "--log", "again").code == 0
    assert refused(credence("events", "backup", "copy", "--log", "log")).startswith("copy already exists")
    assert refused(credence("events", "restore", "none", "--log", "x")).startswith("There is no event log")


def test_a_log_of_this_format_stays_as_it_is(credence: Credence, log: EventLog) -> None:
    facts = credence("events", "upgrade", "--log", "log", "--json").facts
    assert facts["found"] == facts["format"]
    assert credence("events", "upgrade", "--log", "log").out.startswith("The log had format ")


@pytest.mark.parametrize(
    "words", [["show", "ana"], ["check"], ["compact"], ["erase", "ana"], ["backup", "copy"], ["upgrade"]]
)
def test_where_there_is_no_log_every_command_says_so(credence: Credence, words: list[str]) -> None:
    assert refused(credence("events", *words, "--log", "none")).startswith("There is no event log at none.")
