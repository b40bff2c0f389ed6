from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from credence.engines.moment import Moment
from credence.engines.outcomes import column_kinds
from credence.engines.person import evaluate
from credence.errors import IntakeError, TrainingTableError
from credence.events.vocabulary import shipped
from credence.scorecards.load import load_scorecard
from credence.training.against.standing import scores_of, standing
from credence.training.columns import Table
from credence.training.evidence import Evidence
from tests.training.against.worlds import OLD, old
from tests.training.tables import numbers, table, texts

MOMENT = Moment(date(2026, 11, 6), datetime(2026, 11, 6))  # noqa: DTZ001
COLUMNS = ("Debt", "age", "purpose")


def small(purposes: list[str | None]) -> Table:
    columns = [numbers("Debt", [10, None, 80]), numbers("age", [20, 50, 60]), texts("purpose", purposes)]
    return table(columns, [0.0, 1, 0])


def test_every_row_scores_as_the_engine_of_one_person_scores_it(folder: Path, evidence: Evidence) -> None:
    card = load_scorecard(folder / "old.yaml")
    scores = scores_of(card, evidence.table, folder / "people.csv")
    columns = {column.name: column for column in evidence.table.columns}
    for row in range(0, len(scores), 40):
        debt, age = (columns[name].numbers for name in COLUMNS[:2])
        assert debt is not None
        assert age is not None
        purpose = columns["purpose"].texts
        assert purpose is not None
        person = {
            "Debt": None if np.isnan(debt[row]) else float(debt[row]),
            "age": float(age[row]),
            "purpose": purpose[row],
        }
        assert evaluate(card, shipped(), [], MOMENT, person).score == scores[row]


def test_a_row_that_is_not_scorable_has_no_score(folder: Path) -> None:
    card = load_scorecard(folder / "old.yaml")
    scores = scores_of(card, small(["car", "yacht", None]), folder / "people.csv")
    assert scores[0] == 540
    assert np.isnan(scores[1:]).all()


def test_whole_numbers_are_texts_without_decimals(tmp_path: Path) -> None:
    asked = OLD.replace("{column: Debt}", "{column: Debt, type: text}")
    asked = asked.replace("- {below: 20, points: 40}", "- {in: ['7', '0.5'], points: 40}")
    asked = asked.replace("- {below: 50, points: 20, reason: debt_high}", "- {in: ['-3'], points: 20}")
    card = load_scorecard(old(tmp_path, asked))
    debts = numbers("Debt", [7, 0.5, -3, 8, None])
    rest = [numbers("age", [50] * 5), texts("purpose", ["car"] * 5)]
    scores = scores_of(card, table([debts, *rest], [0.0] * 5), tmp_path)
    assert scores.tolist() == [550, 550, 530, 510, 520]


def test_a_scorecard_asks_columns_that_are_there(folder: Path) -> None:
    kinds = column_kinds(folder / "people.csv")
    assert standing(folder / "old.yaml", folder / "people.csv", kinds).name == "old"
    del kinds["Debt"]
    with pytest.raises(TrainingTableError, match="'old' asks 'Debt', and there is no such column"):
        standing(folder / "old.yaml", folder / "people.csv", kinds)
    with pytest.raises(IntakeError, match="counts events"):
        standing(Path("everyday"), folder / "people.csv", kinds)


def test_texts_are_no_numbers(folder: Path) -> None:
    columns = [texts("Debt", ["much", "1", None]), numbers("age", [1, 2, 3]), texts("purpose", ["car"] * 3)]
    with pytest.raises(TrainingTableError, match="'old' asks 'Debt' as a number, and it holds texts"):
        scores_of(load_scorecard(folder / "old.yaml"), table(columns, [0.0, 1, 0]), folder / "people.csv")
