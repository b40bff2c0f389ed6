"""Warnings: what loads, and should be looked at again."""

from pathlib import Path

import pytest

from credence.scorecards.check import warnings
from credence.scorecards.load import load_scorecard
from tests.scorecards.cards import card, lab, of

SHARE = "{share: {kind: bill.paid, where: {days_late: {at_most: 0}}}, of: {kind: [bill.paid, bill.unpaid]}}"
MISSING = "missing: {points: 0}"


def warned(folder: Path, measure: str, attributes: str, more: str = "") -> list[str]:
    return warnings(card(folder, lab(of(measure, attributes, more))))


@pytest.mark.parametrize(
    ("measure", "attributes", "more", "sentence"),
    [
        (
            "{count: {}}",
            "[{below: 0, points: 1}, {points: 2}]",
            "",
            "'below 0' reaches nobody: no answer is under 0.",
        ),
        (
            "{months_with: {}}",
            "[{below: 13, points: 1}, {below: 15, points: 2}, {points: 3}]",
            "months: 12",
            "'13 to 15' reaches nobody: no answer is over 12.",
        ),
        (
            "{months_with: {}}",
            "[{up_to: 12, points: 1}, {points: 3}]",
            "months: 12",
            "'over 12' reaches nobody: no answer is over 12.",
        ),
        (
            "{count: {}}",
            "[{up_to: 2, points: 1}, {equals: 2, points: 2}, {points: 3}]",
            "",
            "'2' reaches nobody: 'up_to: 2' above takes it. Put it first.",
        ),
        (
            SHARE,
            "[{below: 1.1, points: 1}, {points: 2}]",
            MISSING,
            "'1.1 and over' reaches nobody: no answer is over 1.",
        ),
        (
            "{count: {}}",
            "[{below: 3, points: 1}, {in: [2, 5], points: 2}, {points: 3}]",
            "",
            "'2' reaches nobody: 'below: 3' above takes it. Put it first.",
        ),
        (
            "{count: {}}",
            "[{in: [4, 5], points: 1}, {in: [5, 6], points: 2}, {points: 3}]",
            "",
            "'5' stands above already; here it reaches nobody.",
        ),
        (
            "{count: {}}",
            "[{below: 1, points: 5}, {points: 9}]",
            "monotone: falling",
            "points are said to be falling, and are 5, 9.",
        ),
        (
            "{count: {}}",
            "[{below: 1, points: 5}, {below: 2, points: 9}, {points: 8}]",
            "monotone: rising",
            "points are said to be rising, and are 5, 9, 8.",
        ),
    ],
)
def test_what_reaches_nobody_or_goes_another_way_is_said(
    tmp_path: Path, measure: str, attributes: str, more: str, sentence: str
) -> None:
    assert f"characteristics.one: {sentence}" in warned(tmp_path, measure, attributes, more)


def test_a_repeated_text_is_said(tmp_path: Path) -> None:
    attributes = "[{in: [a, b], points: 1}, {in: [b, c], points: 2}, {points: 3}]"
    assert warned(tmp_path, "{column: x, type: text}", attributes, MISSING) == [
        "characteristics.one: 'b' stands above already; here it reaches nobody."
    ]


@pytest.mark.parametrize(
    ("measure", "attributes", "more"),
    [
        ("{count: {}}", "[{equals: 2, points: 2}, {below: 3, points: 1}, {points: 3}]", "monotone: rising"),
        ("{months_with: {}}", "[{below: 12, points: 1}, {points: 2}]", "months: 12"),
        (SHARE, "[{below: 1, points: 1}, {points: 2}]", MISSING),
        (
            "{net_flow: {in: {field: days_late}, out: {field: minutes}}}",
            "[{below: -5, points: 1}, {points: 2}]",
            MISSING,
        ),
        ("{age_of_oldest: {}}", "[{below: 0, points: 1}, {points: 2}]", MISSING),
        ("{column: x}", "[{below: -5, points: 1}, {points: 2}]", MISSING),
        ("{share: {}, of: {kind: bill.paid}}", "[{below: 2, points: 1}, {points: 2}]", MISSING),
        ("{trend: {}, recent: 3}", "[{below: 2, points: 1}, {points: 2}]", f"months: 12\n{MISSING}"),
        (
            "{share: {kind: bill.paid}, of: {kind: bill.paid, where: {days_late: {at_most: 0}}}}",
            "[{below: 2, points: 1}, {points: 2}]",
            MISSING,
        ),
    ],
)
def test_a_sound_characteristic_is_left_alone(
    tmp_path: Path, measure: str, attributes: str, more: str
) -> None:
    assert warned(tmp_path, measure, attributes, more) == []


def test_everyday_has_nothing_to_mend() -> None:
    assert warnings(load_scorecard("everyday")) == []


@pytest.mark.parametrize(
    "attributes",
    [
        "[{up_to: 0, points: 1}, {points: 2}]",
        "[{below: 1, points: {times: 1, plus: 0, rounding: floor}}, {points: 2}]",
        "[{below: 1, unscorable: NONE}, {points: 2}]",
    ],
)
def test_rows_that_take_their_limit_follow_an_answer_or_give_no_score_are_nothing_to_look_at(
    tmp_path: Path, attributes: str
) -> None:
    text = lab(of("{count: {}}", attributes, "monotone: rising"), "reasons: {NONE: Nothing}")
    assert warnings(card(tmp_path, text)) == []
