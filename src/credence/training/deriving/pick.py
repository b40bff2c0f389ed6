"""Numbers made of columns that are worth asking: each fold picks its own, so that its rows have no say."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from credence.training import figures
from credence.training.arrays import Codes, Floats
from credence.training.bins import fine_bins
from credence.training.columns import Table
from credence.training.deriving.candidates import candidates
from credence.training.deriving.made import Made, with_columns
from credence.training.deriving.missed import gains, grouped
from credence.training.directions import OFTEN
from credence.training.fit import Fit, Told, fit
from credence.training.merging import BUDGET
from credence.training.solver.newton import Model, chance
from credence.training.validation import cut, unseen

# The part of the loss out of fold by which it must fall; less is found by chance where many are tried.
GAIN_LEAST = 0.004


@dataclass(frozen=True)
class Derivations:
    """What was tried, and what came of it.

    Attributes:
        tried: How many numbers could be made.
        made: Those that are asked; none where they did not earn it.
        before: The loss out of fold without them; 0 where none was better than chance.
        after: The same with them, where each fold's were picked without its rows.
        picked: How many folds picked each of those that all rows picked.
    """

    tried: int = 0
    made: tuple[Made, ...] = ()
    before: float = 0.0
    after: float = 0.0
    picked: dict[str, int] = field(default_factory=dict)


def with_derived(table: Table, plain: Fit, most: int, told: Told) -> tuple[Table, Fit, Derivations]:
    """The table and the fit with at most so many numbers made of columns; as they were, if not earned.

    They earn it where the loss out of fold falls by `GAIN_LEAST` of it and by more than it does by chance,
    in scorecards whose numbers were picked without the rows that they are judged by.
    """
    tried = candidates(table, plain.wishes.specials) if most else []
    picks = _picks(table, plain, tried, most)
    if not picks[-1]:
        return table, plain, Derivations(len(tried))
    fits: dict[tuple[int, ...], Fit] = {(): plain}
    for pick in sorted(set(picks) - {()}):
        fits[pick] = fit(with_columns(table, [tried[n] for n in pick]), plain.wishes, told)
    losses = {pick: _losses(each) for pick, each in fits.items()}
    after: Floats = np.choose(table.folds, [losses[pick] for pick in picks[:-1]])
    before = losses[()]
    made = tuple(tried[number] for number in picks[-1])
    folds = {
        each.name: sum(n in pick for pick in picks[:-1]) for each, n in zip(made, picks[-1], strict=True)
    }
    found = Derivations(len(tried), made, float(before.mean()), float(after.mean()), folds)
    if not _earned(before, after):
        return table, plain, Derivations(len(tried), (), found.before, found.after, folds)
    return with_columns(table, made), fits[picks[-1]], found


def _earned(before: Floats, after: Floats) -> bool:
    gained = before - after
    sure = OFTEN * float(gained.std()) / len(gained) ** 0.5
    least = GAIN_LEAST * float(before.mean())
    return bool(gained.mean() > max(sure, least))


def _losses(found: Fit) -> Floats:
    """The loss of each row, by the scorecard that did not see it."""
    cards = cut(found, BUDGET, found.wishes.lines_most)
    return figures.losses(cards[0].chances(unseen(found, cards)), found.bad)


def _picks(table: Table, plain: Fit, tried: Sequence[Made], most: int) -> list[tuple[int, ...]]:
    """For each model the numbers of those that it misses most, in order; the model of all rows is last."""
    asked = [grouped(codes) for codes in plain.design.codes]
    codes = [_codes(each, table) for each in tried]
    return [_picked(plain, model, (asked, codes), most) for model in plain.chosen.models]


def _codes(each: Made, table: Table) -> Codes:
    column = each.column(table)
    return grouped(fine_bins(column, ()).codes(column))


def _picked(
    plain: Fit, model: Model, codes: tuple[Sequence[Codes], Sequence[Codes]], most: int
) -> tuple[int, ...]:
    """What a model misses by more than chance, one after the other, at most so many, on its own rows."""
    probable = chance(model.logits)
    rest, weights = (plain.bad - probable) * model.rows, probable * (1 - probable) * model.rows
    asked, tried, found = list(codes[0]), codes[1], list[int]()
    while tried and len(found) < most:
        missed = gains(asked, tried, rest, weights)
        best = max(range(len(tried)), key=lambda number: (missed[number], -number))
        if best in found or missed[best] <= 1:
            break
        found.append(best)
        asked.append(tried[best])
    return tuple(sorted(found))
