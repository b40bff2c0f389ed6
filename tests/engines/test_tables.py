import json
from pathlib import Path

import duckdb
import pytest

from credence import EventLog, Moment, load_scorecard, score_people
from credence.engines.person import evaluate
from credence.engines.results import read_row, summary, totals
from credence.engines.tables import Tables
from credence.errors import EngineError, IntakeError, LogDamagedError, SourceNotFoundError
from credence.scorecards.model import Scorecard
from tests.both_engines import card
from tests.world import AS_OF, LATER, event, record

MOMENT = Moment(AS_OF, LATER)


def flat_card(folder: Path) -> Scorecard:
    estimate = {"measure": {"column": "Risk Estimate"}, "missing": {"points": 5, "reason": "M"}}
    estimate["attributes"] = [
        {"equals": -9, "points": 1, "reason": "S"},
        {"below": 0.3, "points": 2, "reason": "L"},
        {"points": 10},
    ]
    grade = {"measure": {"column": "grade", "type": "text"}, "missing": {"points": 0, "reason": "M"}}
    grade["attributes"] = [{"in": ["A", "B"], "points": 3}, {"points": 1, "reason": "L"}]
    both = {"estimate": {"at_least": 0.3}, "grade": {"in": ["A"]}}
    rows = [{"when": both, "points": 4}, {"when": {"grade": {"missing": True}}, "points": 2}, {"points": 0}]
    crossed = {"measure": {"cross": ["estimate", "grade"]}, "attributes": rows}
    definition = {"name": "flat", "version": 2, "title": "Flat", "setting": "lab", "points_base": 0}
    definition["reasons"] = {"M": "Missing", "S": "Special", "L": "Low"}
    definition["characteristics"] = {"estimate": estimate, "grade": grade, "crossed": crossed}
    (folder / "flat.yaml").write_text(json.dumps(definition))
    return load_scorecard(folder / "flat.yaml")


def test_a_flat_table_is_scored_through_its_columns(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person_id,Risk Estimate,grade\na,0.5,A\nb,0.29,C\nc,-9,B\nd,,\n")
    flat, out = flat_card(tmp_path), tmp_path / "out.parquet"

    assert score_people(flat, people, MOMENT, out) == 4

    found = {who: read_row(out, flat, who) or {} for who in "abcd"}
    assert {who: row["score"] for who, row in found.items()} == {"a": 17, "b": 3, "c": 4, "d": 7}
    assert found["b"]["reasons"] == ["L"]
    assert found["c"]["reasons"] == ["S"]
    assert read_row(out, flat, "nobody") is None


def test_not_a_number_is_missing(tmp_path: Path) -> None:
    people, flat, out = tmp_path / "people.parquet", flat_card(tmp_path), tmp_path / "out.parquet"
    with duckdb.connect() as connection:
        query = "SELECT 1 AS person_id, 'NaN'::DOUBLE AS \"Risk Estimate\", 'A' AS grade"
        connection.execute(f"COPY ({query}) TO '{people}'")

    score_people(flat, people, MOMENT, out)

    assert (read_row(out, flat, "1") or {})["points"] == {"estimate": 5, "grade": 3, "crossed": 0}


def test_a_table_beside_a_log_lends_its_columns_to_the_people_of_the_log(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    record(log, event("bill.paid", "2026-10-01", "2", "ben", days_late=0))
    people, flat, out = tmp_path / "people.csv", flat_card(tmp_path), tmp_path / "out.parquet"
    people.write_text("person_id,Risk Estimate,grade\nana,0.5,A\nzoe,0.5,A\n")

    score_people(flat, log, MOMENT, out, Tables(people=people))

    assert (read_row(out, flat, "ana") or {})["score"] == 17
    columns: dict[str, object] = {"Risk Estimate": 0.5, "grade": "A"}
    assert evaluate(flat, log.vocabulary, log.events_of("ana"), MOMENT, columns).score == 17
    assert (read_row(out, flat, "ben") or {})["score"] == 7
    assert evaluate(flat, log.vocabulary, log.events_of("ben"), MOMENT).score == 7
    assert read_row(out, flat, "zoe") is None


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("people.csv", "person_id,grade\na,A\n", "it has no column 'Risk Estimate'"),
        ("people.csv", "person_id,Risk Estimate,grade\na,1,A\na,2,A\n", "person 'a' stands there twice"),
        ("people.csv", "person_id,Risk Estimate,grade\n,1,A\nb,2,A\n", "a row has no person_id"),
        ("people.csv", "person_id,Risk Estimate,grade\na,high,A\n", "it cannot be read"),
        ("people.txt", "", "a table is read from CSV (.csv) or Parquet (.parquet)"),
        ("people.parquet", "no parquet", "it cannot be read"),
    ],
)
def test_a_table_that_is_not_as_it_must_be_is_refused_in_a_sentence(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    people, flat = tmp_path / name, flat_card(tmp_path)
    people.write_text(text)

    with pytest.raises(IntakeError) as refused:
        score_people(flat, people, MOMENT, tmp_path / "out.parquet")

    assert says in str(refused.value)
    assert not (tmp_path / "out.parquet").exists()


def test_a_table_that_is_not_there_is_said_so(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        score_people(flat_card(tmp_path), tmp_path / "none.csv", MOMENT, tmp_path / "out.parquet")
    tables = Tables(at=tmp_path / "none.csv")
    with pytest.raises(SourceNotFoundError):
        score_people(card(tmp_path, {"count": {}}), log, MOMENT, tmp_path / "out.parquet", tables)


def test_moments_need_a_person_and_a_date(log: EventLog, tmp_path: Path) -> None:
    at = tmp_path / "at.csv"
    at.write_text("person_id,as_of\nana,2026-11-06\nben,\n")

    with pytest.raises(IntakeError, match="person 'ben' has no person_id or no as_of"):
        score_people(card(tmp_path, {"count": {}}), log, MOMENT, tmp_path / "out.parquet", Tables(at=at))


def test_a_moment_without_known_at_is_as_known_at_the_moment_of_the_run(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    at, trial, out = tmp_path / "at.csv", card(tmp_path, {"count": {}}), tmp_path / "out.parquet"
    at.write_text("person_id,as_of\nana,2026-11-06\n")

    score_people(trial, log, MOMENT, out, Tables(at=at))

    with duckdb.connect() as connection:
        known = connection.execute(f"SELECT known_at, asked.answer FROM '{out}'").fetchall()
    assert known == [(LATER, 1)]


def test_a_scorecard_that_counts_events_needs_a_log(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person_id\na\n")

    with pytest.raises(IntakeError, match="counts events, and a table of people has none"):
        score_people(card(tmp_path, {"count": {}}), people, MOMENT, tmp_path / "out.parquet")


def test_a_torn_file_of_the_log_stops_the_scoring_and_is_named(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    torn = next((log.folder / "tail").glob("*.parquet"))
    torn.write_bytes(torn.read_bytes()[:100])

    with pytest.raises(LogDamagedError, match=torn.name):
        score_people(card(tmp_path, {"count": {}}), log, MOMENT, tmp_path / "out.parquet")


def test_what_the_engine_cannot_do_is_told_in_its_own_words(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))

    with pytest.raises(EngineError, match="The engine stopped while scoring people"):
        score_people(card(tmp_path, {"count": {}}), log, MOMENT, tmp_path / "nowhere" / "out.parquet")


def test_a_file_of_scores_is_summed_up(log: EventLog, tmp_path: Path) -> None:
    rule = {"measure": {"count": {}}, "at_least": 2, "code": "few", "sentence": "Few"}
    trial = card(
        tmp_path, {"count": {}}, scorable_when=[rule], bands=[{"below": 1, "name": "low"}, {"name": "high"}]
    )
    for number in range(3):
        record(log, event("bill.paid", "2026-10-01", f"{number}", days_late=0))
    record(log, event("bill.paid", "2026-10-01", "4", "ben", days_late=0))
    out = tmp_path / "out.parquet"
    score_people(trial, log, MOMENT, out)

    found = summary(out)

    assert (found.rows, found.mean, found.bands, found.unscorable) == (2, 1.0, {"high": 1}, {"few": 1})
    assert totals(out, trial) == (1, {"asked": 1})
    assert totals(out, trial, 2, 3) == (0, {"asked": None})


def test_many_parts_give_the_same_file_as_one(log: EventLog, tmp_path: Path) -> None:
    for person in ("ana", "ben", "cho", "dee", "eve"):
        record(log, event("bill.paid", "2026-10-01", person, person, days_late=0))
    trial, whole, parts = (
        card(tmp_path, {"count": {}}),
        tmp_path / "whole.parquet",
        tmp_path / "parts.parquet",
    )
    done: list[tuple[int, int]] = []

    score_people(trial, log, MOMENT, whole)
    score_people(trial, log, MOMENT, parts, Tables(events_at_a_time=2), lambda *report: done.append(report))

    with duckdb.connect() as connection:
        rows = [connection.execute(f"FROM '{file}' ORDER BY ALL").fetchall() for file in (whole, parts)]
    assert rows[0] == rows[1]
    assert done == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("06/11/2026,", "as_of is '06/11/2026', which cannot be read. Write it as a date like 2026-11-06."),
        ("20261106,", "as_of is '20261106'"),
        ("2026-11-06T14:00:00,", "as_of is '2026-11-06T14:00:00'"),
        ("2026-11-06,2026-11-06T12:00:00", "known_at is '2026-11-06T12:00:00', which cannot be read."),
    ],
)
def test_moments_are_not_guessed_from_other_forms(
    log: EventLog, tmp_path: Path, cell: str, said: str
) -> None:
    record(log, event("bill.paid", "2026-11-01", "b", days_late=0))
    at = tmp_path / "at.csv"
    at.write_text(f"person_id,as_of,known_at\nana,{cell}\n", encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        score_people(card(tmp_path, {"count": {}}), log, MOMENT, tmp_path / "o.parquet", Tables(at=at))
    assert said in str(caught.value)


def test_moments_of_a_parquet_table_are_dates_and_instants_in_utc(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-11-01", "b", days_late=0))
    at = tmp_path / "at.parquet"
    duckdb.execute(
        "COPY (SELECT 'ana' AS person_id, DATE '2026-11-06' AS as_of, "
        f"TIMESTAMP '2026-11-10 12:00:00' AS known_at) TO '{at}' (FORMAT parquet)"
    )
    out = tmp_path / "o.parquet"
    assert score_people(card(tmp_path, {"count": {}}), log, MOMENT, out, Tables(at=at)) == 1
