from dataclasses import replace

import numpy as np
import pytest

from credence.training.evidence import Evidence
from credence.training.order import Looks


def test_the_cut_off_is_the_one_asked_for_or_accepts_seven_in_ten(
    by_chance: Evidence, by_time: Evidence
) -> None:
    assert by_time.cut_off == 480
    assert (by_chance.scores >= by_chance.cut_off).mean() >= 0.7
    assert (by_chance.scores > by_chance.cut_off).mean() < 0.7
    named = replace(by_chance, order=replace(by_chance.order, looks=Looks(cut_off=1)))
    assert named.cut_off == 1


def test_rows_out_of_fold_come_first_where_none_were_held_out(by_chance: Evidence) -> None:
    assert by_chance.held is None
    assert by_chance.headline is by_chance.folded
    assert by_chance.folded.name == "out of fold"
    assert by_chance.folded.scores is by_chance.scores


def test_rows_held_out_are_scored_by_the_scorecard_as_it_is(by_time: Evidence) -> None:
    held, later = by_time.held, by_time.table.later
    assert held is not None
    assert later is not None
    assert by_time.headline is held
    assert len(held.bad) == len(later.bad) - 1
    assert held.chances == pytest.approx(by_time.points.chances(held.scores))
    assert held.table.beside["observed_on"].numbered()[0][0] == by_time.table.split.held_from


def test_some_rows_of_a_sample_keep_what_belongs_to_them(by_chance: Evidence) -> None:
    whole = by_chance.folded
    some = whole.taken(np.arange(len(whole.bad)) % 7 == 0)
    assert some.bad.tolist() == whole.bad[::7].tolist()
    assert some.scores.tolist() == whole.scores[::7].tolist()
    assert some.chances.tolist() == whole.chances[::7].tolist()


def test_figures_are_made_once(by_chance: Evidence) -> None:
    assert by_chance.figures is by_chance.figures
    assert by_chance.figures.out_of_time is None


def test_rows_held_out_of_people_who_were_not_learnt_from_are_strangers(
    by_time: Evidence, by_chance: Evidence
) -> None:
    assert by_chance.strangers is None
    held, strangers = by_time.held, by_time.strangers
    assert held is not None
    assert strangers is not None
    assert by_time.table.split.both == 1
    assert len(strangers.bad) == len(held.bad) - 1
    learnt = set(by_time.table.beside["person_id"].numbered()[0])
    assert not learnt & set(strangers.table.beside["person_id"].numbered()[0])
    whole = replace(by_time, table=replace(by_time.table, split=replace(by_time.table.split, both=0)))
    assert whole.strangers is None
