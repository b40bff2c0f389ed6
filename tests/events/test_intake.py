"""Every check of intake is a golden import in golden/intake.yaml; here is what goldens cannot show."""

import csv
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, import_file, import_rows
from credence.events.batches import ImportOptions
from credence.events.intake import EVENT_COLUMNS
from credence.events.manifest import Settings
from credence.events.vocabulary import shipped
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


def test_a_users_fields_may_be_many_and_have_almost_any_name(log: EventLog, tmp_path: Path) -> None:
    names = ["line", "first", "kinds", "known", "name", "x", *(f"field_{number}" for number in range(64))]
    fields = "".join(f"  {name}: {{type: integer, title: A field}}\n" for name in names)
    kind = f"a.b: {{title: A kind, context: conduct, speaks: for, required: [{', '.join(names)}]}}"
    (tmp_path / "own.yaml").write_text(f"version: 1\nfields:\n{fields}kinds:\n  {kind}\n", encoding="utf-8")
    log.add_vocabulary(tmp_path / "own.yaml")
    said = {name: number for number, name in enumerate(names)}
    rows = [event("a.b", "2026-10-01", "1") | said]
    rows += [event("a.b", "2026-10-01", name) | said | {name: None} for name in names]
    report = import_rows(log, rows, NOW)
    assert (report.total("accepted"), report.total("rejected")) == (1, len(names))
    assert {field for field, *_ in report.sentences} == set(names)
    assert said.items() <= log.events_of("ana")[0].items()


VALUES = [
    None,
    "",
    "0",
    "5.5",
    "2026-10-01",
    "2026-10-01T10:00:00Z",
    "CNY",
    "hard",
    "true",
    "x",
    "a\nb",
    "z" * 201,
]
COLUMNS = ["furnisher", "event_id", "person_id", "occurred_at", "reported_at", "recorded_at", "replaces"]
COLUMNS += ["retracts", "target_furnisher", "colour", *shipped().fields]
ROWS = st.lists(
    st.builds(
        lambda kind, said, other: event(kind, "2026-10-01", "1", days_late=0) | said | other,
        st.sampled_from([*shipped().kinds, None, "bill.payed"]),
        st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(VALUES), max_size=2),
        st.dictionaries(st.sampled_from(["amount", "days_late"]), st.sampled_from(VALUES), max_size=2),
    ),
    min_size=20,
    max_size=40,
)


@settings(max_examples=6)
@given(rows=ROWS)
def test_a_row_is_refused_exactly_if_something_is_said_of_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Mapping[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    log, told = EventLog.create(folder / "log"), folder / "rejects.csv"
    numbered = [dict(row) | {"event_id": str(n)} for n, row in enumerate(rows, start=1)]
    (folder / "rows.jsonl").write_bytes(b"\n".join(msgspec.json.encode(row) for row in numbered))
    report = import_file(log, folder / "rows.jsonl", NOW, ImportOptions(rejects=told))
    with told.open(encoding="utf-8", newline="") as file:
        refused = {row["row"] for row in csv.DictReader(file)}
    assert len(refused) == report.total("rejected")
    assert report.total("accepted") == len(rows) - len(refused)
