"""Crossings on made-up people of whom two answers count together, or do not."""

from dataclasses import replace

import numpy as np
import pytest

from credence.training.columns import Column, Table
from credence.training.fit import Fit, Wishes, fit
from credence.training.pairing.pick import proposed, with_columns, with_pairs
from tests.training.tables import numbers, table, texts

ROWS = 4000


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def people(strength: float) -> Table:
    """People of whom a late payment is bad only in a shop, as much as is said."""
    chance = np.random.Generator(np.random.PCG64(4))
    late, place = chance.integers(0, 6, ROWS), chance.choice(["shop", "market", "web"], ROWS)
    age = chance.integers(18, 80, ROWS)
    together = (late > 2) & (place == "shop")
    logits = strength * together + late / 5 - age / 60 - 0.5
    bad = (chance.random(ROWS) < 1 / (1 + np.exp(-logits))).astype(float).tolist()
    columns = [numbers("late", late.tolist()), texts("place", place.tolist()), numbers("age", age.tolist())]
    return table(columns, bad)


@pytest.fixture(scope="module")
def plain() -> tuple[Table, Fit]:
    """People whose answers count together much, and their fit without crossings."""
    made = people(2.5)
    return made, fit(made, Wishes(method="fused"))


def test_the_pair_that_counts_together_is_picked_by_every_model(plain: tuple[Table, Fit]) -> None:
    found = proposed(plain[1], 1)
    assert [(each.name, each.picked) for each in found] == [("late x place", (True,) * 6)]


def test_a_crossing_is_kept_where_it_lowers_the_loss_out_of_fold(plain: tuple[Table, Fit]) -> None:
    wider, found = with_pairs(*plain, 1, silent)
    assert [column.name for column in wider.columns] == ["late", "place", "age", "late x place"]
    assert found.losses["fused"] < plain[1].losses["fused"] - 0.01
    assert found.points.lines[-1]
    assert found.directions["late"] == "falling"


def test_crossings_that_do_not_earn_it_are_left_out() -> None:
    made = people(0.0)
    usual = fit(made, Wishes(method="fused"))
    assert with_pairs(made, usual, 2, silent) == (made, usual)
    assert with_pairs(made, usual, 0, silent) == (made, usual)


def test_rows_held_out_get_the_columns_too(plain: tuple[Table, Fit]) -> None:
    made, usual = plain
    crossings = proposed(usual, 1)
    wider = with_columns(replace(made, later=people(1.0)), crossings)
    assert wider.later is not None
    assert wider.later.columns[-1].name == wider.columns[-1].name == "late x place"


def test_a_model_that_did_not_pick_a_crossing_has_nothing_of_it(plain: tuple[Table, Fit]) -> None:
    made, usual = plain
    crossing = replace(proposed(usual, 1)[0], picked=(True, False, True, True, True, True))
    found = fit(with_columns(made, (crossing,)), replace(usual.wishes, crossings=(crossing,)))
    cells = slice(found.design.starts[3], found.design.starts[4])
    spans = [float(np.ptp(found.design.values(model.steps)[cells])) for model in found.chosen.models]
    assert spans[1] == 0
    assert min(spans[0], *spans[2:]) > 0.5


def test_a_pair_that_would_be_called_like_a_column_is_not_crossed(plain: tuple[Table, Fit]) -> None:
    made, _ = plain
    taken = Column("late x place", np.where(np.arange(ROWS) % 3, 1.0, 0.0))
    found = proposed(fit(replace(made, columns=(*made.columns, taken)), Wishes(method="fused")), 3)
    assert "late x place" not in {each.name for each in found}
