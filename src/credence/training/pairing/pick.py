"""Pairs that are worth a crossing: each fold's model picks its own, so that its rows have no say in it."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from credence.training.arrays import Codes, Floats
from credence.training.columns import Table
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side, side
from credence.training.fit import Fit, Told, fit
from credence.training.merging import BUDGET
from credence.training.methods.choice import SURE
from credence.training.pairing.missed import left_over, missed
from credence.training.validation import cut, unseen

# Of so many characteristics, those that move the log odds most, pairs are looked at.
LOOKED_AT = 30


def with_pairs(table: Table, plain: Fit, most: int, told: Told) -> tuple[Table, Fit]:
    """The table and the fit with at most so many crossings; as they were, where these do not earn it.

    They earn it where the log-loss out of fold falls by more than it does by chance.
    """
    crossings = proposed(plain, most) if most else ()
    if not crossings:
        return table, plain
    wider = with_columns(table, crossings)
    found = fit(wider, replace(plain.wishes, crossings=crossings), told)
    gained = _unseen(plain) - _unseen(found)
    if gained.mean() <= SURE * gained.std() / len(gained) ** 0.5:
        return table, plain
    return wider, found


def with_columns(table: Table, crossings: tuple[Crossing, ...]) -> Table:
    """The table with a column for each crossing, and so the rows held out."""
    columns = (*table.columns, *(each.column(table) for each in crossings))
    later = None if table.later is None else with_columns(table.later, crossings)
    return replace(table, columns=columns, later=later)


def _unseen(found: Fit) -> Floats:
    """The log-loss of each row, by the scorecard that did not see it."""
    cards = cut(found, BUDGET, found.wishes.lines_most)
    return -np.log(np.where(found.bad == 1, *_both(cards[0].chances(unseen(found, cards)))))


def _both(chances: Floats) -> tuple[Floats, Floats]:
    return chances, 1 - chances


def proposed(fit: Fit, most: int) -> tuple[Crossing, ...]:
    """The pairs that any model picks, at most so many each: those of which one box is missed most."""
    crossings, gains = [], []
    rests = [left_over(fit, model) for model in fit.chosen.models]
    for (one, rows), (other, columns) in combinations(_sides(fit), 2):
        crossing = Crossing(one, other)
        # No column is called like a crossing.
        if crossing.name not in {bins.column for bins in fit.bins}:
            crossings.append(crossing)
            gains.append(missed(fit, crossing, crossing.places(rows, columns), rests))
    picked = np.zeros((len(crossings), len(fit.chosen.models)), dtype=bool)
    for number, mine in enumerate(zip(*gains, strict=True)):
        order = sorted(range(len(mine)), key=lambda pair: (-round(mine[pair], 6), pair))
        picked[order[:most], number] = True
    return tuple(
        replace(crossing, picked=tuple(mine))
        for crossing, mine in zip(crossings, picked.tolist(), strict=True)
        if any(mine)
    )


def _sides(fit: Fit) -> list[tuple[Side, Codes]]:
    """The sides that move the log odds most, with the group of each row."""
    values = fit.design.values(fit.chosen.models[-1].steps)
    spans = [
        float(np.ptp(values[a:b])) for a, b in zip(fit.design.starts, fit.design.starts[1:], strict=False)
    ]
    order = sorted(range(len(spans)), key=lambda number: (-round(spans[number], 7), number))
    found = []
    for number in sorted(order[:LOOKED_AT]):
        made = side(fit.bins[number], fit.design.codes[number])
        if spans[number] > 0 and (made.ordered if not made.bins.text else made.count) > 1:
            found.append((made, np.array(made.groups, dtype=np.intp)[fit.design.codes[number]]))
    return found
