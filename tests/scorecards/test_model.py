"""The model: the least and the most points of a characteristic, and what a scorecard is made of."""

from pathlib import Path

import pytest

from tests.scorecards.cards import card, lab, of

# The five categories of Zhima Credit: 210, 150, 120, 90 and 30 points over a base of 350.
SHARES = {"history": 210, "behaviour": 150, "fulfilment": 120, "identity": 90, "connections": 30}
ZHIMA = "".join(
    f"{name}:\n  measure: {{column: {name}}}\n"
    f"  attributes: [{{below: 1, points: 0}}, {{below: 2, points: {points // 2}}}, {{points: {points}}}]\n"
    f"  missing: {{points: 0}}\n"
    for name, points in SHARES.items()
)


def test_five_categories_reach_from_350_to_950(tmp_path: Path) -> None:
    five = card(tmp_path, lab("\n" + ZHIMA, "range: [350, 950]").replace("base: 0", "base: 350"))
    least = [c.points_least or 0 for c in five.characteristics]
    half = [c.attributes[1].points_most or 0 for c in five.characteristics]
    most = [c.points_most or 0 for c in five.characteristics]
    assert [five.points_base + sum(side) for side in (least, half, most)] == [350, 650, 950]


def test_connections_move_a_score_by_thirty_at_most(tmp_path: Path) -> None:
    five = card(tmp_path, lab("\n" + ZHIMA))
    connections = five.characteristic("connections")
    assert (connections.points_least, connections.points_most) == (0, 30)


@pytest.mark.parametrize(
    ("each", "least", "most"),
    [
        ("{points: -30, cap: -90}", -90, 0),
        ("{points: 50, cap: 100}", 0, 100),
        ("{points: -30}", None, 0),
        ("{points: 50}", 0, None),
    ],
)
def test_points_for_each_event_have_no_limit_without_a_cap(
    tmp_path: Path, each: str, least: int | None, most: int | None
) -> None:
    one = f"\none:\n  measure: {{count: {{}}}}\n  points_each: {each}\n"
    characteristic = card(tmp_path, lab(one)).characteristic("one")
    assert (characteristic.points_least, characteristic.points_most) == (least, most)


def test_the_points_of_those_without_an_answer_are_among_the_limits(tmp_path: Path) -> None:
    text = lab(of("{column: a}", "[{points: 5}]", "missing: {points: -5}"))
    characteristic = card(tmp_path, text).characteristic("one")
    assert (characteristic.points_least, characteristic.points_most) == (-5, 5)


def test_the_row_of_those_without_an_answer_comes_last(tmp_path: Path) -> None:
    text = lab(of("{column: a}", "[{below: 1, points: 5}, {points: 6}]", "missing: {points: 7}"))
    rows = card(tmp_path, text).characteristic("one").rows()
    assert [(row.label, row.points) for row in rows] == [("below 1", 5), ("1 and over", 6), ("missing", 7)]


def test_a_scorecard_needs_the_measures_of_its_points_and_of_its_rules(tmp_path: Path) -> None:
    rules = """
    scorable_when:
      - code: thin
        sentence: Little is known.
        any:
          - {measure: {count: {}}, months: 24, at_least: 6}
          - {measure: {age_of_oldest: {}}, at_least: 90}
    """
    measures = card(tmp_path, lab(more=rules)).measures()
    assert [(measure.name, months) for measure, months in measures] == [
        ("count", None),
        ("count", 24),
        ("age_of_oldest", None),
    ]


def test_reason_codes_are_in_document_order_and_once(tmp_path: Path) -> None:
    attributes = (
        "[{below: 1, points: 5, reason: B}, {below: 2, points: 6, reason: A}, {points: 7, reason: B}]"
    )
    text = lab(of("{count: {}}", attributes), "reasons: {A: First, B: Second}")
    assert card(tmp_path, text).reason_codes() == ["B", "A"]


def test_a_limited_rule_says_the_least_and_the_most_points(tmp_path: Path) -> None:
    limited = "{times: 0.5, plus: 0, rounding: floor, at_least: -4, at_most: 12}"
    rows = card(tmp_path, lab(of("{count: {}}", f"[{{below: 9, points: {limited}}}, {{points: 3}}]")))
    one = rows.characteristic("one")
    assert (one.points_least, one.points_most) == (-4, 12)
    free = limited.replace(", at_least: -4, at_most: 12", "")
    unlimited = card(tmp_path, lab(of("{count: {}}", f"[{{points: {free}}}]"))).characteristic("one")
    assert (unlimited.points_least, unlimited.points_most) == (None, None)
