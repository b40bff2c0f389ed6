"""What `credence train` understands of its options about learning, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest

from credence import load_scorecard
from credence.engines.flat import score_columns
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


def test_a_number_made_of_columns_is_asked_written_and_told(credence: Credence, tmp_path: Path) -> None:
    chance = np.random.Generator(np.random.PCG64(3))
    limit, used = np.round(np.exp(chance.normal(8, 1, 2000))), chance.random(2000)
    bad = chance.random(2000) < np.where(used > 0.8, 0.7, 0.1)
    columns: dict[str, list[object]] = {"balance": np.round(limit * used).tolist(), "limit": limit.tolist()}
    columns |= {"person_id": [*range(2000)], "bad": bad.astype(int).tolist()}
    people = write_csv(tmp_path / "people.csv", columns)
    learning = "train", people, "--outcome", "bad", "--random", "--derive", "3", "--method", "fused"
    ran = credence(*learning, "--crossings", "1", "--out", "card")
    assert (ran.code, ran.err) == (0, "")
    assert "Made of columns: balance_to_limit ('balance' by 'limit')." in ran.out
    assert credence("scorecards", "check", "./card").code == 0
    card = Path("card/scorecard.yaml").read_text(encoding="utf-8")
    assert "question: How much is the balance beside the limit?" in card
    assert "measure: {ratio: balance, to: limit}" in card
    assert "balance_to_limit_high: Balance to limit is high" in card
    readme = Path("card/README.md").read_text(encoding="utf-8")
    assert "| made of columns | balance_to_limit ('balance' by 'limit') |" in readme
    assert "--derive 3" in readme
    facts = credence(*learning, "--json").facts
    assert facts["derived"]["made"] == ["balance_to_limit"]
    scorecard = load_scorecard("card")
    arrays = {name: np.array(columns[name], dtype=np.float64) for name in ("balance", "limit")}
    worst = bad & (used > 0.8)
    scores = np.asarray(score_columns(scorecard, arrays))
    assert scores[worst].mean() < scores[~worst].mean() - 30


@pytest.mark.parametrize("more", ["--crossings", "--derive"])
@pytest.mark.parametrize(
    ("option", "value"), [("--rejects", "shops.csv"), ("--characteristics", "credit-standing")]
)
def test_what_columns_are_made_into_is_not_learnt_together_with_what_it_cannot_be(
    credence: Credence, together: Path, more: str, option: str, value: str
) -> None:
    ran = credence("train", together, "--outcome", "bad", "--random", more, "2", option, value)
    what = {"--crossings": "Crossings", "--derive": "Numbers made of columns"}[more]
    assert f"{what} cannot be learnt together with {option} yet" in refused(ran)
