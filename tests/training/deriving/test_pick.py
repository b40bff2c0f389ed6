"""Numbers made of columns are kept where they earn it, on rows that did not pick them."""

from dataclasses import replace

import numpy as np
import pytest

from credence.training.columns import Table
from credence.training.deriving.pick import GAIN_LEAST, Derivations, with_derived
from credence.training.fit import Fit, Wishes, fit
from tests.training.tables import numbers, table

ROWS = 3000


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def people(strength: float) -> Table:
    """People with bad ends after many delays, or with much of a limit used, as much as is said."""
    chance = np.random.Generator(np.random.PCG64(3))
    limit = np.exp(chance.normal(8, 1, ROWS))
    used = chance.random(ROWS)
    delays = [chance.poisson(0.7, ROWS) for _ in range(5)]
    logits = strength * (2.5 * (used > 0.8) + 2.5 * (np.mean(delays, axis=0) > 0.9)) - 2.0
    bad = (chance.random(ROWS) < 1 / (1 + np.exp(-logits))).astype(float).tolist()
    amounts = [
        numbers("balance", np.round(limit * used).tolist()),
        numbers("limit", np.round(limit).tolist()),
    ]
    return table([*amounts, *(numbers(f"delay_{n}", d.tolist()) for n, d in enumerate(delays))], bad)


@pytest.fixture(scope="module")
def plain() -> tuple[Table, Fit]:
    """People whose columns count together, and their fit without that."""
    made = people(1.5)
    return made, fit(made, Wishes(method="fused"))


def test_what_is_worth_it_is_asked_and_every_fold_picked_it(plain: tuple[Table, Fit]) -> None:
    wider, found, told = with_derived(*plain, 2, silent)
    assert {each.name for each in told.made} == {"balance_to_limit", "average_delay"}
    assert told.picked == {"balance_to_limit": 5, "average_delay": 5}
    assert {column.name for column in wider.columns[-2:]} == {"balance_to_limit", "average_delay"}
    assert found.losses["fused"] < plain[1].losses["fused"]
    assert all(found.points.lines[-2:])
    assert told.before - told.after > GAIN_LEAST * told.before


def test_no_more_are_asked_than_may_be_and_none_twice(plain: tuple[Table, Fit]) -> None:
    assert len(with_derived(*plain, 1, silent)[2].made) == 1
    assert len(with_derived(*plain, 9, silent)[2].made) < 5
    assert with_derived(*plain, 0, silent) == (*plain, Derivations())


def test_rows_held_out_have_them_too(plain: tuple[Table, Fit]) -> None:
    made, usual = plain
    wider, _, _ = with_derived(replace(made, later=made.taken(made.folds == 0)), usual, 1, silent)
    assert wider.later is not None
    assert len(wider.later.columns) == len(made.columns) + 1


def test_what_tells_nothing_is_not_asked() -> None:
    made = people(0.0)
    usual = fit(made, Wishes(method="fused"))
    table_after, fit_after, told = with_derived(made, usual, 3, silent)
    assert (table_after, fit_after, told.made) == (made, usual, ())
    assert told.tried == 4


def test_what_helps_too_little_is_not_asked() -> None:
    """The loss falls, by less than is found by chance where many numbers are tried."""
    made = people(0.29)
    usual = fit(made, Wishes(method="fused"))
    _, after, told = with_derived(made, usual, 1, silent)
    assert (after, told.made) == (usual, ())
    assert told.before > told.after
    assert told.picked == {"balance_to_limit": 1}
