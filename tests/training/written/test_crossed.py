"""Crossings as they are written: both evaluators give what the fit predicts, whatever the answers are."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import duckdb
import numpy as np
import pytest

from credence.engines.person import evaluate
from credence.events.vocabulary import shipped
from credence.scorecards.check import warnings
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Attribute, Scorecard
from credence.scorecards.written import yaml_text
from credence.scoring.cases import load_cases, run_cases
from credence.scoring.run import score_points
from credence.training.applied import applied
from credence.training.columns import Column, Table
from credence.training.fit import Fit, Wishes, fit
from credence.training.pairing.pick import with_columns, with_pairs
from credence.training.written.answers import cases
from credence.training.written.definition import asked, definition
from tests.training.tables import numbers, table, texts, write_csv
from tests.training.test_run import MOMENT

ROWS = 5000
CODE = Fraction(-9)


@dataclass(frozen=True)
class Made:
    """A scorecard with crossings, as fitted and as loaded from its file."""

    folder: Path
    answers: dict[str, list[object]]
    fit: Fit
    card: Scorecard


def columns(answers: dict[str, list[object]]) -> list[Column]:
    """Answers as columns."""
    late: Sequence[float | None] = answers["late"]  # type: ignore[assignment]
    debt: Sequence[float | None] = answers["Debt"]  # type: ignore[assignment]
    kind: Sequence[str | None] = answers["kind"]  # type: ignore[assignment]
    return [numbers("late", late), numbers("Debt", debt), texts("kind", kind)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """People whose codes, holes and kinds count together with their debts."""
    chance = np.random.Generator(np.random.PCG64(3))
    late, debt = chance.choice([-9, 1, 2, 3, 4, 5, 6], ROWS), np.round(chance.normal(size=ROWS), 2)
    kind = chance.choice(list("xyzuvw"), ROWS)
    logits = np.where((late > 3) & (debt > 0), 2.5, 0) + np.where((late < 0) & (debt > 0), 1.5, 0)
    logits += np.where((kind == "x") & (late > 3), 2.0, 0) + debt / 5 - 1
    bad = (chance.random(ROWS) < 1 / (1 + np.exp(-logits))).astype(float).tolist()
    answers: dict[str, list[object]] = {
        "late": [None if n % 11 == 0 else int(x) for n, x in enumerate(late)],
        "Debt": [None if n % 13 == 0 else float(x) for n, x in enumerate(debt)],
        "kind": [None if n % 17 == 0 else str(x) for n, x in enumerate(kind)],
    }
    learnt = table(columns(answers), bad)
    wishes = Wishes(specials=(CODE,), stated={"late": "falling", "Debt": "falling"}, method="fused")
    _, found = with_pairs(learnt, fit(learnt, wishes), 2, lambda _done, _total: None)
    questions = asked(found, found.points)
    folder = tmp_path_factory.mktemp("crossed")
    text = yaml_text(definition("crossed", "Crossed", found.points, questions))
    (folder / "scorecard.yaml").write_text(text, encoding="utf-8")
    (folder / "cases.yaml").write_text(yaml_text(cases(found.points.base, questions)), encoding="utf-8")
    return Made(folder, answers, found, load_scorecard(folder))


def strange() -> dict[str, list[object]]:
    """Answers on every limit and beside it, codes, holes, and texts that nobody had."""
    late = [None, -9, -8.5, 1, 2, 2.5, 3, 4, 5, 6, 99]
    debt = [None, -9, -3, -0.7, -0.64, 0, 0.08, 0.85, 3]
    kind = [None, "x", "y", "w", "new"]
    rows = [(a, b, c) for a in late for b in debt for c in kind]
    return {name: [row[n] for row in rows] for n, name in enumerate(["late", "Debt", "kind"])}


def predicted(made: Made, answers: dict[str, list[object]]) -> list[int]:
    """The score that the fit gives to each row."""
    rows = len(answers["late"])
    plain = Table(tuple(columns(answers)), np.zeros(rows), np.zeros(rows, dtype=np.intp), 0)
    scores, _ = applied(made.fit, made.fit.points, with_columns(plain, made.fit.wishes.crossings))
    return [int(score) for score in scores]


def test_the_file_needs_no_mending_and_has_a_line_for_each_line(made: Made) -> None:
    assert warnings(made.card) == []
    assert [c.name for c in made.card.characteristics][-1].count("_x_") == 1
    lines = [row for c in made.card.characteristics for row in c.rows()]
    scored = [row for row in lines if isinstance(row, Attribute) and row.unscorable is None]
    assert len(scored) == made.fit.points.rows


def test_its_worked_cases_hold_on_both_evaluators(made: Made) -> None:
    found = load_cases(made.folder / "cases.yaml")
    assert len(found) == 3
    assert run_cases(made.card, found) == []


@pytest.mark.parametrize("odd", [False, True])
def test_sql_scores_what_the_fit_predicts(made: Made, tmp_path: Path, *, odd: bool) -> None:
    answers = strange() if odd else made.answers
    numbered: dict[str, list[object]] = {"person_id": list(range(len(answers["late"])))}
    people = write_csv(tmp_path / "people.csv", numbered | answers)
    score_points(made.card, people, MOMENT, tmp_path / "scores.parquet")
    query = f"SELECT score FROM '{tmp_path / 'scores.parquet'}' ORDER BY CAST(person_id AS INTEGER)"
    assert [row[0] for row in duckdb.execute(query).fetchall()] == predicted(made, answers)


def test_a_person_scores_what_the_fit_predicts(made: Made) -> None:
    answers = strange()
    for number, score in list(enumerate(predicted(made, answers)))[::7]:
        person = {name: values[number] for name, values in answers.items()}
        assert evaluate(made.card, shipped(), [], MOMENT, person).score == score


def test_totals_keep_the_directions_that_were_stated(made: Made) -> None:
    for name in ("late", "Debt"):
        low, high = {"late": (1, 6), "Debt": (-3, 3)}[name]
        steps = [low + (high - low) * part / 60 for part in range(61)]
        for late in (1, 4, None):
            for kind in ("x", "y", None):
                person = {"late": late, "Debt": late, "kind": kind}
                rows = [person | {name: step} for step in steps]
                answers: dict[str, list[object]] = {key: [row[key] for row in rows] for key in person}
                scores = predicted(made, answers)
                assert scores == sorted(scores, reverse=True)
