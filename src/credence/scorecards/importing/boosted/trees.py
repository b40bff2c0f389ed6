"""Trees that ask one column or two, added up: each becomes a table over the answers to what it asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from credence.errors import Fault
from credence.scorecards.importing.additive import Axis, Effect
from credence.scorecards.importing.answers import meets
from credence.scorecards.model import Below, OneOf, Rest

# Deeper trees than this do not come from anything that is meant to be read.
DEPTH_MOST = 50
# A table of more cells is no table for people.
CELLS_MOST = 20_000
COLUMNS_MOST = 2
TOO_MANY = (
    "{count} of {all} trees ask more than two columns each; the first, {place}, asks {columns}. Points can "
    "be given for one answer, or for two together: train with a depth of 1, or keep interactions to pairs."
)
TOO_LARGE = "The answers to {columns} are parted into {count:,} cells: more than {most:,} are no table."


@dataclass(frozen=True)
class Split:
    """A question of a tree.

    Attributes:
        column: The column that is asked.
        test: Whoever meets it goes left.
        missing_left: Where those without an answer go.
        left: What follows for those who go left: a split, or what is added.
        right: What follows for the others.
        zero: Whether an answer of 0 goes where those without an answer go.
    """

    column: str
    test: Below | OneOf
    missing_left: bool
    left: "Tree"
    right: "Tree"
    zero: bool = False


Tree = Split | Fraction


def splits_of(tree: Tree) -> Iterator[Split]:
    """Every split of a tree."""
    if isinstance(tree, Split):
        yield tree
        yield from splits_of(tree.left)
        yield from splits_of(tree.right)


def added_up(trees: dict[str, Tree], texts: set[str], faults: list[Fault]) -> tuple[Fraction, list[Effect]]:
    """What trees add to everybody, and a table for each column or pair of columns.

    Args:
        trees: The trees by their place in the file.
        texts: The columns of texts.
        faults: Notes what cannot be a table.
    """
    groups: dict[tuple[str, ...], list[Tree]] = {}
    many: list[tuple[str, tuple[str, ...]]] = []
    base = Fraction(0)
    for place, tree in trees.items():
        columns = tuple(sorted({split.column for split in splits_of(tree)}))
        if isinstance(tree, Fraction):
            base += tree
        elif len(columns) > COLUMNS_MOST:
            many.append((place, columns))
        else:
            groups.setdefault(columns, []).append(tree)
    if many:
        said = {"place": many[0][0], "columns": ", ".join(many[0][1])}
        faults.append(Fault(1, many[0][0], TOO_MANY.format(count=len(many), all=len(trees), **said)))
        return base, []
    effects = [_effect(columns, group, texts, faults) for columns, group in sorted(groups.items())]
    return base, [effect for effect in effects if effect is not None]


def _effect(
    columns: tuple[str, ...], trees: list[Tree], texts: set[str], faults: list[Fault]
) -> Effect | None:
    splits = [split for tree in trees for split in splits_of(tree)]
    axes = tuple(_axis(c, [s for s in splits if s.column == c], text=c in texts) for c in columns)
    mixed = [axis.column for axis in axes if len(_kinds(axis)) > 1]
    if mixed:
        faults.append(
            Fault(1, mixed[0], "It is compared with numbers and with texts, and holds one or the other.")
        )
        return None
    cells = list(product(*(axis.places for axis in axes))) if _small(axes) else []
    if not cells:
        count = len(axes[0].places) * len(axes[-1].places)
        said = {"columns": " and ".join(columns), "count": count, "most": CELLS_MOST}
        faults.append(Fault(1, "", TOO_LARGE.format(**said)))
        return None
    return Effect(axes, {cell: sum((_value(t, axes, cell) for t in trees), Fraction(0)) for cell in cells})


def _kinds(axis: Axis) -> set[type]:
    """The kinds of values that answers are compared with."""
    values = [value for test in axis.tests if isinstance(test, OneOf) for value in test.values]
    limits = [test.limit for test in axis.tests if isinstance(test, Below)]
    return {type(value) for value in [*values, *limits]}


def _small(axes: tuple[Axis, ...]) -> bool:
    return len(axes[0].places) * (len(axes[1].places) if len(axes) > 1 else 1) <= CELLS_MOST


def _axis(column: str, splits: list[Split], *, text: bool) -> Axis:
    """Values by themselves first, then the limits of all splits in rising order."""
    named = {value for s in splits if isinstance(s.test, OneOf) for value in s.test.values}
    named |= {Fraction(0) for s in splits if s.zero}
    limits = {s.test for s in splits if isinstance(s.test, Below)}
    alone = [OneOf((value,)) for value in sorted(named, key=lambda value: (str(type(value)), value))]
    rising = sorted(limits, key=lambda limit: (limit.limit, limit.inclusive))
    return Axis(column, (*alone, *rising, Rest()), text)


def _value(tree: Tree, axes: tuple[Axis, ...], cell: tuple[int, ...]) -> Fraction:
    """What a tree adds in a cell."""
    while isinstance(tree, Split):
        axis, place = next((a, p) for a, p in zip(axes, cell, strict=True) if a.column == tree.column)
        tree = tree.left if _left(tree, axis, place) else tree.right
    return tree


def _left(split: Split, axis: Axis, place: int) -> bool:
    here = axis.tests[place] if place < axis.missing else None
    if here is None or (split.zero and here == OneOf((Fraction(0),))):
        return split.missing_left
    if isinstance(here, OneOf):
        return meets(split.test, here.values[0])
    return isinstance(split.test, Below) and place <= axis.tests.index(split.test)
