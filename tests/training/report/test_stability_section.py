from dataclasses import replace

import numpy as np
import pytest

from credence.runs.report.drift import psi
from credence.training.evidence import Evidence
from credence.training.report.section import Section
from credence.training.report.stability_section import Period, stability_section


@pytest.fixture
def section(by_time: Evidence) -> Section:
    found = stability_section(by_time)
    assert found is not None
    return found


def data(section: Section) -> dict[str, object]:
    assert isinstance(section.facts, dict)
    return section.facts


def periods(section: Section) -> list[Period]:
    found = data(section)["periods"]
    assert isinstance(found, list)
    return found


def moved(section: Section) -> dict[str, list[float]]:
    found = data(section)["csi"]
    assert isinstance(found, dict)
    return found


def test_without_rows_held_out_nothing_is_compared_over_time(by_chance: Evidence) -> None:
    assert stability_section(by_chance) is None


def test_each_quarter_is_compared_with_the_rows_learnt_from(section: Section) -> None:
    found = periods(section)
    assert [one.label for one in found] == [
        *(f"2021 Q{n}" for n in (1, 2, 3, 4)), "2022 Q1", "2022 Q2", "2022 Q3", "2022 Q3, held out",
        "2022 Q4, held out",
    ]  # fmt: skip
    assert sum(one.rows for one in found) == 1199
    assert all(one.meaning in {"stable", "maybe chance"} for one in found[:6])
    assert found[-1].psi > 0.25
    assert (section.warns, found[-1].meaning) == (True, "shifted")
    assert section.says[0].startswith("From 2022-08-01 on the scores have shifted (PSI ")


def test_the_answers_that_moved_most_stand_first_with_the_points_they_moved(
    by_time: Evidence, section: Section
) -> None:
    found = moved(section)
    assert next(iter(found)) == "Debt"
    assert found["Debt"][-1] < -15
    last = periods(section)[-1]
    first = by_time.points.scores(by_time.fit.design).mean()
    assert sum(changes[-1] for changes in found.values()) == pytest.approx(last.mean_score - first, abs=0.05)


def test_a_psi_is_that_of_tenths_of_the_first_scores(by_time: Evidence, section: Section) -> None:
    held = by_time.held
    assert held is not None
    first = by_time.points.scores(by_time.fit.design)
    limits = np.unique(np.sort(first)[(np.arange(1, 10) * len(first)) // 10])
    sides = [np.histogram(s, [-np.inf, *limits, np.inf])[0].tolist() for s in (held.scores, first)]
    assert data(section)["psi_held_out"] == pytest.approx(psi(*sides), abs=1e-6)


def test_periods_with_few_bad_rows_have_no_auc_and_no_picture_of_it(
    by_time: Evidence, section: Section
) -> None:
    assert [picture.title for picture in section.pictures] == ["AUC", "Bad rate"]
    held = by_time.held
    assert held is not None
    good = replace(by_time, table=replace(by_time.table, bad=np.zeros(len(by_time.table.bad))))
    good.__dict__["held"] = replace(held, table=replace(held.table, bad=np.zeros(len(held.bad))))
    good.__dict__["scores"] = by_time.scores
    found = stability_section(good)
    assert found is not None
    assert [picture.title for picture in found.pictures] == ["Bad rate"]
    assert {row[6] for row in found.grids[0].rows} == {None}
