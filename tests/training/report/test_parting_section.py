import numpy as np
import pytest

from credence.training.evidence import Evidence
from credence.training.report.parting_section import lift, parting_section
from credence.training.sample import Sample
from tests.training.tables import table


def sample(scores: list[float], bad: list[float]) -> Sample:
    return Sample("some", table([], bad), np.array(scores), np.full(len(bad), 0.5))


def test_tenths_catch_the_bad_from_the_least_scores() -> None:
    scores = [float(n) for n in range(100)]
    tenths = lift(sample(scores, [1.0] * 20 + [0.0] * 80))
    assert [tenth["rows"] for tenth in tenths] == [10] * 10
    assert [tenth["lift"] for tenth in tenths[:3]] == [5, 5, 0]
    assert [tenth["bad_caught"] for tenth in tenths[:3]] == [0.5, 1, 1]
    assert tenths[2]["good_caught"] == 0.125
    assert (tenths[3]["score_from"], tenths[3]["score_to"], tenths[9]["good_caught"]) == (30, 39, 1)


def test_the_section_says_where_good_and_bad_are_furthest_apart(by_chance: Evidence) -> None:
    section = parting_section(by_chance)
    assert isinstance(section.facts, dict)
    at = section.facts["ks_score"]
    bad, scores = by_chance.table.bad, by_chance.scores
    away = (scores[bad == 1] <= at).mean() - (scores[bad == 0] <= at).mean()
    assert away == pytest.approx(by_chance.figures.ks, abs=1e-6)
    assert f"(KS {by_chance.figures.ks:.4f})" in section.says[1]
    assert [picture.title for picture in section.pictures] == ["ROC and KS", "Scores"]
    assert 'class="now"' in section.pictures[1].svg
    assert len(section.grids[0].rows) == 10


def test_rows_held_out_are_those_looked_at(by_time: Evidence) -> None:
    section = parting_section(by_time)
    assert isinstance(section.facts, dict)
    assert section.facts["rows"] == "out of time"
