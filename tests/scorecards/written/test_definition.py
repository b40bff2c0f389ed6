"""A scorecard written as a definition again is the same scorecard, to its hash."""

from pathlib import Path
from random import Random

import pytest

from credence.scorecards.load import load_scorecard, shipped_names
from credence.scorecards.model import Scorecard
from credence.scorecards.written import definition_of, to_yaml
from tests.characteristics.reading import words
from tests.engines.random_worlds import random_scorecard
from tests.scorecards.cards import card, lab, write

EVERYTHING = """
one:
  category: bills
  question: How many bills were left unpaid?
  months: 12
  monotone: falling
  advice: false
  measure: {count: {kind: bill.unpaid}}
  attributes:
    - {up_to: 0, points: {times: -1.5, plus: 3, rounding: half_up, at_least: 0}, reason: A}
    - {in: [3, 4], points: 1, label: three or four}
    - {equals: 5, unscorable: B, reason: A}
    - {below: 9, points: {times: 1, plus: 0, rounding: floor}}
    - {points: 0}
two:
  measure: {days_since: {unit: months}}
  attributes: [{below: 3, points: 1}, {points: 2, label: long ago}]
  missing: {unscorable: B}
three:
  measure: {last_value: {kind: account.reported, field: status}}
  attributes: [{in: [current, late], points: 1}, {equals: paid, points: 4}, {points: 2}]
  missing: {points: 0, reason: A}
four:
  measure: {count: {}}
  points_each: {points: 3, cap: 9, reason: A, label: a thing}
five:
  measure: {column: income, type: text, context: payments}
  attributes: [{points: 2}]
  missing: {points: 0}
six:
  measure: {cross: [one, two]}
  attributes:
    - {when: {one: {at_least: 1, below: 3}, two: {missing: true}}, points: 5}
    - {when: {one: {in: [1, 2]}, two: {equals: 0}}, points: 6}
    - {points: 0}
"""
MORE = """
purpose: [small_loan, pay_later]
range: [-100, 1000]
jurisdiction: us
evaluated_on_day: 6
scorable_when:
  - {measure: {count: {}}, months: 24, at_least: 6, code: few, sentence: Few things are known}
  - any:
      - {measure: {count: {}}, above: 1}
      - {measure: {days_since: {}}, below: 0.5}
    code: none
    sentence: Nothing is known
bands: [{below: 5, name: low}, {name: high}]
categories: {bills: {title: Bills, meaning: How bills were paid}}
reasons: {A: Because, B: There is no score}
reasons_always: [A]
reason_points: above
baseline: {method: mean, points: {two: 1}}
"""


def again(written: Scorecard, folder: Path) -> Scorecard:
    """The scorecard that its own text loads as."""
    return load_scorecard(write(folder, to_yaml(written)), words())


def test_everything_that_a_definition_can_say_is_written(tmp_path: Path) -> None:
    more = MORE.replace("range: [-100, 1000]\n", "")
    written = card(tmp_path, lab(EVERYTHING, more))
    assert again(written, tmp_path) == written
    entries = definition_of(written)
    assert entries["reasons_always"] == ["A"]
    assert "range" not in entries


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_scorecard_is_written_as_it_is(name: str, tmp_path: Path) -> None:
    written = load_scorecard(name, words())
    assert again(written, tmp_path) == written


@pytest.mark.parametrize("seed", range(12))
def test_a_random_scorecard_is_written_as_it_is(seed: int, tmp_path: Path) -> None:
    written = random_scorecard(Random(seed), tmp_path)
    assert again(written, tmp_path) == written


def test_what_is_not_said_is_not_written(tmp_path: Path) -> None:
    assert to_yaml(card(tmp_path, lab())) == (
        "name: small\n"
        "version: 1\n"
        "title: Small\n"
        "setting: lab\n"
        "points_base: 0\n"
        "characteristics:\n"
        "  one:\n"
        "    measure: {count: {kind: bill.unpaid}}\n"
        "    attributes:\n"
        "      - {below: 1, points: 10}\n"
        "      - {points: 0}\n"
    )
