"""Two scorecards compared in words: nothing is said of equal ones, and something of every difference."""

import json
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import CredenceError, load_scorecard
from credence.scorecards.load import shipped_names
from credence.scoring.diff import changes
from tests.engines.random_worlds import random_scorecard
from tests.scorecards.cards import LIVE, card

MORE = LIVE.replace(
    "characteristics:",
    """characteristics:
  paid:
    category: rent
    question: How often was the rent paid?
    months: 12
    measure: {count: {kind: rent.paid}}
    points_each: {points: 1, cap: 3, reason: R1}
  share:
    category: rent
    question: How much of it was paid?
    measure: {share: {kind: rent.paid}, of: {kind: [rent.paid, rent.unpaid]}}
    attributes: [{below: 0.5, points: 0, reason: R1}, {below: 0.9, points: 1, reason: R1}, {points: 2}]
    missing: {points: 1, reason: R1}""",
).replace("[0, 10]", "[-10, 90]")
RULE = "  - {measure: {count: {}}, at_least: 1, code: nothing, sentence: Nothing is known about you.}\n"
OTHER_RULE = RULE.replace("at_least: 1, code: nothing", "at_least: 2, code: little")


def told(folder: Path, old: str, new: str) -> list[str]:
    (folder / "new").mkdir(exist_ok=True)
    return [change.sentence for change in changes(card(folder, old), card(folder / "new", new))]


ONE_KIND, TOP = "{count: {kind: rent.paid}}", "The band 'top' is new: the rest."
ASKED = "paid: the question: How often"
WINDOW, MEASURE = "paid: the window in months", "paid: the measure"
GONE, TO_NONE = "share: the row '0.5 to 0.9' is gone", "missing: {points: 1, reason: R1}"


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ("version: 1", "version: 2", ["The version: 1 -> 2."]),
        ("points_base: 0", "points_base: 5", ["What everyone starts with: 0 -> 5."]),
        ("rental_agreement", "rental_deposit", ["The purposes: [rental_agreement] -> [rental_deposit]."]),
        ("{below: 5, name: low}", "{below: 6, name: low}", ["The band 'low': {below: 5} -> {below: 6}."]),
        ("name: high", "name: top", ["The band 'high' is gone: the rest.", TOP]),
        ("R1: Rent was left unpaid", "R1: No rent", ["The reason 'R1': Rent was left unpaid -> No rent."]),
        ("at_least: 1,", "at_least: 2,", ["The rule 'nothing', at_least: 1 -> 2."]),
        ("months: 12", "months: 24", [f"{WINDOW}: 12 -> 24."]),
        ("    months: 12\n", "", [f"{WINDOW}: 12 -> nothing."]),
        (ONE_KIND, "{count: {}}", [f"{MEASURE}: {ONE_KIND} -> {{count: {{}}}}."]),
        ("was the rent paid?", "was it?", [f"{ASKED} was the rent paid? -> How often was it?"]),
        ("below: 0.5", "below: 0.6", ["share: the row 'below 0.5' -> 'below 0.6'."]),
        ("below: 0.9, points: 1", "below: 0.9, points: -1", ["share, '0.5 to 0.9': points 1 -> -1."]),
        ("{below: 0.9, points: 1, reason: R1}, ", "", [f"{GONE}: points 1, reason R1."]),
        ("cap: 3", "cap: 4", ["paid, 'each': the most points 3 -> 4."]),
        (TO_NONE, "missing: {unscorable: R1, reason: R1}",
         ["share, 'missing': points 1 -> nothing.", "share, 'missing': no score nothing -> R1."]),
        ("below: 0.5,", "below: 0.5, label: half,", ["share: the row 'below 0.5' -> 'half' (below 0.5)."]),
    ],
)  # fmt: skip
def test_a_change_is_one_sentence_with_old_and_new(
    tmp_path: Path, before: str, after: str, sentences: list[str]
) -> None:
    assert before in MORE
    assert told(tmp_path, MORE, MORE.replace(before, after, 1)) == sentences


def test_questions_come_go_and_change_their_order(tmp_path: Path) -> None:
    start, end = MORE.index("  share:"), MORE.index("  unpaid:")
    share, unpaid = MORE[start:end], MORE[end:]
    gone = told(tmp_path, MORE, MORE[:start] + unpaid)
    assert gone == ["share is gone: How much of it was paid? (up to 2 points)"]
    new = told(tmp_path, MORE[:start] + unpaid, MORE)
    assert new == ["share is new: How much of it was paid? (up to 2 points)"]
    turned = told(tmp_path, MORE, MORE[:start] + unpaid + share)
    assert turned == ["The order of questions: paid, share, unpaid -> paid, unpaid, share."]


def test_a_question_without_a_limit_says_so(tmp_path: Path) -> None:
    lab = LIVE.replace("setting: live", "setting: lab").replace("range: [0, 10]\n", "")
    more = lab + "  each:\n    measure: {count: {}}\n    points_each: {points: 1}\n"
    assert told(tmp_path, lab, more) == ["each is new: each (points without a limit)"]


def test_rules_come_go_and_change_their_order(tmp_path: Path) -> None:
    both, turned = MORE.replace(RULE, RULE + OTHER_RULE), MORE.replace(RULE, OTHER_RULE + RULE)
    twice = MORE.replace(RULE, RULE + RULE)
    (new,) = told(tmp_path, MORE, both)
    assert new.startswith("The rule 'little' is new: [{measure: {count: {}}, at_least: 2, ")
    assert told(tmp_path, both, turned) == ["The order of rules: nothing, little -> little, nothing."]
    assert len(told(tmp_path, MORE, twice)) == 1


def test_the_order_of_reasons_is_told_for_it_decides_between_equals(tmp_path: Path) -> None:
    old = MORE.replace("{R1: Rent was left unpaid}", "{R1: One, R2: Two}")
    new = MORE.replace("{R1: Rent was left unpaid}", "{R2: Two, R1: One}")
    assert told(tmp_path, old, new) == ["The order of 'reasons': R1, R2 -> R2, R1."]


@pytest.mark.parametrize("name", shipped_names())
def test_nothing_is_said_of_a_scorecard_and_itself(name: str) -> None:
    assert changes(load_scorecard(name), load_scorecard(name)) == []


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), other=st.integers(0, 2**32 - 1))
def test_something_is_said_of_scorecards_with_different_hashes(seed: int, other: int) -> None:
    with TemporaryDirectory() as name:
        old, new = (random_scorecard(Random(s), Path(name)) for s in (seed, other))
    assert (changes(old, new) == []) == (old.definition_hash == new.definition_hash)


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1))
def test_something_is_said_of_every_single_change_that_moves_the_hash(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        old = random_scorecard(chance, folder)
        definition = json.loads((folder / "random.yaml").read_text(encoding="utf-8"))
        part: Any = definition
        path: list[tuple[Any, Any]] = []
        while isinstance(part, dict | list) and part:
            key = chance.choice(list(part) if isinstance(part, dict) else range(len(part)))
            path.append((part, key))
            part = part[key]
        inside, key = path[-1]
        inside[key] = chance.choice([part, 3, 4, "B", "C", 1.5, True])
        (folder / "random.yaml").write_text(json.dumps(definition), encoding="utf-8")
        try:
            new = load_scorecard(folder / "random.yaml")
        except CredenceError:
            return
        if old.definition_hash != new.definition_hash:
            assert changes(old, new) != []
