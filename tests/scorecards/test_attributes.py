"""Attributes: limits, values, labels, points, and the rest."""

from fractions import Fraction
from pathlib import Path

from credence.scorecards.model import Attribute, Below, Cell, OneOf, PointsEach, Rest, When
from tests.scorecards.cards import card, faults, lab, of

CROSSED = """
unpaid:
  measure: {count: {kind: bill.unpaid}}
  attributes: [{below: 1, points: 10}, {points: 0}]
region:
  measure: {column: region, type: text}
  attributes: [{in: [north, south], points: 10}, {points: 0}]
  missing: {points: 5}
both:
  measure: {cross: [unpaid, region]}
  attributes:
    - {when: {unpaid: {at_least: 1, below: 3}, region: {equals: north}}, points: 1}
    - {when: {unpaid: {in: [7, 8]}, region: {missing: true}}, points: 2}
    - {when: {region: {missing: false}}, points: 3}
    - {points: 4}
"""


def rows(folder: Path, measure: str, attributes: str, more: str = "") -> tuple[Attribute, ...]:
    return card(folder, lab(of(measure, attributes, more))).characteristic("one").attributes


def test_limits_are_tried_from_top_to_bottom_and_name_their_row(tmp_path: Path) -> None:
    attributes = "[{below: 0.5, points: 0}, {below: 0.90, points: 5}, {points: 10}]"
    assert rows(tmp_path, "{count: {}}", attributes) == (
        Attribute(Below(Fraction(1, 2)), 0, "below 0.5"),
        Attribute(Below(Fraction(9, 10)), 5, "0.5 to 0.9"),
        Attribute(Rest(), 10, "0.9 and over"),
    )


def test_a_limit_may_take_the_number_itself(tmp_path: Path) -> None:
    limits = "{up_to: 18, points: 0}, {below: 29, points: 1}, {up_to: 29, points: 2}, {up_to: 39, points: 3}"
    attributes = f"[{limits}, {{points: 4}}]"
    found = rows(tmp_path, "{count: {}}", attributes)
    labels = ["up to 18", "over 18 to 29", "exactly 29", "over 29 up to 39", "over 39"]
    assert [row.label for row in found] == labels
    assert found[0].test == Below(Fraction(18), inclusive=True)
    mixed = "[{below: 1, points: 0}, {up_to: 2, points: 1}, {points: 2}]"
    assert rows(tmp_path, "{count: {}}", mixed)[1].label == "1 up to 2"


def test_a_limit_that_takes_its_number_leaves_it_to_nobody_else(tmp_path: Path) -> None:
    attributes = "[{up_to: 29, points: 0}, {below: 29, points: 1, label: again}, {points: 4}]"
    assert faults(tmp_path, lab(of("{count: {}}", attributes))) == [
        "characteristics.one.attributes[2]: 'below: 29' must be greater than 'up_to: 29' above it.",
    ]


def test_an_attribute_may_give_no_score(tmp_path: Path) -> None:
    attributes = "[{below: 1, unscorable: NONE}, {points: 4}]"
    one = card(tmp_path, lab(of("{count: {}}", attributes), "reasons: {NONE: Nothing is known.}"))
    first = one.characteristic("one")
    assert first.attributes[0].unscorable == "NONE"
    assert (first.points_least, first.points_most) == (4, 4)


def test_an_attribute_gives_points_or_no_score(tmp_path: Path) -> None:
    attributes = "[{below: 1, unscorable: NONE, points: 3}, {below: 2}, {points: 4}]"
    both = "'points' and 'unscorable' cannot stand together: who has no score has no points."
    assert faults(tmp_path, lab(of("{count: {}}", attributes))) == [
        "characteristics.one: The reason 'NONE' has no sentence under 'reasons'.",
        f"characteristics.one.attributes[1]: {both}",
        "characteristics.one.attributes[2]: 'points' is missing.",
    ]


def test_special_values_may_stand_before_limits(tmp_path: Path) -> None:
    attributes = "[{equals: -9, points: 1}, {in: [0, 1.5], points: 2}, {below: 5, points: 3}, {points: 4}]"
    assert [row.label for row in rows(tmp_path, "{count: {}}", attributes)] == [
        "-9",
        "0, 1.5",
        "below 5",
        "5 and over",
    ]


def test_texts_are_values_of_texts(tmp_path: Path) -> None:
    attributes = "[{in: [no, 'on'], points: 1}, {points: 2}]"
    found = rows(tmp_path, "{column: a, type: text}", attributes, "missing: {points: 0}")
    assert found == (Attribute(OneOf(("no", "on")), 1, "no, on"), Attribute(Rest(), 2, "any other"))


def test_the_only_row_takes_any_answer(tmp_path: Path) -> None:
    assert rows(tmp_path, "{count: {}}", "[{points: 3}]") == (Attribute(Rest(), 3, "any"),)


def test_a_label_of_its_own_wins(tmp_path: Path) -> None:
    attributes = "[{below: 1, points: 1, label: none at all}, {points: 0}]"
    assert rows(tmp_path, "{count: {}}", attributes)[0].label == "none at all"


def test_a_crossing_asks_both_answers(tmp_path: Path) -> None:
    both = card(tmp_path, lab(CROSSED)).characteristic("both")
    north = Cell("region", one_of=OneOf(("north",)))
    few = Cell("unpaid", at_least=Fraction(1), below=Fraction(3))
    many = Cell("unpaid", one_of=OneOf((Fraction(7), Fraction(8))))
    assert [row.test for row in both.attributes] == [
        When((few, north)),
        When((many, Cell("region", missing=True))),
        When((Cell("region"),)),
        Rest(),
    ]


def test_a_crossing_names_its_rows_by_what_it_asks(tmp_path: Path) -> None:
    both = card(tmp_path, lab(CROSSED)).characteristic("both")
    assert [row.label for row in both.attributes] == [
        "unpaid 1 and over below 3 and region north",
        "unpaid 7, 8 and region missing",
        "region known",
        "any other",
    ]


def test_points_for_each_event_have_a_cap_a_reason_and_a_label(tmp_path: Path) -> None:
    text = lab(
        "\none:\n  measure: {count: {}}\n"
        "  points_each: {points: -30, cap: -90, reason: R, label: per thing}\n",
        "reasons: {R: Things happened}",
    )
    assert card(tmp_path, text).characteristic("one").each == PointsEach(-30, -90, "R", "per thing")


def test_attributes_of_an_unreadable_measure_are_checked_all_the_same(tmp_path: Path) -> None:
    attributes = "[{in: [a, 3], points: 1}, {below: x, points: 2}, {when: {b: 1}, points: 3}, {points: 4}]"
    told = faults(tmp_path, lab(of("{cuont: {}}", attributes)))
    assert [sentence.split(": ")[0] for sentence in told] == [
        "characteristics.one.measure",
        "characteristics.one.attributes[2].below",
    ]
