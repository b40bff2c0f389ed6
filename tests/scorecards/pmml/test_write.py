"""PMML out, and in again: the same scorecard with its Extension, the same points without it."""

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.errors import PmmlError
from credence.scorecards.load import load_scorecard, load_text, shipped_names
from credence.scorecards.model import Scorecard
from credence.scorecards.pmml import read_pmml, write_pmml
from credence.xml_file import XmlElement, parse_xml
from tests.scorecards.cards import card, lab
from tests.scorecards.pmml.random_cards import columns_of, random_card, random_people
from tests.scorecards.pmml.samples import AGE, DEPARTMENT, INCOME, document, loaded, row

WHOLE = """
spending:
  measure: {sum: {kind: payment.settled, field: amount, currency: CNY}}
  months: 12
  attributes: [{equals: 0, points: 3}, {below: 100, points: 5, reason: A}, {points: 9}]
  missing: {points: 1, reason: B}
"""
REASONS = "reasons: {A: Little was spent, B: Nothing is known, N: There is no score}"


def again(text: str, folder: Path) -> Scorecard:
    """The scorecard that a PMML text is read as."""
    path = folder / "card.pmml"
    path.write_text(text, encoding="utf-8")
    return load_text(read_pmml(path), "card")


def bare(text: str) -> str:
    """The same PMML without our Extension."""
    return re.sub(r"\s*<Extension.*</Extension>", "", text, flags=re.DOTALL)


def shown(found: Scorecard, *parts: str) -> list[XmlElement]:
    """The elements at a place below the Scorecard."""
    at = [parse_xml(write_pmml(found).encode(), "it").all("Scorecard")[0]]
    for part in parts:
        at = [child for parent in at for child in parent.all(part)]
    return at


def attributes_of(found: Scorecard) -> list[str]:
    """The attributes of the first characteristic, in a line each."""
    first = shown(found, "Characteristics", "Characteristic")[0]
    return [f"{e.attributes.get('partialScore')} {told(e.children[0])}" for e in first.children]


def told(predicate: XmlElement) -> str:
    inner = " ".join(told(child) for child in predicate.children)
    named = [
        predicate.attributes[name]
        for name in ("booleanOperator", "operator", "value")
        if name in predicate.attributes
    ]
    return " ".join([*(named or [predicate.tag]), *([f"({inner})"] if inner else [])])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_scorecard_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.getbasetemp()
    written = random_card(Random(seed), folder)
    assert again(write_pmml(written), folder) == written


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_others_can_read_gives_the_same_points(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance, folder = Random(seed), tmp_path_factory.getbasetemp()
    written = random_card(chance, folder)
    found = again(bare(write_pmml(written)), folder)
    for person in random_people(chance, columns_of(written), 25):
        assert row(found, **person).score == row(written, **person).score, person


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_scorecard_comes_back_the_same_unless_it_crosses(name: str, tmp_path: Path) -> None:
    written = load_scorecard(name)
    if any(c.measure.name == "cross" for c in written.characteristics):
        with pytest.raises(PmmlError, match="crosses several characteristics"):
            write_pmml(written)
    else:
        assert again(write_pmml(written), tmp_path) == written


def test_what_others_wrote_can_be_written_again(tmp_path: Path) -> None:
    found = loaded(tmp_path, document(DEPARTMENT + AGE + INCOME))
    assert again(write_pmml(found), tmp_path) == found


def test_the_missing_attribute_is_first_and_the_last_takes_the_rest(tmp_path: Path) -> None:
    found = card(tmp_path, lab(WHOLE, REASONS))
    assert attributes_of(found) == ["1 isMissing", "3 equal 0", "5 lessThan 100", "9 True"]
    fields = parse_xml(write_pmml(found).encode(), "it").all("DataDictionary")[0].children
    assert [each.attributes for each in fields] == [
        {"name": "spending", "optype": "continuous", "dataType": "integer"}
    ]


def test_rows_without_a_score_are_left_to_no_attribute(tmp_path: Path) -> None:
    column = "one:\n  measure: {{column: x}}\n  attributes: {0}\n  missing: {{{1}}}\n"
    low = "[{in: [5, 6], unscorable: N}, {up_to: 0, unscorable: N}, {below: 9, points: 1}, {points: 2}]"
    assert attributes_of(card(tmp_path, lab("\n" + column.format(low, "points: 3"), REASONS))) == [
        "3 isMissing",
        "1 and (notEqual 5 notEqual 6 greaterThan 0 lessThan 9)",
        "2 and (notEqual 5 notEqual 6 greaterThan 0)",
    ]
    high = "[{below: 0, points: 1}, {points: 0, unscorable: N}]".replace("points: 0, ", "")
    assert attributes_of(card(tmp_path, lab("\n" + column.format(high, "unscorable: N"), REASONS))) == [
        "1 lessThan 0"
    ]
    first = "[{below: 0, unscorable: N}, {points: 1}]"
    assert attributes_of(card(tmp_path, lab("\n" + column.format(first, "unscorable: N"), REASONS))) == [
        "1 greaterOrEqual 0"
    ]
    known = "[{points: 1}]"
    assert attributes_of(card(tmp_path, lab("\n" + column.format(known, "unscorable: N"), REASONS))) == [
        "1 isNotMissing"
    ]


def test_an_answer_that_everybody_has_makes_the_result_invalid_where_it_is_missing(tmp_path: Path) -> None:
    found = card(tmp_path, lab())
    assert (
        shown(found, "MiningSchema", "MiningField")[0].attributes["missingValueTreatment"] == "returnInvalid"
    )
    assert row(again(bare(write_pmml(found)), tmp_path)).unscorable == "no_points_one"


def test_points_for_each_event_keep_their_cap(tmp_path: Path) -> None:
    each = "\none:\n  measure: {count: {}}\n  points_each: {points: -5, cap: -12, reason: A}\n"
    found = again(bare(write_pmml(card(tmp_path, lab(each, REASONS)))), tmp_path)
    assert [row(found, one=count).score for count in (0, 1, 2, 3, 9)] == [0, -5, -10, -12, -12]
    up = each.replace("-5, cap: -12", "5, cap: 12")
    found = again(bare(write_pmml(card(tmp_path, lab(up, REASONS)))), tmp_path)
    assert [row(found, one=count).score for count in (0, 2, 3)] == [0, 10, 12]


def test_reasons_that_are_never_told_here_are_told_nowhere(tmp_path: Path) -> None:
    each = "\nmany:\n  measure: {count: {}}\n  points_each: {points: 5, reason: A}\n"
    more = WHOLE.replace("reason: A", "reason: none")
    found = card(tmp_path, lab(each + more, REASONS.replace("{A:", "{none: Little, A:")))
    many, spending = shown(found, "Characteristics", "Characteristic")
    assert [e.attributes["reasonCode"] for e in many.children] == ["none_"]
    assert [e.attributes["reasonCode"] for e in spending.children] == ["B", "none_", "none", "none_"]
    assert [e.attributes["baselineScore"] for e in (many, spending)] == ["0", "9"]


def test_a_card_without_reasons_has_no_codes_at_all(tmp_path: Path) -> None:
    found = card(tmp_path, lab())
    scorecard = shown(found)[0]
    assert scorecard.attributes["useReasonCodes"] == "false"
    assert [e.attributes["name"] for e in shown(found, "Output", "OutputField")] == ["score"]
    assert "reasonCode=" not in write_pmml(found)


def test_columns_keep_their_names_and_answers_get_out_of_their_way(tmp_path: Path) -> None:
    two = "\none:\n  measure: {column: TWO}\n  attributes: [{points: 1}]\n  missing: {points: 0}\n"
    more = (
        two.replace("one:", "two:").replace("TWO", "two_")
        + "\ntwo_:\n  measure: {count: {}}\n  attributes: [{points: 1}]\n"
    )
    found = card(tmp_path, lab(two + more))
    assert [e.attributes["name"] for e in shown(found, "MiningSchema", "MiningField")] == [
        "TWO",
        "two_",
        "two__",
    ]


def test_a_column_is_a_number_or_a_text(tmp_path: Path) -> None:
    one = "\none:\n  measure: {column: x}\n  attributes: [{points: 1}]\n  missing: {points: 0}\n"
    two = one.replace("one:", "two:").replace("x}", "x, type: text}")
    with pytest.raises(PmmlError, match="'x' is a number in one characteristic, a text in another"):
        write_pmml(card(tmp_path, lab(one + two)))


def test_two_characteristics_may_look_at_one_column(tmp_path: Path) -> None:
    one = "\none:\n  measure: {column: x}\n  attributes: [{points: 1}]\n  missing: {points: 0}\n"
    found = card(tmp_path, lab(one + one.replace("one:", "two:")))
    assert len(shown(found, "MiningSchema", "MiningField")) == 1
    assert again(write_pmml(found), tmp_path) == found


def test_texts_of_every_kind_survive(tmp_path: Path) -> None:
    title = '"<b>&amp;\\"\' \\t\\u200f\\x85 房东 \\U000e0001 \\r\\n]]>"'
    found = card(tmp_path, lab().replace("title: Small", f"title: {title}"))
    text = write_pmml(found)
    assert not {"\t", "\r", "\x85", "\u200f"} & set(text)
    assert again(text, tmp_path) == found


def test_a_character_that_xml_cannot_hold_is_told(tmp_path: Path) -> None:
    found = card(tmp_path, lab().replace("title: Small", 'title: "\\x01"'))
    with pytest.raises(PmmlError, match=r"the character '\\x01' in '.' cannot stand in XML"):
        write_pmml(found)


def test_another_extension_is_left_aside(tmp_path: Path) -> None:
    other = '<Extension extender="Somebody" name="definition"/><Extension extender="Credence" name="x"/>'
    found = loaded(tmp_path, document(AGE).replace("<MiningSchema>", other + "<MiningSchema>"))
    assert row(found, age=10).score == -3
