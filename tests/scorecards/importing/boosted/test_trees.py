from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from credence.errors import Fault
from credence.scorecards.importing.answers import meets, place_of
from credence.scorecards.importing.boosted.trees import Split, Tree, added_up
from credence.scorecards.model import Below, OneOf, Rest

ONE, TWO, THREE = Fraction(1), Fraction(2), Fraction(3)


def under(
    column: str, limit: int, left: Tree = ONE, right: Tree = TWO, *, missing_left: bool = True
) -> Split:
    return Split(column, Below(Fraction(limit)), missing_left, left, right)


def test_trees_of_one_column_become_one_table_and_leaves_alone_are_for_everybody() -> None:
    found: list[Fault] = []
    trees: dict[str, Tree] = {"a": under("x", 5), "b": under("x", 3, missing_left=False), "c": THREE}
    base, (effect,) = added_up(trees, set(), found)
    assert base == 3
    assert found == []
    assert effect.axes[0].tests == (Below(Fraction(3)), Below(Fraction(5)), Rest())
    assert effect.values == {(0,): 2, (1,): 3, (2,): 4, (3,): 3}


def test_values_stand_before_limits_and_meet_them() -> None:
    zero = Split("x", Below(Fraction(2)), missing_left=False, left=ONE, right=TWO, zero=True)
    named = Split("x", OneOf((Fraction(1), Fraction(7))), missing_left=False, left=ONE, right=THREE)
    _base, (effect,) = added_up({"a": zero, "b": named}, set(), [])
    assert [test for test in effect.axes[0].tests if isinstance(test, OneOf)] == [
        OneOf((Fraction(0),)),
        OneOf((ONE,)),
        OneOf((Fraction(7),)),
    ]
    # 0 goes where nothing goes, 1 and 7 are named; then under 2, over it, and nothing.
    assert list(effect.values.values()) == [5, 2, 3, 4, 5, 5]


def test_trees_of_two_columns_are_a_table_over_both() -> None:
    tree = under("x", 5, under("y", 1), THREE)
    _base, (effect,) = added_up({"a": tree}, set(), [])
    assert [axis.column for axis in effect.axes] == ["x", "y"]
    assert effect.values[0, 0] == effect.values[2, 2] == 1
    assert effect.values[0, 1] == 2
    assert effect.values[1, 0] == 3


def test_trees_of_three_columns_are_told_once() -> None:
    deep = under("x", 5, under("y", 1, under("z", 2)))
    found: list[Fault] = []
    assert added_up({"trees[0]": ONE, "trees[1]": deep, "trees[2]": deep}, set(), found) == (ONE, [])
    assert [fault.path for fault in found] == ["trees[1]"]
    assert found[0].sentence.startswith(
        "2 of 3 trees ask more than two columns each; the first, trees[1], asks x, y, z."
    )


def test_a_table_of_too_many_cells_is_none() -> None:
    found: list[Fault] = []
    trees: dict[str, Tree] = {str(n): under("x", n, under("y", n)) for n in range(200)}
    assert added_up(trees, set(), found)[1] == []
    assert [fault.sentence for fault in found] == [
        "The answers to x and y are parted into 40,804 cells: more than 20,000 are no table."
    ]


def test_a_column_of_numbers_and_texts_is_neither() -> None:
    found: list[Fault] = []
    named = Split("x", OneOf(("a",)), missing_left=False, left=ONE, right=THREE)
    assert added_up({"a": under("x", 5), "b": named}, {"x"}, found)[1] == []
    assert [fault.path for fault in found] == ["x"]


TESTS = st.builds(Below, st.integers(0, 3).map(Fraction), st.booleans()) | st.builds(
    OneOf, st.lists(st.integers(0, 3).map(Fraction), min_size=1, max_size=2).map(tuple)
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.integers(-3, 3).map(Fraction),
    lambda below: st.builds(Split, st.sampled_from("xy"), TESTS, st.booleans(), below, below, st.booleans()),
    max_leaves=5,
)
ANSWERS = (None, *(Fraction(half, 2) for half in (-2, 0, 1, 2, 4, 5, 6, 8)))


def added(tree: Tree, answers: dict[str, Fraction | None]) -> Fraction:
    """What a tree adds, followed from its top."""
    while isinstance(tree, Split):
        answer = answers[tree.column]
        known = answer is not None and not (tree.zero and answer == 0)
        left = meets(tree.test, answer) if known and answer is not None else tree.missing_left
        tree = tree.left if left else tree.right
    return tree


@settings(max_examples=100)
@given(st.lists(TREES, min_size=1, max_size=4))
def test_the_tables_add_what_the_trees_add(trees: list[Tree]) -> None:
    base, effects = added_up(dict(zip("abcd", trees, strict=False)), set(), [])
    for x, y in product(ANSWERS, ANSWERS):
        answers = {"x": x, "y": y}
        places = [(e, tuple(place_of(axis, answers[axis.column]) for axis in e.axes)) for e in effects]
        told = sum((effect.values[place] or Fraction(0) for effect, place in places), base)
        assert told == sum(added(tree, answers) for tree in trees)
