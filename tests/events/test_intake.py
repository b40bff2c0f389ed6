"""Every check of intake is a golden import in golden/intake.yaml; here is what goldens cannot show."""

from pathlib import Path

import pytest

from credence import EventLog, import_rows
from credence.events.intake import EVENT_COLUMNS
from credence.events.manifest import Settings
from tests.events.goldens import Golden, goldens, outcome
from tests.world import NOW, event, record


@pytest.mark.parametrize("golden", goldens("intake"))
def test_what_is_wrong_with_a_row_is_told_in_a_sentence(
    golden: Golden, log: EventLog, tmp_path: Path
) -> None:
    assert outcome(log, golden, tmp_path) == golden


def test_a_correction_knows_its_target_by_its_key(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=9))
    record(log, event("bill.paid", "2026-10-01", "2", days_late=0, replaces="1"))
    bureau = event("mark.retracts", "2026-10-02", "b1", retracts="2", target_furnisher="bank")
    record(log, bureau | {"furnisher": "bureau"})
    first, second, third = sorted(log.events_of("ana"), key=lambda found: str(found["event_id"]))
    assert (second["action"], second["target_key"], second["target"]) == ("replaces", first["event_key"], "1")
    assert (third["action"], third["target_key"], third["target"]) == ("retracts", second["event_key"], "2")
    assert (third["target_furnisher"], "action" in first) == ("bank", False)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("suspends", {}), ("releases", {}), ("counts_from", {"date": "2026-12-01"})],
)
def test_a_mark_says_what_it_does(log: EventLog, kind: str, said: dict[str, object]) -> None:
    record(log, event(f"mark.{kind}", "2026-10-01", "1", target="x") | said)
    (mark,) = log.events_of("ana")
    assert (mark["action"], mark["target"]) == (kind, "x")


def test_the_bureau_of_a_log_has_the_name_the_log_was_made_with(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log", Settings(bureau="shop"))
    mark = event("mark.suspends", "2026-10-01", "1", target="x", target_furnisher="bank")
    assert import_rows(log, [mark | {"furnisher": "shop"}], NOW).total("accepted") == 1
    assert import_rows(log, [mark | {"furnisher": "bureau"}], NOW).total("rejected") == 1


def test_a_retraction_needs_nothing_of_what_its_kind_says(log: EventLog) -> None:
    record(log, event("account.in_collection", "2026-10-01", "1", retracts="x"))
    (found,) = log.events_of("ana")
    assert found["action"] == "retracts"


def test_events_lie_in_the_log_with_the_columns_intake_promises(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01T10:00:00Z", "1", days_late=0, replaces="0"))
    described = log.reader().execute(f"DESCRIBE {log.relation()}").fetchall()
    types = {name: kind for name, kind, *_ in described}
    assert {name: types[name] for name in EVENT_COLUMNS} == EVENT_COLUMNS
    assert {name: types[name] for name in log.vocabulary.fields} == {
        name: kind for name, kind in log.column_types().items() if name not in EVENT_COLUMNS
    }
