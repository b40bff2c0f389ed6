"""The file of samples: everything that it can say, and every fault at once."""

from datetime import date
from pathlib import Path

import pytest

from credence.engines.samples.asked import Asked
from credence.errors import DefinitionError, ScorecardNotFoundError
from credence.events.vocabulary import shipped
from credence.training.samples.definition import read_samples

ROOT = Path(__file__).parents[3]
RULE = "{measure: {count: {kind: bill.unpaid}}, at_least: 1, why: unpaid}"
REST = f"performance: 12\nbad: [{RULE}]\n"


def read(folder: Path, text: str) -> Asked:
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    return read_samples(folder / "s.yaml", shipped())


def observed(folder: Path, observation: str) -> Asked:
    return read(folder, f"scorecard: everyday\nobservation: {observation}\n{REST}")


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        read(folder, text)
    return [f"{fault.line} {fault.path}: {fault.sentence}" for fault in refused.value.faults]


def test_days_are_a_list_or_so_many_months_apart(tmp_path: Path) -> None:
    listed = observed(tmp_path, "{dates: [2025-06-01, 2025-01-31]}")
    assert listed.points.days == (date(2025, 1, 31), date(2025, 6, 1))
    apart = observed(tmp_path, "{from: 2025-01-31, to: 2025-04-30, every: 1}")
    assert [str(day) for day in apart.points.days] == [
        "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30",
    ]  # fmt: skip


def test_events_say_when_with_the_filter_of_a_measure(tmp_path: Path) -> None:
    points = observed(
        tmp_path, "{each: {kind: account.opened, where: {role: individual}}, days_before: 7}"
    ).points
    assert points.each is not None
    assert (points.each.kinds, points.days_before) == (("account.opened",), 7)
    assert points.each.where[0].values == ("individual",)


def test_a_table_beside_the_file_says_when_and_how_it_ended(tmp_path: Path) -> None:
    text = "scorecard: everyday\nobservation: {table: loans.csv, outcome: end}\n"
    asked = read(tmp_path, f"{text}bad: [B, 1]\nindeterminate: false\ngood: A\n")
    assert asked.points.table == tmp_path / "loans.csv"
    assert asked.outcomes.values == (("bad", ("B", "1")), ("indeterminate", ("false",)), ("good", ("A",)))
    assert asked.outcomes.rest == "indeterminate"


def test_a_table_without_outcomes_leaves_them_to_rules(tmp_path: Path) -> None:
    asked = observed(tmp_path, "{table: loans.csv}")
    assert asked.points.outcome is None
    assert (asked.outcomes.months, asked.outcomes.rest) == (12, "good")


def test_a_scorecard_beside_the_file_is_found_there(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "characteristics: {bills: {measure: {count: {kind: bill.paid}}}}", encoding="utf-8"
    )
    text = f"scorecard: mine.yaml\nobservation: {{dates: [2025-01-31]}}\nknown_until: 2025-12-31\n{REST}"
    asked = read(tmp_path, text)
    assert [c.name for c in asked.scorecard.characteristics] == ["bills"]
    assert asked.known_until == date(2025, 12, 31)


def test_a_rule_may_have_alternatives_and_outside_the_performance_a_window(tmp_path: Path) -> None:
    idle = "{measure: {count: {}}, months: 3, below: 1}, {measure: {days_since: {}}, above: 9}"
    rule = f"{{any: [{idle}], why: idle}}"
    asked = read(
        tmp_path, f"scorecard: everyday\nobservation: {{dates: [2025-01-31]}}\nexclude: [{rule}]\n{REST}"
    )
    assert [(each.why, len(each.alternatives)) for each in asked.exclude] == [("idle", 2)]
    assert asked.exclude[0].alternatives[0].months == 3


def test_the_example_of_a_bank_is_understood() -> None:
    asked = read_samples(ROOT / "examples" / "bank" / "loans.yaml", shipped())
    assert asked.points.table == ROOT / "examples" / "bank" / "loans.parquet"
    assert asked.outcomes.values == (("bad", ("B", "D")), ("good", ("A", "C")))
    assert len(asked.scorecard.characteristics) == 14


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = """scorecard: everyday
observation: {from: 2025-06-01, to: 2025-01-01, every: 0}
performance: 0
bad:
  - {measure: {count: {kind: bill.unpayed}}, at_least: 1, why: unpaid}
  - {measure: {count: {}}, months: 3, at_least: 1}
good: []
exclude:
  - {measure: {column: age}, below: 18, why: young}
  - {any: [], why: never}
known_until: soon
hint: none
"""
    known = "scorecard, observation, performance, bad, indeterminate, good, exclude, known_until"
    assert faults(tmp_path, text) == [
        "2 observation.every: must be at least 1, not 0.",
        "2 observation.to: is 2025-01-01, before 'from', 2025-06-01.",
        "3 performance: must be at least 1, not 0.",
        "5 bad[1].measure.count.kind: 'bill.unpayed' is not a kind of event. Did you mean 'bill.unpaid'?",
        "6 bad[2]: 'why' is missing.",
        "6 bad[2]: has 'months': the window is that of 'performance'.",
        "7 good: is an empty list: leave it out, or write a rule.",
        "9 exclude[1]: looks at no events: a rule can only ask what happened.",
        "10 exclude[2].any: is an empty list: it could never hold.",
        "11 known_until: must be a date, written like 2026-11-06.",
        f"12 hint: 'hint' is not known here. Known: {known}.",
    ]


@pytest.mark.parametrize(
    ("observation", "told"),
    [
        ("{}", "2 observation: Say where to look with one of: dates, from, each, table."),
        (
            "{dates: [2025-01-01], table: x.csv}",
            "2 observation: Say where to look with one of: dates, from, each, table.",
        ),
        (
            "{from: 1000-01-01, to: 9999-12-31, every: 1}",
            "2 observation.to: makes more than 1,200 days: take fewer.",
        ),
        ("{dates: []}", "2 observation.dates: is an empty list: name at least one date."),
        ("{dates: [2025-01-01, 2025-01-01]}", "2 observation.dates: names a date twice: keep one."),
        ("{from: 2025-01-01, to: 2025-02-01}", "2 observation: 'every' is missing."),
        ("{each: {where: {role: individual}}}", "2 observation.each: 'kind' is missing."),
        ("{dates: [2025-01-01], every: 3}", "2 observation.every: 'every' is not known here. Known: dates."),
    ],
)
def test_points_that_cannot_be_are_told(tmp_path: Path, observation: str, told: str) -> None:
    assert told in faults(tmp_path, f"scorecard: everyday\nobservation: {observation}\n{REST}")


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, "good: [x]\n") == [
        "1 : 'scorecard' is missing.",
        "1 : 'observation' is missing.",
        "1 : 'performance' is missing.",
        "1 : 'bad' is missing.",
        "1 good[1]: must be a mapping (name: value), not 'x'.",
    ]
    assert faults(tmp_path, "[]") == ["1 : must be a mapping (name: value), not a list."]


def test_a_table_tells_the_outcome_alone(tmp_path: Path) -> None:
    text = "scorecard: everyday\nobservation: {table: loans.csv, outcome: end}\nperformance: 12\ngood: []\n"
    assert faults(tmp_path, text) == [
        "1 : 'bad' is missing: which values of the table's column are bad?",
        "3 performance: belongs to rules about events, and here a table tells the outcome.",
        "4 good: is an empty list: name a value.",
    ]


def test_a_scorecard_must_ask_events_under_names_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "flat.yaml").write_text(
        "characteristics: {outcome: {measure: {column: age}}}", encoding="utf-8"
    )
    text = f"scorecard: flat.yaml\nobservation: {{dates: [2025-01-31]}}\n{REST}"
    assert faults(tmp_path, text) == [
        "1 scorecard: 'flat' asks events nothing: all it looks at are columns of a table.",
        "1 scorecard: 'outcome' is a column of every sample: call the characteristic something else.",
    ]
    columns = "observation: {table: x.csv, columns: [amount, amount, payments_missed, outcome]}"
    assert faults(tmp_path, f"scorecard: everyday\n{columns}\n{REST}") == [
        f"2 observation: The sample has a column '{name}' already: keep one, or call this one something else."
        for name in ("amount", "payments_missed", "outcome")
    ]
    with pytest.raises(ScorecardNotFoundError):
        read(tmp_path, text.replace("flat.yaml", "none.yaml"))
