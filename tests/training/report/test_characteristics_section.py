from dataclasses import replace

import numpy as np
import pytest

from credence.training import figures
from credence.training.evidence import Evidence
from credence.training.report import characteristics_section as looked
from credence.training.report.characteristics_section import Told, characteristics_section


def told_of(evidence: Evidence) -> list[Told]:
    found = characteristics_section(evidence).facts
    assert isinstance(found, list)
    return found


def test_every_question_is_told_with_its_lines(by_chance: Evidence) -> None:
    section, told = characteristics_section(by_chance), told_of(by_chance)
    assert {one.column for one in told} == {"Debt", "age", "purpose", "late"}
    assert sum(len(one.answers) for one in told) == by_chance.points.rows
    assert all(sum(answer.rows for answer in one.answers) == 1200 for one in told)
    values = [one.information_value for one in told]
    assert values == sorted(values, reverse=True)
    assert len(section.grids) == 5
    assert not section.warns


def test_what_questions_carry_adds_up_to_what_parts_good_from_bad(by_chance: Evidence) -> None:
    scores = by_chance.points.scores(by_chance.fit.design)
    bad = by_chance.table.bad
    apart = scores[bad == 0].mean() - scores[bad == 1].mean()
    assert sum(one.good_less_bad for one in told_of(by_chance)) == pytest.approx(apart, abs=0.03)


def test_the_information_value_is_that_of_the_lines(by_chance: Evidence) -> None:
    purpose = next(one for one in told_of(by_chance) if one.column == "purpose")
    bads = np.array([round(a.rows * (a.bad_rate or 0)) for a in purpose.answers], dtype=float)
    rows = np.array([a.rows for a in purpose.answers], dtype=float)
    assert purpose.information_value == pytest.approx(figures.information_value(rows - bads, bads), abs=1e-3)


def test_questions_that_tell_suspiciously_much_are_named(
    by_chance: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked, "SUSPICIOUS", 9.0)
    assert not any("suspiciously" in said for said in characteristics_section(by_chance).says)
    monkeypatch.setattr(looked, "SUSPICIOUS", 0.0)
    assert "suspiciously much by themselves: " in characteristics_section(by_chance).says[1]
    monkeypatch.setattr(looked, "LEAKING", 0.0)
    section = characteristics_section(by_chance)
    assert section.warns
    assert "somebody must ask when they were known: " in section.says[0]


def test_a_line_without_rows_has_no_bad_rate(by_chance: Evidence) -> None:
    lines = tuple((*mine, replace(mine[-1], attributes=())) for mine in by_chance.points.lines)
    found = replace(by_chance)
    found.__dict__["points"] = replace(by_chance.points, lines=lines)
    assert characteristics_section(found).grids[1].rows[-1][2:4] == (0, None)
