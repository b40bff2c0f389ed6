from dataclasses import replace
from pathlib import Path

import pytest

from credence.training.order import Looks
from credence.training.report.ranges import Spread
from credence.training.validating.before import Before, Column, Line, Rows
from credence.training.validating.run import validate
from credence.training.validating.sections import drift, periods, rows_of_standing
from credence.training.validating.standing import Standing
from tests.training.validating.standings import by_time, validated


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Standing:
    return validated(tmp_path_factory.mktemp("standing")).evidence


def known(standing: Standing, spread: Spread | None) -> Standing:
    """As if points had been learnt from rows whose scores were spread so."""
    debt = Column("Debt", [Line(40, 300), Line(0, 300)])
    return replace(standing, before=Before("", None, Rows(spread), [debt, Column("gone", [Line(1, 1)])]))


def test_rows_that_repeat_and_the_spread_of_scores_are_told(standing: Standing) -> None:
    section = rows_of_standing(replace(standing, table=replace(standing.table, duplicates=1), unscored=1))
    assert section.says[0].startswith("1 row repeats another in every answer and the outcome")
    assert section.says[1].startswith("1 row has no score")
    assert isinstance(section.facts, dict)
    assert section.facts["scores"] == Spread.of(standing.scores)


def test_where_nothing_is_known_of_the_rows_learnt_from_nothing_is_said(standing: Standing) -> None:
    assert drift(standing) is None
    section = drift(known(standing, None))
    assert section is not None
    assert section.says[0].endswith("is not known, so there is no PSI.")


def test_psi_and_csi_are_those_beside_the_rows_learnt_from(standing: Standing) -> None:
    spread = Spread.of(standing.scores)
    section = drift(known(standing, spread))
    assert section is not None
    assert section.says[0] == "Beside the rows learnt from the scores are spread as before (PSI 0.000)."
    assert isinstance(section.facts, dict)
    given = next(question.given for question in standing.questions if question.column == "Debt")
    assert section.facts["csi"] == {"Debt": round(float(given.mean()) - 20, 2)}
    assert not section.warns


def test_scores_that_shifted_warn_unless_chance_may_have_made_it(standing: Standing) -> None:
    limits = Spread.of(standing.scores).limits
    much = drift(known(standing, Spread(limits, [3000, *[10] * len(limits)])))
    assert much is not None
    assert much.warns
    assert "the scores have shifted (PSI" in much.says[0]
    few = drift(known(standing, Spread(limits, [3, *[1] * len(limits)])))
    assert few is not None
    assert not few.warns
    assert "moved no more than chance may make" in few.says[0]


def test_periods_are_told_beside_all_rows(tmp_path: Path, standing: Standing) -> None:
    assert periods(standing) is None
    found = periods(validate(by_time(tmp_path, Looks())).evidence)
    assert found is not None
    assert found.says[0] == "Rows from 2021-01-01 to 2022-12-01 by 'observed_on'."
    assert isinstance(found.facts, dict)
    assert [one.period for one in found.facts["periods"]][:2] == ["2021 Q1", "2021 Q2"]
    assert not any(one.held_out for one in found.facts["periods"])
