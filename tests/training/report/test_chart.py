import re

import pytest

from credence.training.report.chart import HEIGHT, LEFT, RIGHT, WIDTH, Axis, Curve, around, chart

UNIT = Axis("across", 0, 1, ".0%")


@pytest.mark.parametrize(
    ("axis", "labels"),
    [
        (UNIT, ["0%", "20%", "40%", "60%", "80%", "100%"]),
        (Axis("x", 0, 190), ["0", "50", "100", "150"]),
        (Axis("x", 0.786, 0.802, ".3f"), ["0.790", "0.795", "0.800"]),
        (Axis("x", -3, 3), ["-3", "-2", "-1", "0", "1", "2", "3"]),
        (Axis("x", 0.5, 3.5, names=["a", "b", "c"]), ["a", "b", "c"]),
        (Axis("x", 0.5, 12.5, names=list("abcdefghijkl")), ["a", "d", "g", "j"]),
    ],
)
def test_an_axis_has_a_few_round_numbers_or_names(axis: Axis, labels: list[str]) -> None:
    assert [label for _, label in axis.ticks] == labels
    assert all(axis.low <= value <= axis.high for value, _ in axis.ticks)


def test_an_axis_around_values_has_room_on_both_sides() -> None:
    low, high = around([1.0, 2.0])
    assert low < 1
    assert high > 2
    assert around([5.0]) == (4.5, 5.5)


def test_a_curve_is_drawn_from_corner_to_corner_with_dots_bars_and_its_name() -> None:
    curve = Curve("a & b", [(0, 0), (1, 1)], "two", dots=True, bars=[(0, 0.5), (0.5, 1)])
    drawn = chart([Curve("", [(0, 1)], "against"), curve], UNIT, UNIT)
    assert "a &amp; b" in drawn
    points = re.findall(r'<polyline class="two" points="([^"]*)"', drawn)
    (x, y), (right, top) = [map(float, pair.split(",")) for pair in points[0].split(" ")]
    assert (x, right) == (LEFT, WIDTH - RIGHT)
    assert 0 < top < y < HEIGHT
    assert drawn.count("<circle") == 2
    assert len(re.findall(r'<path class="two"', drawn)) == 2
    assert drawn.count('class="stroke') == 1


def test_curves_without_names_have_no_legend() -> None:
    assert "legend" not in chart([Curve("", [(0, 1)])], UNIT, UNIT)
