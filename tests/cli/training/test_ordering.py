"""What `credence train` understands of its options about learning, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest

from tests.cli.commands import Credence, refused
from tests.training.tables import answers, write_csv


@pytest.fixture
def together(tmp_path: Path) -> Path:
    """A table of people of whom a late payment is bad in a shop alone."""
    made = answers(3000)
    chance = np.random.Generator(np.random.PCG64(9))
    late, shop = chance.integers(0, 6, 3000), chance.random(3000) < 0.4
    logits = np.where(shop & (late > 2), 2.5, 0.0) + late / 10 - 1.0
    bad = chance.random(3000) < 1 / (1 + np.exp(-logits))
    columns: dict[str, list[object]] = {"late": late.tolist(), "shop": shop.astype(int).tolist()}
    columns |= {"Debt": made["Debt"], "bad": bad.astype(int).tolist()}
    return write_csv(tmp_path / "shops.csv", columns)


def test_a_pair_that_counts_together_is_crossed_and_told(credence: Credence, together: Path) -> None:
    ran = credence("train", together, "--outcome", "bad", "--random", "--crossings", "1", "--out", "card")
    assert (ran.code, ran.err) == (0, "")
    assert " Crossed: late x shop.\n" in ran.out
    assert credence("scorecards", "check", "./card").code == 0
    card = Path("card/README.md").read_text(encoding="utf-8")
    assert "| crossed | `late x shop` |" in card
    assert "--crossings 1" in card
    assert "late_x_shop:" in Path("card/scorecard.yaml").read_text(encoding="utf-8")


def test_the_method_that_is_asked_for_is_the_one_that_learns(credence: Credence, together: Path) -> None:
    facts = credence("train", together, "--outcome", "bad", "--random", "--method", "woe", "--json").facts
    assert (facts["method"], list(facts["methods"]), facts["crossings"]) == ("woe", ["woe"], [])


@pytest.mark.parametrize(
    ("option", "value"), [("--rejects", "shops.csv"), ("--characteristics", "credit-standing")]
)
def test_crossings_are_not_learnt_together_with_what_they_cannot_be(
    credence: Credence, together: Path, option: str, value: str
) -> None:
    ran = credence("train", together, "--outcome", "bad", "--random", "--crossings", "2", option, value)
    assert f"Crossings cannot be learnt together with {option} yet" in refused(ran)
