"""Bins that count alike put together: the fewest lines for an error that may be spent (Ward's)."""

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from credence.training.arrays import Floats
from credence.training.solver.shape import Shape

# Squared log odds a row that merging may cost where nobody asks for fewer lines.
BUDGET = 1e-4
# Values nearer than this are the same: what solvers differ by between machines is less.
DIGITS = 7
# Rows of a part that has none, which merges before all others.
FEWEST = 1e-9


@dataclass
class Part:
    """Attributes of one characteristic that count alike, with neighbours to merge with.

    Attributes:
        attributes: Which they are, within the characteristic.
        value: Their log odds of a bad outcome.
        rows: How many rows they have.
        before: The neighbour on one side, and so on the other.
    """

    attributes: tuple[int, ...]
    value: float
    rows: float
    before: "Part | None" = None
    after: "Part | None" = None
    alive: bool = True


Parts = list[list[Part]]


def apart(values: Floats, counts: Floats, shapes: tuple[Shape, ...], missing: tuple[bool, ...]) -> Parts:
    """Every attribute a part by itself; bins neighbour in order, others by value, missing nobody."""
    found: Parts = []
    start = 0
    for shape, without in zip(shapes, missing, strict=True):
        parts = [
            Part(
                (place,),
                round(float(values[start + place]), DIGITS),
                max(float(counts[start + place]), FEWEST),
            )
            for place in range(shape.size)
        ]
        alone = parts[shape.ordered : shape.size - without]
        _chain(parts[: shape.ordered])
        _chain(sorted(alone, key=lambda part: (part.value, part.attributes)))
        found.append(parts)
        start += shape.size
    return found


def _chain(parts: list[Part]) -> None:
    for one, other in pairwise(parts):
        one.after, other.before = other, one


def merge(parts: Parts, rows: int, budget: float = BUDGET, lines_most: int | None = None) -> Parts:
    """Merge what differs least, until the budget is spent and the lines are few enough.

    Neighbours merge with each other. A characteristic without neighbours left (one part of bins, one of
    others, one of the missing) may only be given up as a whole.
    """
    waiting, spent = _Waiting(parts), 0.0
    while (found := waiting.least()) is not None:
        cost, owner, one = found
        lines = sum(size for size in waiting.sizes if size > 1)
        if spent + cost / rows > budget and (lines_most is None or lines <= lines_most):
            break
        spent += cost / rows
        waiting.taken(owner, one)
    return [[part for part in mine if part.alive] for mine in parts]


def merge_alike(parts: Parts, cost_most: float) -> Parts:
    """Merge neighbours, and give up characteristics, as long as the least cost is no greater than this."""
    waiting = _Waiting(parts)
    while (found := waiting.least()) is not None and found[0] <= cost_most:
        waiting.taken(*found[1:])
    return [[part for part in mine if part.alive] for mine in parts]


class _Waiting:
    """What may be merged next, by what it costs."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.sizes = parts, [len(mine) for mine in parts]
        self.pushed = 0
        self.heap: list[tuple[float, int, int, Part | None]] = []
        for owner, mine in enumerate(parts):
            for part in mine:
                self._offer(owner, part)
            self._offer_all(owner)

    def least(self) -> tuple[float, int, Part | None] | None:
        """The cheapest: its cost, the characteristic, and the part that takes its neighbour in."""
        while self.heap:
            cost, _, owner, one = heappop(self.heap)
            if one is None or (one.alive and one.after is not None and cost == _cost(one, one.after)):
                return cost, owner, one
        return None

    def taken(self, owner: int, one: Part | None) -> None:
        """Merge a part with its neighbour, or give up a characteristic, and see what is next."""
        if one is None:
            _give_up(self.parts[owner])
            self.sizes[owner] = 1
            return
        joined(one)
        self.sizes[owner] -= 1
        self._offer(owner, one)
        if one.before is not None:
            self._offer(owner, one.before)
        self._offer_all(owner)

    def _offer(self, owner: int, one: Part) -> None:
        if one.after is not None:
            self._push(_cost(one, one.after), owner, one)

    def _offer_all(self, owner: int) -> None:
        alive = [part for part in self.parts[owner] if part.alive]
        if len(alive) > 1 and all(part.after is None for part in alive):
            mean = sum(part.rows * part.value for part in alive) / sum(part.rows for part in alive)
            self._push(sum(part.rows * (part.value - mean) ** 2 for part in alive), owner, None)

    def _push(self, cost: float, owner: int, one: Part | None) -> None:
        self.pushed += 1
        heappush(self.heap, (cost, self.pushed, owner, one))


def _cost(one: Part, other: Part) -> float:
    """Squared log odds, over rows, that merging two parts costs."""
    return one.rows * other.rows / (one.rows + other.rows) * (one.value - other.value) ** 2


def _give_up(parts: list[Part]) -> None:
    """Make all parts one."""
    first, *others = [part for part in parts if part.alive]
    for other in others:
        first.after = other
        joined(first)


def joined(one: Part) -> None:
    """Take the next part into this one."""
    other = one.after
    assert other is not None, "asked of a part with a neighbour"
    together = one.rows + other.rows
    one.value = (one.value * one.rows + other.value * other.rows) / together
    one.rows, one.attributes = together, (*one.attributes, *other.attributes)
    one.after, other.alive = other.after, False
    if one.after is not None:
        one.after.before = one
