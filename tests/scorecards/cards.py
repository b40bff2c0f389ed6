"""Small scorecards for tests: written into a folder and loaded from there."""

from pathlib import Path
from textwrap import dedent, indent

import pytest

from credence.errors import DefinitionError
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from tests.characteristics.reading import words

ONE = """
one:
  measure: {count: {kind: bill.unpaid}}
  attributes: [{below: 1, points: 10}, {points: 0}]
"""
# A live scorecard with everything that a live one needs.
LIVE = """
name: rent
version: 1
title: Rent
setting: live
purpose: [rental_agreement]
range: [0, 10]
points_base: 0
scorable_when:
  - {measure: {count: {}}, at_least: 1, code: nothing, sentence: Nothing is known about you.}
bands: [{below: 5, name: low}, {name: high}]
categories: {rent: {title: Rent, meaning: How the rent was paid}}
reasons: {R1: Rent was left unpaid}
characteristics:
  unpaid:
    category: rent
    question: How often was the rent left unpaid?
    measure: {count: {kind: rent.unpaid}}
    attributes: [{below: 1, points: 10}, {points: 0, reason: R1}]
"""


def lab(characteristics: str = ONE, more: str = "") -> str:
    """The text of a lab scorecard with these characteristics, and more of its parts."""
    head = "name: small\nversion: 1\ntitle: Small\nsetting: lab\npoints_base: 0\n"
    return f"{head}{dedent(more)}\ncharacteristics:{indent(dedent(characteristics), '  ')}"


def of(measure: str, attributes: str, more: str = "") -> str:
    """The text of a characteristic `one` with this measure and these attributes."""
    return f"\none:\n  measure: {measure}\n  attributes: {attributes}\n{indent(dedent(more), '  ')}"


def write(folder: Path, text: str) -> Path:
    """Write a scorecard's file."""
    path = folder / "scorecard.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def card(folder: Path, text: str) -> Scorecard:
    """A scorecard without faults."""
    return load_scorecard(write(folder, text), words())


def faults(folder: Path, text: str) -> list[str]:
    """What is wrong with a scorecard, without the lines."""
    path = write(folder, text)
    with pytest.raises(DefinitionError) as caught:
        load_scorecard(path, words())
    return [f"{fault.path}: {fault.sentence}" for fault in caught.value.faults]
