"""Events that have not happened are checked like an import, and never written."""

from datetime import date, datetime
from pathlib import Path

import pytest

from credence import EventLog
from credence.errors import DefinitionError, HypotheticalError
from credence.events.hypothetical import events_in, midnights
from credence.events.manifest import Settings
from tests.world import event, record

THEN = datetime(2026, 12, 6)  # noqa: DTZ001 - instants known to the log are UTC without a zone


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    log = EventLog.create(tmp_path / "log")
    record(log, event("bill.paid", "2026-10-02", "1", days_late=0))
    return log


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(source: Path | list[dict[str, object]], log: EventLog) -> list[str]:
    with pytest.raises(HypotheticalError) as caught:
        events_in(source, log, "ana", THEN)
    return caught.value.sentences


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "- {kind: bill.paid, occurred_at: 2026-11-30, days_late: 0, amount: 4000, currency: CNY}"),
        (
            "a.csv",
            "furnisher,event_id,person_id,kind,occurred_at,days_late,amount,currency\nwhat-if,1,ana,bill.paid,2026-11-30,0,4000,CNY\n",
        ),
        (
            "a.jsonl",
            (
                '{"furnisher": "what-if", "event_id": "1", "person_id": "ana", "kind": "bill.paid", '
                '"occurred_at": "2026-11-30", "days_late": 0, "amount": 4000, "currency": "CNY"}\n'
            ),
        ),
    ],
)
def test_every_form_of_a_file_gives_the_events_that_an_import_would_give(
    log: EventLog, tmp_path: Path, name: str, text: str
) -> None:
    before = log.events_of("ana")
    (supposed,) = events_in(written(tmp_path, name, text), log, "ana", THEN)
    other = EventLog.create(tmp_path / "other")
    row = event("bill.paid", "2026-11-30", "1", days_late=0, amount=4000, currency="CNY")
    record(other, row | {"furnisher": "what-if"}, now=datetime.fromisoformat("2026-12-06T00:00:00Z"))
    assert [supposed] == other.events_of("ana")
    assert log.events_of("ana") == before


def test_days_are_days_of_the_logs_own_zone(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log", Settings(timezone="Asia/Shanghai"))
    row = event("bill.paid", "2026-11-29T20:00:00Z", "1", days_late=0)
    (supposed,) = events_in([row], log, "ana", THEN)
    assert supposed["occurred_on"] == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (event("bill.paid", "2026-11-30", "x"), "row 1: days_late is missing: a bill.paid needs it"),
        (event("bill.late", "2026-11-30", "x"), "row 1: there is no kind 'bill.late' in the vocabulary"),
        (
            event("bill.settled", "2027-01-01", "x"),
            "row 1: occurred_at lies after the event was recorded: it has not happened yet",
        ),
        (event("bill.settled", "2026-11-30", "x", "ben"), "1 are about another person"),
        (
            event("bill.settled", "2026-11-30", "1"),
            "'bank/1' is in the log already: give it another event_id",
        ),
    ],
)
def test_what_no_furnisher_could_send_is_refused(
    log: EventLog, row: dict[str, object], sentence: str
) -> None:
    assert refused([row], log) == [sentence]


def test_all_that_is_wrong_is_told_at_once(log: EventLog, tmp_path: Path) -> None:
    late = "- {kind: bill.paid, occurred_at: 2026-11-30}\n"
    file = written(tmp_path, "a.yaml", f"{late}{late}- {{kind: bill.settled, occurred_at: soon}}\n")
    first, second = refused(file, log)
    assert first == "row 1: days_late is missing: a bill.paid needs it (2 rows)"
    assert second.startswith("row 3: occurred_at must be a date")


def test_a_yaml_file_is_a_list_of_plain_rows(log: EventLog, tmp_path: Path) -> None:
    file = written(tmp_path, "a.yaml", "- {kind: {a: b}, mutual: true}\n- one\n")
    with pytest.raises(DefinitionError) as caught:
        events_in(file, log, "ana", THEN)
    assert [str(fault) for fault in caught.value.faults] == [
        "line 1, [1].kind: must be a text, a number, true or false, not a mapping.",
        "line 2, [2]: must be a mapping (name: value), not 'one'.",
    ]


def test_numbers_and_flags_of_a_yaml_file_are_what_they_are(log: EventLog, tmp_path: Path) -> None:
    text = (
        "- {kind: rental.started, occurred_at: 2026-11-30, deposit_waived: true, amount: 5.0, currency: CNY}"
    )
    (supposed,) = events_in(written(tmp_path, "a.yaml", text), log, "ana", THEN)
    assert (supposed["deposit_waived"], supposed["amount"]) == (True, 5)


def test_midnights_are_those_of_the_zone() -> None:
    summer, winter = date(2026, 7, 1), date(2026, 12, 1)
    assert midnights([summer, winter], "Europe/Prague") == {
        summer: datetime(2026, 6, 30, 22),  # noqa: DTZ001
        winter: datetime(2026, 11, 30, 23),  # noqa: DTZ001
    }
    assert midnights([summer], "UTC") == {summer: datetime(2026, 7, 1)}  # noqa: DTZ001
