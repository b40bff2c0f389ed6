"""The definition in an Extension, and what stands beside it: an edit of either is told, not guessed away."""

from pathlib import Path

import pytest

from credence.errors import DefinitionError
from credence.scorecards.model import Scorecard
from credence.scorecards.pmml import read_pmml, write_pmml
from tests.scorecards.cards import card, lab

COUNT = """
one:
  measure: {count: {kind: bill.unpaid}}
  points_each: {points: 5, cap: 10}
"""


@pytest.fixture
def written(tmp_path: Path) -> Scorecard:
    return card(tmp_path, lab(COUNT))


def told(written: Scorecard, folder: Path, before: str, after: str) -> list[str]:
    """What is said of an edited file."""
    text = write_pmml(written)
    assert before in text
    path = folder / "card.pmml"
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_pmml(path)
    return [fault.sentence.removesuffix(ADVICE) for fault in caught.value.faults]


ADVICE = " Change both alike, or take the Extension out to keep what stands here."


def test_a_changed_attribute_is_told(written: Scorecard, tmp_path: Path) -> None:
    assert told(written, tmp_path, 'initialScore="0"', 'initialScore="7"') == [
        "initialScore is '7', and the Extension's definition says '0'."
    ]
    assert told(written, tmp_path, ' initialScore="0"', "") == [
        "initialScore is nothing, and the Extension's definition says '0'."
    ]


def test_a_changed_definition_is_told(written: Scorecard, tmp_path: Path) -> None:
    assert told(written, tmp_path, "points_base: 0", "points_base: 7") == [
        "initialScore is '0', and the Extension's definition says '7'."
    ]


def test_a_changed_text_is_told(written: Scorecard, tmp_path: Path) -> None:
    assert told(written, tmp_path, ">10</Constant>", ">11</Constant>") == [
        "Here stands '11', and the Extension's definition says '10'."
    ]


def test_another_element_is_told(written: Scorecard, tmp_path: Path) -> None:
    (said,) = told(written, tmp_path, "<True/>", "<False/>")
    assert said.startswith(
        "Here stand 1 False, 1 ComplexPartialScore, and the Extension's definition says 1 True,"
    )
    output = '<OutputField name="score" feature="predictedValue" dataType="double" optype="continuous"/>'
    assert told(written, tmp_path, output, "") == [
        "Here stand nothing, and the Extension's definition says 1 OutputField."
    ]


def test_what_says_nothing_about_points_may_change(written: Scorecard, tmp_path: Path) -> None:
    text = write_pmml(written).replace('description="Small"', 'copyright="Somebody"')
    text = text.replace('<PMML xmlns="', '<PMML xmlns:x="urn:x" x:note="seen" xmlns="')
    path = tmp_path / "card.pmml"
    path.write_text(text.replace("  <", "\t<"), encoding="utf-8")
    assert read_pmml(path).startswith("name: small\n")
