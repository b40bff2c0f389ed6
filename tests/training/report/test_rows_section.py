from dataclasses import replace

import numpy as np

from credence.training.chance.twins import Twins
from credence.training.evidence import Evidence
from credence.training.report.rows_section import rows_section
from tests.training.chance.test_twins import copied


def test_rows_cut_by_chance_are_told(by_chance: Evidence) -> None:
    section = rows_section(by_chance)
    assert any(said.startswith("Folds were cut by chance") for said in section.says)
    assert section.grids[0].rows[0][:2] == ("learnt from, in folds", 1200)
    assert len(section.grids[0].rows) == 1
    assert isinstance(section.facts, dict)
    assert section.facts["unscored"] == 0


def test_rows_held_out_are_told_and_those_without_a_score(by_time: Evidence) -> None:
    section = rows_section(by_time)
    assert section.grids[0].rows[1][:2] == ("held out by time", 250)
    told = " ".join(section.says)
    assert "1 row held out has no score" in told
    assert "Rows with the same 'person_id' are in one fold" in told


def test_many_repeats_and_groups_on_both_sides_warn(by_time: Evidence) -> None:
    table = by_time.table
    both = replace(table, duplicates=60, split=replace(table.split, both=30))
    found = replace(by_time, table=both)
    found.__dict__["held"] = by_time.held
    section = rows_section(found)
    assert section.warns
    assert section.says[0].startswith("60 of 1,200 rows repeat another in every answer and the outcome.")
    assert any(said.startswith("30 of 250 rows held out have a 'person_id'") for said in section.says)


def test_near_twins_warn_and_their_outcomes_are_told(by_chance: Evidence) -> None:
    found = rows_section(replace(by_chance, table=copied(0.01)))
    assert found.warns
    assert "are far nearer to one other row than to the rest" in found.says[0]
    assert isinstance(found.facts, dict)
    assert isinstance(found.facts["twins"], Twins)


def test_where_all_rows_are_near_twins_there_are_no_others(by_chance: Evidence) -> None:
    assert (
        "of these are bad, and - of the others."
        in rows_section(replace(by_chance, table=copied(1e-9))).says[0]
    )


def test_a_table_too_small_for_neighbours_says_nothing_of_them(by_chance: Evidence) -> None:
    small = by_chance.table.taken(np.arange(len(by_chance.table.bad)) < 50)
    section = rows_section(replace(by_chance, table=replace(small, duplicates=0)))
    assert not section.warns
    assert not any("nearer" in said for said in section.says)
