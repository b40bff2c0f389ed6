from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from credence import load_scorecard
from credence.errors import DefinitionError, SourceNotFoundError
from credence.scorecards.load import find
from credence.scoring.cases import Case, compared, load_cases, run_cases
from tests.scorecards.cards import card, lab, of

EVERYDAY = load_scorecard("everyday")
DAY = date(2026, 11, 6)
BILL: dict[str, object] = {"kind": "bill.paid", "occurred_at": "2026-11-01", "days_late": 0}
NOBODY = Case("Nobody", DAY, [], {"unscorable": "few_events"})


def file_of(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, cases: str, as_of: str = "as_of: 2026-11-06") -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        load_cases(file_of(folder, f"{as_of}\ncases: {cases}\n"))
    return [f"{fault.path}: {fault.sentence}" for fault in caught.value.faults]


def test_an_event_a_month_goes_back_from_its_date(tmp_path: Path) -> None:
    event = "{kind: bill.paid, occurred_at: 2026-03-31, days_late: 0, times: 3}"
    (case,) = load_cases(
        file_of(tmp_path, f"as_of: 2026-11-06\ncases: [{{sentence: s, events: [{event}], score: 1}}]")
    )
    assert [e["occurred_at"] for e in case.events] == ["2026-03-31", "2026-02-28", "2026-01-31"]
    assert case == Case("s", DAY, case.events, {"score": 1})


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    events = "[{kind: a}, {occurred_at: soon}, {occurred_at: 2026-11-01, times: x}]"
    wrong = f"{{sentence: s, events: {events}, score: 1}}"
    known, keys = "sentence, events, as_of, columns, ", "score, band, unscorable, reasons, points."
    assert faults(tmp_path, f"[{wrong}, {{events: [], scores: 1}}]", as_of="as_of: today") == [
        "as_of: must be a date, written like 2026-11-06.",
        "cases[1].events[1]: 'occurred_at' is missing.",
        "cases[1].events[2].occurred_at: must be a date, written like 2026-11-06.",
        "cases[1].events[3].times: must be a whole number, not 'x'.",
        "cases[2]: 'sentence' is missing.",
        f"cases[2]: Nothing is expected of this case. Name at least one of: {keys}",
        f"cases[2].scores: 'scores' is not known here. Did you mean 'score'? Known: {known}{keys}",
    ]


def test_a_case_may_have_a_day_of_its_own(tmp_path: Path) -> None:
    usual = "{sentence: Usual, events: [], score: 1}"
    own = "{sentence: Own, as_of: 2026-12-06, events: [], score: 1}"
    cases = load_cases(file_of(tmp_path, f"as_of: 2026-11-06\ncases: [{usual}, {own}]"))
    assert [case.as_of for case in cases] == [DAY, date(2026, 12, 6)]


def test_a_file_without_its_parts_is_told(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="'as_of' is missing"):
        load_cases(file_of(tmp_path, "case: []"))
    assert faults(tmp_path, "[{sentence: s, score: 1}]") == ["cases[1]: 'events' is missing."]
    with pytest.raises(SourceNotFoundError):
        load_cases(tmp_path / "none.yaml")


def test_no_cases_have_nothing_to_tell() -> None:
    assert run_cases(EVERYDAY, []) == []


def test_a_wrong_expectation_is_told_with_what_was_found() -> None:
    (case, *_) = load_cases(find("everyday").with_name("cases.yaml"))
    points = {"paid_on_time": 90, "lowest_cover": 60, "nonsense": 1}
    wrong = replace(case, expected={"score": 931, "band": "outstanding", "reasons": [], "points": points})
    found = {"paid_on_time": 90, "lowest_cover": 40, "nonsense": None}
    assert run_cases(EVERYDAY, [wrong]) == [
        f"'{case.sentence}': score is 930, not 931.",
        f"'{case.sentence}': reasons are ['C3'], not [].",
        f"'{case.sentence}': points are {found}, not {points}.",
    ]


def test_somebody_of_whom_nothing_is_known_is_a_case_too() -> None:
    assert run_cases(EVERYDAY, [NOBODY]) == []


def test_cases_of_different_days_are_each_scored_on_their_own() -> None:
    events = [BILL | {"occurred_at": f"2026-0{month}-01"} for month in range(1, 8)]
    early = Case("Early", date(2026, 2, 6), events, {"unscorable": "few_events"})
    late = Case("Late", date(2026, 8, 6), events, {"unscorable": None, "points": {"paid_on_time": 90}})
    assert run_cases(EVERYDAY, [early, late]) == []


def test_a_refused_event_is_told() -> None:
    told = run_cases(EVERYDAY, [replace(NOBODY, events=[BILL | {"kind": "bill.eaten"}])])
    assert len(told) == 1
    assert told[0].startswith("an event is refused: ")
    assert "bill.eaten" in told[0]


def test_evaluators_that_differ_are_told_with_what_each_says() -> None:
    by_person = {"score": 930, "band": "outstanding", "reasons": ["C3"]}
    by_sql = {"score": 930, "band": "good", "reasons": []}
    case = replace(NOBODY, expected={"score": 930})
    assert compared(case, by_person, by_sql) == [
        "'Nobody': band is good by the SQL, and outstanding by the person evaluator.",
        "'Nobody': reasons are [] by the SQL, and ['C3'] by the person evaluator.",
    ]
    assert compared(case, by_person, by_person) == []


def test_columns_of_a_table_stand_in_cases_too(tmp_path: Path) -> None:
    risk = of("{column: risk}", "[{below: 50, points: 5}, {points: 20}]", "missing: {points: 1}")
    low = "{sentence: Low, events: [], columns: {risk: 49.5}, score: 5}"
    high = "{sentence: High, events: [], columns: {risk: 50}, score: 21}"
    cases = load_cases(file_of(tmp_path, f"as_of: 2026-11-06\ncases: [{low}, {high}]"))
    unknown = Case("Unknown", DAY, [], {"score": 1})
    assert run_cases(card(tmp_path, lab(risk)), [*cases, unknown]) == ["'High': score is 20, not 21."]
