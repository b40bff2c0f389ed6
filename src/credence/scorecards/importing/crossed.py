"""The table of two crossed answers as rows tried from top to bottom, as few as say the same."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from credence.scorecards.importing.additive import Axis
from credence.scorecards.importing.limits import readable
from credence.scorecards.importing.points import Whole
from credence.scorecards.model import Below, Cell, OneOf, Rest, Test, When

Points = int | None
# A longer table of two answers is read by nobody.
LINES_MOST = 1_000


def crossed_rows(table: Whole, names: tuple[str, ...]) -> Iterator[tuple[Test, Points]]:
    """What each row asks of the two answers, and its points; the last asks nothing.

    For each answer to the first question, the missing one first, all answers to the second are tried. So
    limits need no lower end: whoever is under it was taken by a row above.
    """
    first, second = table.effect.axes
    of_row = {a: [table.points[a, b] for b in second.places] for a in first.places}
    for a in _tried(first, of_row.__getitem__):
        points = of_row[a]
        if len(set(points)) == 1:
            yield _when(_cell(first, a, names[0])), points[0]
            continue
        for b in _tried(second, points.__getitem__):
            yield _when(_cell(first, a, names[0]), _cell(second, b, names[1])), points[b]


def _tried(axis: Axis, of: Callable[[int], object]) -> Iterator[int]:
    """Places in the order in which they are tried, without those that a place after them takes alike."""
    rest = axis.missing - 1
    if of(axis.missing) != of(rest):
        yield axis.missing
    for place, test in enumerate(axis.tests):
        after = _follows(axis, place, test)
        if after == place or of(place) != of(after):
            yield place


def _follows(axis: Axis, place: int, test: Test) -> int:
    """The place that takes the answers of another if that is left out; itself where it cannot be told."""
    if isinstance(test, Below):
        return place + 1
    return axis.missing - 1 if axis.text else place


def _cell(axis: Axis, place: int, name: str) -> Cell | None:
    """What a row asks of one answer; None where it takes the rest."""
    if place == axis.missing:
        return Cell(name, missing=True)
    test = axis.tests[place]
    if isinstance(test, Below):
        return Cell(name, up_to=test.limit) if test.inclusive else Cell(name, below=test.limit)
    return Cell(name, one_of=test) if isinstance(test, OneOf) else None


def _when(*cells: Cell | None) -> Test:
    asked = tuple(cell for cell in cells if cell is not None)
    return When(asked) if asked else Rest()


def short(test: Test) -> Test:
    """A test with limits as people say them."""
    if isinstance(test, Below):
        return readable(test)
    if isinstance(test, When):
        return When(tuple(map(_short, test.cells)))
    return test


def _short(cell: Cell) -> Cell:
    limit = cell.up_to if cell.below is None else cell.below
    if limit is None:
        return cell
    said = readable(Below(limit, inclusive=cell.below is None))
    below, up_to = (None, said.limit) if said.inclusive else (said.limit, None)
    return replace(cell, below=below, up_to=up_to)
