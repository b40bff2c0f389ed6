"""Points that follow the answer, attributes without a score: both evaluators, on a log and on a table."""

from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence import EventLog, Moment, load_scorecard, score_people
from credence.engines.person import evaluate
from credence.engines.results import read_row
from credence.engines.sql.answers import AnswerSql
from credence.engines.sql.lines import points_sql
from credence.events.vocabulary import shipped
from credence.scorecards.lines import points_at
from credence.scorecards.model import Line, Scorecard
from tests.both_engines import card, scored
from tests.scorecards.cards import lab, write
from tests.world import AS_OF, LATER, event, record

ROUNDINGS = st.sampled_from(["floor", "ceiling", "half_up"])
FACTORS = st.fractions(-1_000_000, 1_000_000, max_denominator=1000).map(lambda f: round(f, 6)).filter(bool)
LINES = st.builds(Line, FACTORS, FACTORS, ROUNDINGS, st.none() | st.just(-7), st.none() | st.just(30))
SUMS = st.integers(-(10**15), 10**15)
# The PMML sample with complex partial scores (dmg.org); who has no department or age is given points, too.
SAMPLE = """
department:
  measure: {column: department, type: text}
  attributes: [{in: [marketing], points: 19}, {points: 0}]
  missing: {points: -9}
income:
  measure: {column: income}
  attributes:
    - {up_to: 1000, points: {times: 0.03, plus: 11, rounding: half_up}}
    - {up_to: 1500, points: 5}
    - {points: {times: 0.01, plus: -18, rounding: half_up}}
  missing: {points: 3}
age:
  measure: {column: age}
  attributes: [{below: 0, unscorable: AGE}, {points: 0}]
  missing: {points: -1}
"""


def by_duckdb(line: Line, answer: AnswerSql) -> object:
    row = duckdb.execute(f"SELECT {points_sql(line, answer)}").fetchone()
    assert row is not None
    return row[0]


@given(line=LINES, top=SUMS, bottom=st.integers(1, 10**15))
def test_exact_answers_have_the_same_points_in_sql_and_in_python(line: Line, top: int, bottom: int) -> None:
    whole = AnswerSql("false", str(top))
    assert by_duckdb(line, whole) == points_at(line, Fraction(top))
    quotient = AnswerSql("false", "0.5", f"CAST({top} AS HUGEINT)", f"CAST({bottom} AS HUGEINT)")
    assert by_duckdb(line, quotient) == points_at(line, Fraction(top, bottom))


@given(line=LINES, answer=st.floats(allow_nan=False))
def test_columns_have_the_same_points_in_sql_and_in_python(line: Line, answer: float) -> None:
    column = AnswerSql("false", f"CAST('{answer!r}' AS DOUBLE)", exact=False)
    assert by_duckdb(line, column) == points_at(line, answer)


def test_who_has_nothing_to_divide_by_has_no_points_that_follow(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.unpaid", "2026-11-01", "u", due_date="2026-10-20"))
    share = {"share": {"kind": "bill.paid"}, "of": {"kind": "bill.paid"}}
    line = {"times": 10, "plus": 0, "rounding": "floor"}
    trial = card(tmp_path, share, attributes=[{"points": line}], missing={"points": 4})
    assert scored(trial, log, AS_OF).score == 4


def row_of(scorecard: Scorecard, folder: Path, columns: dict[str, object]) -> tuple[object, object]:
    """Score and code of the one person of a table, the same from both evaluators."""
    said = ",".join("" if value is None else str(value) for value in columns.values())
    table, out = folder / "people.csv", folder / "scores.parquet"
    table.write_text(f"person_id,{','.join(columns)}\nana,{said}\n", encoding="utf-8")
    score_people(scorecard, table, Moment(AS_OF, LATER), out)
    by_sql = read_row(out, scorecard, "ana")
    row = evaluate(scorecard, shipped(), [], Moment(AS_OF, LATER), columns)
    assert by_sql is not None
    assert (by_sql["score"], by_sql["unscorable"]) == (row.score, row.unscorable)
    return row.score, row.unscorable


@pytest.mark.parametrize(
    ("columns", "score"),
    [
        ({"department": None, "income": None, "age": None}, -7),
        ({"department": None, "income": 1000, "age": None}, 31),
        ({"department": None, "income": 1500, "age": None}, -5),
        ({"department": None, "income": 3000, "age": None}, 2),
    ],
)
def test_complex_partial_scores_are_those_of_pmml(
    tmp_path: Path, columns: dict[str, object], score: int
) -> None:
    scorecard = load_scorecard(write(tmp_path, lab(SAMPLE, "reasons: {AGE: There is no such age.}")))
    assert row_of(scorecard, tmp_path, columns) == (score, None)


def test_an_answer_without_points_gives_no_score_and_says_why(tmp_path: Path) -> None:
    scorecard = load_scorecard(write(tmp_path, lab(SAMPLE, "reasons: {AGE: There is no such age.}")))
    assert row_of(scorecard, tmp_path, {"department": "law", "income": 1, "age": -1}) == (None, "AGE")
