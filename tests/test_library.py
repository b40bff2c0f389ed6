"""The shelf: what holds for every scorecard that comes with Credence."""

import re
from functools import cache
from pathlib import Path

import pytest

from credence.errors import DefinitionError
from credence.scorecards import reasons
from credence.scorecards.check import warnings
from credence.scorecards.load import LIBRARY, load_scorecard, shipped_names
from credence.scorecards.model import Scorecard
from credence.scoring.cases import load_cases, run_cases

NAMES = shipped_names()
LIVE = ["everyday", "fico"]
LAB = [name for name in NAMES if name not in LIVE]
# Those whose model cards are written alike; the others have tests of their own.
ALIKE = [name for name in NAMES if name not in ("everyday", "friends")]
HEADINGS = [
    "What it is for",
    "Who must not use it",
    "What the original did",
    "Where the numbers come from",
    "Points",
    "What differs here",
    "Known harms",
    "What missing means",
    "How to contest",
]


@cache
def card_of(name: str) -> Scorecard:
    return load_scorecard(name)


def model_card(name: str) -> str:
    return (LIBRARY / name / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "everyday"])  # has a test of its own
def test_the_worked_cases_come_out_alike_on_both_engines(name: str) -> None:
    cases = load_cases(LIBRARY / name / "cases.yaml")
    assert len(cases) >= 3
    assert run_cases(card_of(name), cases) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_to_look_at(name: str) -> None:
    assert warnings(card_of(name)) == []
    assert card_of(name).name == name


def test_two_may_be_used_for_real_people() -> None:
    assert [name for name in NAMES if card_of(name).setting == "live"] == LIVE


@pytest.mark.parametrize("name", LAB)
def test_a_lab_scorecard_is_refused_as_live_with_the_rule_that_bars_it(name: str, tmp_path: Path) -> None:
    text = (LIBRARY / name / "scorecard.yaml").read_text(encoding="utf-8")
    file = tmp_path / "scorecard.yaml"
    file.write_text(text.replace("setting: lab", "setting: live"), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_scorecard(file)
    barred = [fault.sentence for fault in caught.value.faults if "barred from live" in fault.sentence]
    assert barred
    assert all("(Rule: " in sentence for sentence in barred)


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_can_be_told(name: str) -> None:
    card = card_of(name)
    codes = {getattr(row, "unscorable", None) for c in card.characteristics for row in c.rows()}
    assert set(card.reasons) == set(card.reason_codes()) | (codes - {None})


@pytest.mark.parametrize("name", ALIKE)
def test_whatever_moves_the_score_down_is_told_by_a_reason(name: str) -> None:
    card = card_of(name)
    sign = -1 if card.reason_points == "above" else 1
    for characteristic in card.characteristics:
        usual = reasons.usual(card).totals[characteristic.name] or 0
        for row in characteristic.rows():
            points = row.points if isinstance(row.points, int) else 0
            scored = getattr(row, "unscorable", None) is None
            assert row.reason or not scored or sign * (usual - points) <= 0, characteristic.name


@pytest.mark.parametrize("name", ALIKE)
def test_a_model_card_says_all_that_it_must(name: str) -> None:
    text = model_card(name)
    assert [h for h in HEADINGS if f"\n## {h}\n" not in text] == []
    assert f"`{name}@{card_of(name).version}`" in text
    assert len(text.splitlines()) < 100


@pytest.mark.parametrize("name", ALIKE)
def test_a_model_card_names_every_category_and_band(name: str) -> None:
    card, text = card_of(name), model_card(name)
    for category in card.categories.values():
        assert f"| {category.title} |" in text, category.title
    for band in card.bands:
        assert f"| {band.name} |" in text, band.name


@pytest.mark.parametrize("name", [name for name in ALIKE if card_of(name).range])
def test_a_model_card_has_the_limits_of_every_band(name: str) -> None:
    card = card_of(name)
    assert card.range is not None
    starts = [card.range[0], *(b.below for b in card.bands if b.below is not None)]
    ends = [*(start - 1 for start in starts[1:]), card.range[1]]
    rows = re.findall(r"^\| (.+) \| (\d+) \| (\d+) \|$", model_card(name), re.MULTILINE)
    found = {(band, int(low), int(high)) for band, low, high in rows}
    assert found >= {(b.name, low, high) for b, low, high in zip(card.bands, starts, ends, strict=True)}


@pytest.mark.parametrize("name", [name for name in ALIKE if card_of(name).range])
def test_a_model_card_has_the_most_points_of_every_category(name: str) -> None:
    card, text = card_of(name), model_card(name)
    for key, category in card.categories.items():
        most = sum(c.points_most or 0 for c in card.characteristics if c.category == key)
        assert f"| {category.title} | {most} |" in text, category.title


def test_the_page_of_the_shelf_names_every_scorecard() -> None:
    page = Path(__file__).parents[1] / "docs" / "explanation" / "the-shelf.md"
    text = page.read_text(encoding="utf-8")
    assert [name for name in NAMES if f"(../../src/credence/library/{name}/README.md)" not in text] == []
