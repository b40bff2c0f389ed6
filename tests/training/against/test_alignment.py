from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from credence.scorecards.scale import Scale
from credence.training.against.alignment import Aligned, alignment
from credence.training.columns import Column
from credence.training.evidence import Evidence
from credence.training.order import Looks
from credence.training.sample import Sample
from tests.training.against.worlds import evidence_of, looking, order_of, people

OLD_SCALE = Scale(400, 4, 35)


@pytest.fixture(scope="module")
def found(evidence: Evidence, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """A fit on the scale of an existing score, which knows the people about as well as a scorecard does."""
    folder = tmp_path_factory.mktemp("aligned")
    return evidence_of(order_of(rated(evidence, folder), Looks(align="rating")))


def rated(evidence: Evidence, folder: Path) -> Path:
    """The made-up people with a rating by the plain fit's chances, on a scale of its own."""
    chances = dict(zip(keys(evidence.folded), evidence.chances, strict=True))
    made = people(folder)
    lines = made.read_text(encoding="utf-8").splitlines()
    ratings = [round(OLD_SCALE.score_at(1 / chances[line] - 1)) for line in lines[1:]]
    return people(folder, rating=list(ratings))


def keys(sample: Sample) -> list[str]:
    """Each row as its line of the file."""
    columns = {column.name: column for column in sample.table.columns}
    debt, age, late = (columns[name].numbers for name in ("Debt", "age", "late"))
    purposes = columns["purpose"].texts
    assert debt is not None
    assert age is not None
    assert late is not None
    assert purposes is not None
    ends = ["bad" if bad else "good" for bad in sample.bad]
    rows = zip(debt, age, purposes, late, ends, strict=True)
    return [f"{'' if np.isnan(d) else d},{int(a)},{p},{int(n)},{e}" for d, a, p, n, e in rows]


def test_the_same_score_stands_for_the_same_odds(found: Evidence) -> None:
    section = alignment(found)
    assert section is not None
    facts = section.facts
    assert isinstance(facts, Aligned)
    assert facts.existing == "rating"
    assert facts.rows == 1200
    assert facts.points_to_double_odds == pytest.approx(35, rel=0.2)
    assert Scale(facts.score, facts.odds, 35).score_at(4) == pytest.approx(400, abs=12)
    assert facts.ours_doubles == pytest.approx(facts.points_to_double_odds, rel=0.15)
    assert facts.ours_at == pytest.approx(facts.odds, rel=0.25)
    assert abs(facts.difference) < 5
    assert facts.error < 0.06
    assert sum(tenth.rows for tenth in facts.tenths) == 1200
    assert section.says[0].startswith("'rating' stands for ")
    assert "its odds double every" in section.says[0]


def test_the_scorecard_is_on_the_scale_that_it_was_aligned_to(found: Evidence) -> None:
    assert found.points.scale == found.order.scale
    ratings = found.table.beside["rating"].numbers
    assert ratings is not None
    assert found.scores.mean() == pytest.approx(ratings.mean(), abs=5)


def test_where_none_is_named_there_is_none(found: Evidence) -> None:
    assert alignment(looking(found, Looks())) is None


def test_a_score_that_is_no_line_of_odds_warns(found: Evidence) -> None:
    """Good and bad are turned around, and a rating made of two heaps that only half know it."""
    bad = 1 - found.table.bad
    heaps = np.where(np.arange(len(bad)) % 3 == 0, 300.0 + 400 * bad, 500 - 200 * bad)
    table = replace(found.table, bad=bad, beside={"rating": Column("rating", numbers=heaps)})
    section = alignment(Evidence(found.order, table, found.fit))
    assert section is not None
    assert section.warns
    assert "and its odds do not rise" in section.says[0]
