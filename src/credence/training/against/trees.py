"""Boosted trees tuned as well as a table allows: what a scorecard gives up by being readable.

Trees are LightGBM's, with one thread and a fixed seed. Within the rows that a model may see, a few inner
folds choose among depths and say when to stop; the model is then learnt from all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from credence.errors import CeilingExtraMissingError
from credence.training.arrays import Codes, Flags, Floats
from credence.training.columns import Column, Table

# Depth, leaves, learning rate, fewest rows of a leaf, share of the columns asked for each tree.
Settings = tuple[int, int, float, int, float]
TRIED: tuple[Settings, ...] = (
    (1, 2, 0.1, 20, 1.0),
    (2, 4, 0.1, 20, 1.0),
    (2, 4, 0.05, 50, 0.6),
    (3, 8, 0.05, 50, 0.6),
    (3, 8, 0.05, 20, 0.9),
    (4, 12, 0.05, 50, 0.6),
    (5, 16, 0.04, 50, 0.6),
    (6, 24, 0.03, 50, 0.5),
    (7, 32, 0.03, 80, 0.5),
    (8, 48, 0.03, 100, 0.5),
)
SAME_ON_ANY_DAY = {"num_threads": 1, "deterministic": True, "force_row_wise": True, "verbosity": -1}


@dataclass(frozen=True)
class Tuning:
    """How trees are tuned.

    Attributes:
        tried: The settings to choose among.
        inner: Into how many folds the rows that may be seen are cut.
        rounds_most: At most so many trees.
        patience: Stop where so many trees more did not better the loss of an inner fold.
    """

    tried: tuple[Settings, ...] = TRIED
    inner: int = 3
    rounds_most: int = 2000
    patience: int = 30

    def steps(self, folds: int) -> int:
        """How many models are learnt for so many outer folds."""
        return folds * (len(self.tried) * self.inner + 1)


@dataclass(frozen=True)
class Grown:
    """Trees of every fold.

    Attributes:
        chances: The chance of a bad outcome of each row, by the trees that did not see it.
        later: The same of rows that were held out by time, by trees of all others.
        chosen: For each fold, and last for rows held out, the settings that were best on inner folds.
        rounds: For each of these, how many trees.
    """

    chances: Floats
    later: Floats
    chosen: list[Settings] = field(default_factory=list)
    rounds: list[int] = field(default_factory=list)


def booster() -> Any:  # noqa: ANN401 - a module that is there or not
    """The package that grows trees.

    Raises:
        CeilingExtraMissingError: It is not installed, or cannot be loaded.
    """
    try:
        import lightgbm  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise CeilingExtraMissingError(str(error)) from None
    return lightgbm


def grown(
    table: Table, later: Table | None, seed: int, told: Callable[[int, int], None], tuning: Tuning
) -> Grown:
    """Tune and learn trees for each fold of a table from the other folds, and for later rows from all.

    Raises:
        CeilingExtraMissingError: LightGBM is not installed, or cannot be loaded.
    """
    folds = int(table.folds.max()) + 1
    held = [table.folds == fold for fold in range(folds)]
    found = Grown(np.zeros(len(table.bad)), np.zeros(0 if later is None else len(later.bad)))
    orchard = _Orchard.of(table, seed, tuning)
    total = tuning.steps(folds + (later is not None))
    for number, rows in enumerate(held):
        trees = orchard.trees(~rows, found, partial(_told, told, number * tuning.steps(1), total))
        found.chances[rows] = trees.predict(orchard.asked[rows], num_threads=1)
    if later is not None:
        trees = orchard.trees(table.folds >= 0, found, partial(_told, told, folds * tuning.steps(1), total))
        found.later[:] = trees.predict(_asked(later, table), num_threads=1)
    return found


def _told(told: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    told(before + done, total)


def _asked(table: Table, like: Table) -> Floats:
    """Columns as trees read them: numbers, or the number of a text in another table; NaN for nothing."""
    return np.column_stack(
        [_numbers(column, other) for column, other in zip(table.columns, like.columns, strict=True)]
    )


def _numbers(column: Column, like: Column) -> Floats:
    if column.numbers is not None:
        return column.numbers
    places = {text: float(place) for place, text in enumerate(like.numbered()[0])}
    known, codes = column.numbered()
    return np.array([*[places.get(text, np.nan) for text in known], np.nan])[codes]


def _dealt(bad: Floats, folds: int) -> Codes:
    """A fold for each row: good and bad rows dealt out in turn, in the order in which they stand."""
    found = np.zeros(len(bad), dtype=np.intp)
    for outcome in (0, 1):
        rows = np.flatnonzero(bad == outcome)
        found[rows] = np.arange(len(rows)) % folds
    return found


@dataclass(frozen=True)
class _Orchard:
    """A table as trees read it, and how they are tuned."""

    lightgbm: Any
    asked: Floats
    bad: Floats
    whole: Any
    seed: int
    tuning: Tuning

    @classmethod
    def of(cls, table: Table, seed: int, tuning: Tuning) -> "_Orchard":
        lightgbm, asked = booster(), _asked(table, table)
        texts = [number for number, column in enumerate(table.columns) if column.texts is not None]
        whole = lightgbm.Dataset(
            asked, table.bad, categorical_feature=texts, free_raw_data=False, params=SAME_ON_ANY_DAY
        )
        return cls(lightgbm, asked, table.bad, whole.construct(), seed, tuning)

    def trees(self, rows: Flags, found: Grown, told: Callable[[int], None]) -> Any:  # noqa: ANN401
        """Trees that have seen some rows and no others; what was chosen is noted."""
        seen = np.flatnonzero(rows)
        settings, rounds = self._best(seen, told)
        found.chosen.append(settings)
        found.rounds.append(rounds)
        trees = self.lightgbm.train(self._parameters(settings), self.whole.subset(seen), rounds)
        told(self.tuning.steps(1))
        return trees

    def _parameters(self, settings: Settings) -> dict[str, object]:
        depth, leaves, rate, least, share = settings
        return SAME_ON_ANY_DAY | {
            "objective": "binary",
            "metric": "binary_logloss",
            "seed": self.seed % 2**31,
            "max_depth": depth,
            "num_leaves": leaves,
            "learning_rate": rate,
            "min_data_in_leaf": least,
            "feature_fraction": share,
            "lambda_l2": 1.0,
        }

    def _best(self, seen: Codes, told: Callable[[int], None]) -> tuple[Settings, int]:
        """The settings with the least loss on inner folds, and how many trees they need."""
        inner = _dealt(self.bad[seen], self.tuning.inner)
        losses: dict[Settings, list[tuple[float, int]]] = {}
        for done, (settings, fold) in enumerate(product(self.tuning.tried, range(self.tuning.inner)), 1):
            losses.setdefault(settings, []).append(
                self._tried(settings, seen[inner != fold], seen[inner == fold])
            )
            told(done)
        best = min(losses, key=lambda settings: sum(loss for loss, _ in losses[settings]))
        return best, max(1, round(sum(rounds for _, rounds in losses[best]) / self.tuning.inner))

    def _tried(self, settings: Settings, learnt: Codes, held: Codes) -> tuple[float, int]:
        trees = self.lightgbm.train(
            self._parameters(settings),
            self.whole.subset(learnt),
            self.tuning.rounds_most,
            valid_sets=[self.whole.subset(held)],
            valid_names=["held"],
            callbacks=[self.lightgbm.early_stopping(self.tuning.patience, verbose=False)],
        )
        return float(trees.best_score["held"]["binary_logloss"]) * len(held), trees.best_iteration
