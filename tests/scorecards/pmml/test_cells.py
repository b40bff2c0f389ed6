"""From attributes tried in order to rows: the same points for every answer, whatever the predicates."""

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.errors import DefinitionError
from credence.scorecards.pmml import characteristics
from credence.scorecards.pmml.cells import Asking, Outcome, PmmlAttribute, rows_of
from credence.scorecards.pmml.fields import Fields, PmmlField
from credence.scorecards.pmml.predicates import read_predicate
from credence.scorecards.pmml.reading import Reading
from credence.xml_file import parse_xml
from tests.scorecards.pmml.random_cards import LIMITS, random_predicate
from tests.scorecards.pmml.samples import (
    NO_REASONS,
    answer,
    applied,
    attribute,
    constant,
    document,
    line,
    loaded,
    one,
    read,
    row,
    simple,
)

REST = attribute(1, "<True/>")
SET = (
    '<SimpleSetPredicate field="income" booleanOperator="isIn">'
    '<Array n="2" type="int">4 7</Array></SimpleSetPredicate>'
)


def rows(folder: Path, attributes: str, fields: str | None = None, mining: str | None = None) -> list[str]:
    """The rows that attributes of income become."""
    more = {"fields": fields, "mining": mining}
    text = document(
        one(attributes), NO_REASONS, **{name: part for name, part in more.items() if part is not None}
    )
    lines = read(folder, text, "floor").splitlines()
    return [said.strip() for said in lines if said.strip().startswith(("- ", "missing:"))]


def test_neighbours_that_give_the_same_are_one_row(tmp_path: Path) -> None:
    assert rows(
        tmp_path, attribute(5, simple("lessOrEqual", 3)) + attribute(7, simple("lessThan", 9)) + REST
    ) == [
        "- {up_to: 3, points: 5}",
        "- {below: 9, points: 7}",
        "- {points: 1}",
        "missing: {points: 1}",
    ]


def test_attributes_that_happen_to_give_the_same_stay_apart(tmp_path: Path) -> None:
    same = attribute(5, simple("lessThan", 3)) + attribute(5, simple("lessThan", 9)) + attribute(5, "<True/>")
    assert rows(tmp_path, same)[:3] == [
        "- {below: 3, points: 5}", "- {below: 9, points: 5}", "- {points: 5}",
    ]  # fmt: skip


def test_single_values_go_first(tmp_path: Path) -> None:
    assert rows(tmp_path, attribute(9, SET) + attribute(5, simple("lessThan", 4)) + REST) == [
        "- {in: [4, 7], points: 9}",
        "- {below: 4, points: 5}",
        "- {points: 1}",
        "missing: {points: 1}",
    ]
    assert rows(tmp_path, attribute(9, simple("notEqual", 2)) + REST)[0] == "- {equals: 2, points: 1}"


def test_what_no_attribute_takes_has_no_score(tmp_path: Path) -> None:
    assert rows(tmp_path, attribute(5, simple("greaterThan", 3))) == [
        "- {up_to: 3, unscorable: no_points_income}",
        "- {points: 5}",
        "missing: {unscorable: no_points_income}",
    ]


def test_without_any_limit_everybody_known_is_in_one_row(tmp_path: Path) -> None:
    assert rows(tmp_path, attribute(5, simple("isMissing")) + REST) == [
        "- {points: 1}",
        "missing: {points: 5}",
    ]


def test_values_put_in_place_of_others_give_their_points(tmp_path: Path) -> None:
    treated = 'missingValueReplacement="2" outliers="asExtremeValues" lowValue="0" highValue="10"'
    mining = f'<MiningField name="income" {treated}/>'
    followed = f"<Attribute><True/><ComplexPartialScore>{line('2', '0.5')}</ComplexPartialScore></Attribute>"
    assert rows(tmp_path, followed, mining=mining) == [
        "- {below: 0, points: 0}",
        "- {up_to: 10, points: {times: 2, plus: 0.5, rounding: floor}}",
        "- {points: 20}",
        "missing: {points: 4}",
    ]


def test_points_that_follow_a_missing_answer_are_none(tmp_path: Path) -> None:
    followed = f"<Attribute><True/><ComplexPartialScore>{answer()}</ComplexPartialScore></Attribute>"
    assert rows(tmp_path, followed)[-1] == "missing: {unscorable: no_points_income}"


def test_points_keep_their_limits(tmp_path: Path) -> None:
    limited = applied("min", applied("max", applied("ceil", answer()), constant(-3)), constant(40))
    rest = f"<Attribute><True/><ComplexPartialScore>{limited}</ComplexPartialScore></Attribute>"
    assert rows(tmp_path, attribute(1, simple("isMissing")) + rest)[0] == (
        "- {points: {times: 1, plus: 0, rounding: ceiling, at_least: -3, at_most: 40}}"
    )


def test_texts_with_the_labels_of_our_own_rows_get_others(tmp_path: Path) -> None:
    def named(value: str) -> str:
        return attribute(5, simple("equal", value, "department"))

    values = ("missing", "value missing", "a, b", "law")
    pair = SET.replace("income", "department").replace("4 7", "a b")
    attributes = "".join(map(named, values)) + attribute(6, pair) + REST
    card = loaded(tmp_path, document(one(attributes, "department"), NO_REASONS))
    labels = [said.label for said in card.characteristics[0].attributes]
    assert labels == [
        "value missing", "value value missing", "a, b", "law", "value a, b", "any other",
    ]  # fmt: skip
    assert row(card, department="missing").lines[0].attribute == "value missing"


def test_texts_that_give_what_any_other_gives_are_not_named(tmp_path: Path) -> None:
    attributes = attribute(5, simple("notEqual", "law", "department")) + REST
    card = loaded(tmp_path, document(one(attributes, "department"), NO_REASONS))
    assert [said.label for said in card.characteristics[0].attributes] == ["law", "any other"]
    fields = (
        '<DataField name="department" optype="categorical" dataType="string"><Value value="art"/></DataField>'
    )
    mining = '<MiningField name="department" invalidValueTreatment="asIs"/>'
    same = loaded(tmp_path, document(one(attributes, "department"), NO_REASONS, fields, mining))
    assert same.characteristics[0].attributes == card.characteristics[0].attributes


def test_a_characteristic_too_large_to_be_read_by_anybody_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(characteristics, "QUESTIONS_MOST", 3)
    assert rows(tmp_path, attribute(5, simple("lessThan", 3)) + REST)
    with pytest.raises(DefinitionError, match="There are 2 attributes of 2 values"):
        rows(tmp_path, attribute(5, SET) + REST)


FIELD = PmmlField("f0", "double")
NEAR = st.sampled_from([Fraction(str(limit)) for limit in LIMITS])


@settings(max_examples=150)
@given(
    seed=st.integers(0, 10**6),
    number=NEAR | NEAR.map(lambda n: n + Fraction(1, 1000)) | st.fractions(-50, 2000),
)
def test_rows_give_every_answer_what_the_first_true_attribute_gives(seed: int, number: Fraction) -> None:
    chance = Random(seed)
    fields = Fields(Reading(), {}, {}, {}, {"f0": FIELD})
    texts = [random_predicate(chance, "f0", text=False, depth=0) for _ in range(chance.randrange(1, 6))]
    predicates = [read_predicate(parse_xml(text.encode(), "it"), fields) for text in texts]
    asking = Asking(FIELD, [PmmlAttribute(each, n, None) for n, each in enumerate(predicates)], "none")
    said = next(r for r in rows_of(asking) if takes(r, number))
    first = next((n for n, each in enumerate(predicates) if each.test(number)), None)
    assert said.get("points") == first
    assert asking.at(number) == (Outcome(-1, unscorable="none") if first is None else Outcome(first, first))


def takes(said: dict[str, object], number: Fraction) -> bool:
    """Whether a row of a table takes a number."""
    listed = said.get("in", [said.get("equals")])
    assert isinstance(listed, list)
    if "up_to" in said or "below" in said:
        limit = said.get("up_to", said.get("below"))
        assert isinstance(limit, Fraction)
        return number < limit or ("up_to" in said and number == limit)
    return number in listed or listed == [None]
