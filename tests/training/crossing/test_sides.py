from fractions import Fraction

import numpy as np

from credence.training.bins import Bins, fine_bins
from credence.training.crossing.sides import Side, side
from tests.training.tables import numbers, texts

CODE = Fraction(-9)


def test_a_heavy_number_is_a_group_by_itself_and_the_others_are_even() -> None:
    values: list[float | None] = (
        [0.0] * 600 + [float(n % 300 + 1) for n in range(300)] + [-9.0] * 60 + [None] * 40
    )
    column = numbers("late", values)
    bins = fine_bins(column, [CODE])
    made = side(bins, bins.codes(column))
    assert (made.count, made.ordered) == (6, 4)
    rows = np.bincount(made.places(column)).tolist()
    assert rows[0] == 600
    assert sum(rows[1:4]) == 300
    assert min(rows[1:4]) >= 60
    assert rows[4:] == [60, 40]
    assert [made.words(group, group) for group in (0, 4, 5)] == ["below 1", "-9", "none"]
    assert (made.words(1, 2).startswith("1 to "), made.words(3, 3).endswith(" or more")) == (True, True)
    assert made.words(0, 5) == "any"


def test_numbers_that_all_count_alike_are_one_group() -> None:
    column = numbers("same", [1.0] * 90 + [None] * 40)
    bins = fine_bins(column, [])
    made = side(bins, bins.codes(column))
    assert (made.groups, made.words(0, 1)) == ((0, 1), "any")


def test_the_most_usual_texts_are_groups_and_the_others_nobodys() -> None:
    column = texts("kind", [*"a" * 90, *"b" * 80, *"c" * 50, *"d" * 60, *"e" * 70, *"f" * 3, *[None] * 40])
    bins = fine_bins(column, [])
    made = side(bins, bins.codes(column))
    assert made.groups == (0, 1, -1, 2, 3, -1, 4)
    assert [made.words(group, group) for group in range(5)] == ["'a'", "'b'", "'d'", "'e'", "none"]
    assert made.places(texts("kind", ["f", "new", "c", "e", None])).tolist() == [-1, -1, -1, 3, 4]


def test_a_text_that_nobody_had_is_of_no_group() -> None:
    made = side(Bins("kind", text=True, values=("a", "b"), missing=True), np.array([0, 1, 2]))
    assert made.places(texts("kind", ["b", "new", None])).tolist() == [1, -1, 2]


def test_a_question_for_numbers_takes_special_ones_in() -> None:
    made = Side(Bins("late", limits=(Fraction(1), Fraction(2)), values=(CODE, Fraction(98))), (0, 1, 2, 3, 4))
    found = dict(zip(*made.questions, strict=True))
    assert found[0, 0] == [True, False, False, True, False]
    assert found[1, 2] == [False, True, True, False, True]
    assert found[1, 1] == [False, True, False, False, False]
    assert found[3, 3] == [False, False, False, True, False]
    assert found[0, 4] == [True] * 5
    assert (0, 2) not in found
    assert (made.asked([1]), made.asked([0, 3]), made.asked([1, 4]), made.asked([3, 4])) == (
        (1, 1), (0, 0), (1, 2), (0, 4),
    )  # fmt: skip


def test_texts_are_asked_one_by_one() -> None:
    made = Side(Bins("kind", text=True, values=("a", "b"), rest=True), (0, 1, -1))
    assert made.questions == ([(0, 0), (1, 1)], [[True, False], [False, True]])
