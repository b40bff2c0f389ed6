import sys
from pathlib import Path

import numpy as np
import pytest

from credence.errors import CeilingExtraMissingError, TrainingTableError
from credence.scorecards.scale import Scale
from credence.training.against.odds import OddsLine
from credence.training.against.prepared import aligned, existing, prepared, scale_of, shown
from credence.training.order import Looks
from credence.training.table import read_table
from tests.training.against.worlds import evidence_of, order_of, people
from tests.training.tables import answers


def test_an_order_without_comparisons_stays_as_it_is(folder: Path) -> None:
    order = order_of(folder / "people.csv", Looks())
    assert prepared(order) == order
    assert aligned(order, read_table(order.source)) == order


def test_columns_that_only_the_champion_asks_are_kept_beside(folder: Path) -> None:
    order = order_of(folder / "people.csv", Looks(champion=folder / "old.yaml"), "Debt", "late")
    assert prepared(order).source.beside == ("Debt",)


def test_a_missing_package_is_told_before_any_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_of(folder / "people.csv", Looks(ceiling=True))
    assert prepared(order) == order
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(CeilingExtraMissingError):
        prepared(order)


def test_the_scale_of_a_line_is_its_odds_at_the_middle() -> None:
    scale = Scale(600, 50, 20)
    line = OddsLine(-scale.offset / scale.factor, 1 / scale.factor, 0.001)
    found = scale_of(line, np.array([540.0, 560, 700]))
    assert found.score == 560
    assert found.odds == pytest.approx(scale.odds_at(560), rel=1e-5)
    assert found.points_to_double_odds == pytest.approx(20, rel=1e-5)


def test_a_column_or_a_scorecard_is_aligned_to(folder: Path, tmp_path: Path) -> None:
    made = answers()
    # Twice as many points double the odds as by the scorecard in use.
    path = people(tmp_path, rating=[300 + 2 * int(str(age)) for age in made["age"]])
    order = prepared(order_of(path, Looks(align="rating")))
    assert order.source.beside == ("rating",)
    table = read_table(order.source)
    scale = aligned(order, table).scale
    assert scale.score == pytest.approx(np.median(existing("rating", table, path)))
    other = prepared(order_of(path, Looks(align=str(folder / "old.yaml")), "rating", "Debt"))
    assert other.source.beside == ("Debt",)
    assert 500 < aligned(other, read_table(other.source)).scale.score < 550


def test_what_is_aligned_to_is_named_without_its_folder(folder: Path) -> None:
    assert shown(str(folder / "old.yaml")) == "old.yaml"
    assert shown("a/b") == "a/b"


def test_what_is_neither_column_nor_scorecard_is_told(folder: Path) -> None:
    order = order_of(folder / "people.csv", Looks(align="ratin"))
    with pytest.raises(TrainingTableError, match="'ratin', which is neither a column of the table nor a"):
        prepared(order)


def refused(path: Path) -> str:
    with pytest.raises(TrainingTableError) as told:
        evidence_of(order_of(path, Looks(align="rating")))
    return str(told.value)


def test_a_score_that_does_not_rise_with_the_odds_is_refused(tmp_path: Path) -> None:
    told = refused(people(tmp_path, rating=[-int(str(age)) for age in answers()["age"]]))
    assert "'rating' does not rise with the odds of a good outcome on these rows (-0.0" in told
    assert "does not rise" in refused(people(tmp_path, rating=[n * 7919 % 500 for n in range(1200)]))


def test_texts_and_few_scores_are_refused(tmp_path: Path) -> None:
    assert "'rating' holds texts" in refused(people(tmp_path, rating=["A", "B"] * 600))
    few: list[object] = [*range(30), *[None] * 1170]
    assert "'rating' has a score for 30 rows of which " in refused(people(tmp_path, rating=few))
