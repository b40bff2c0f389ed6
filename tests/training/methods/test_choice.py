import numpy as np
import pytest

from credence.training.fit import Fit, Wishes, fit
from credence.training.methods import choice
from tests.training.tables import fitted, numbers, table


@pytest.fixture(scope="module")
def made() -> dict[str, Fit]:
    """The made-up people's fit by each method."""
    return {name: fitted(Wishes(method=name)) for name in choice.BY_NAME}


def test_an_average_of_tables_is_a_table(made: dict[str, Fit]) -> None:
    fused, woe, average = (made[name].chosen.models for name in ("fused", "woe", "average"))
    for one, two, both in zip(fused, woe, average, strict=True):
        assert both.logits == pytest.approx((one.logits + two.logits) / 2)
        design = made["average"].design
        assert design.logits(design.values(both.steps), both.intercept) == pytest.approx(both.logits)


@pytest.mark.parametrize("name", ["fused", "woe", "average"])
def test_every_method_keeps_the_directions_and_parts_good_from_bad(made: dict[str, Fit], name: str) -> None:
    fit = made[name]
    assert (fit.method, name in fit.losses) == (name, True)
    values = fit.design.values(fit.chosen.models[-1].steps)
    start, ordered = fit.design.starts[1], fit.bins[1].ordered
    assert fit.directions["age"] == "rising"
    assert (np.diff(values[start : start + ordered]) <= 1e-12).all()
    assert fit.losses[name] < 0.6


def test_the_average_is_taken_where_nothing_is_surely_better(made: dict[str, Fit]) -> None:
    assert made["best"].method == "average"
    assert made["best"].losses == made["average"].losses


def test_a_method_that_is_surely_better_is_taken() -> None:
    # Of two incomes that go together, the one tells only beside the other: evidence one by one misses it.
    chance = np.random.Generator(np.random.PCG64(2))
    first, second = chance.normal(size=4000), chance.normal(size=4000)
    columns = [numbers("income", first.tolist()), numbers("rent", (first + second).tolist())]
    bad = (chance.random(4000) < 1 / (1 + np.exp(2 * second - first))).astype(float)
    found = fit(table(columns, bad.tolist()), Wishes(stated={"income": "either", "rent": "either"}))
    assert found.method == "fused"
    assert found.losses["fused"] < found.losses["average"] < found.losses["woe"]
