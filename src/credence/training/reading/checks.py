"""What is wrong with columns: those that tell nothing, tell too much, or tell the same as another."""

import numpy as np

from credence.training.arrays import Floats
from credence.training.bins import fine_bins
from credence.training.columns import Column
from credence.training.figures import auc

# More different texts than these are names, not categories.
CATEGORIES_MOST = 100
# A column that parts good from bad better than this by itself was not known before the outcome.
TELLING_MOST = 0.999
# Numbers beyond it cannot stand as limits in a scorecard's file.
NUMBER_MOST = 1e15


def faults_of(columns: tuple[Column, ...], bad: Floats | None) -> dict[str, str]:
    """For each column with a fault, what it is; leaks are looked for where the outcome is known."""
    found: dict[str, str] = {}
    seen: dict[bytes, str] = {}
    for column in columns:
        why = _by_itself(column) or _leak(column, bad)
        content = _content(column)
        if not why and content in seen:
            why = f"says the same as '{seen[content]}' in every row"
        seen.setdefault(content, column.name)
        if why:
            found[column.name] = why
    return found


def _by_itself(column: Column) -> str | None:
    known, numbered = column.numbered()
    if not known:
        return "is empty in every row"
    if column.texts is None:
        if not np.all(np.abs(np.array(known, dtype=np.float64)) <= NUMBER_MOST):
            return "holds numbers beyond 1,000,000,000,000,000 or infinite ones"
    elif len(known) > CATEGORIES_MOST:
        return (
            f"has {len(known):,} different texts (one is '{known[0]}'), and at most {CATEGORIES_MOST} are "
            "taken for categories: group them; if they are numbers, empty the cells that are none"
        )
    if len(known) == 1 and numbered.min() == 0:
        return (
            f"is '{known[0]:g}' in every row"
            if isinstance(known[0], float)
            else f"is '{known[0]}' in every row"
        )
    return None


def _leak(column: Column, bad: Floats | None) -> str | None:
    if bad is None:
        return None
    codes = fine_bins(column, ()).codes(column)
    counts = np.maximum(np.bincount(codes), 1)
    shares = np.bincount(codes, bad) / counts
    if auc(-shares[codes], bad) <= TELLING_MOST:
        return None
    return "alone tells the outcome, so it was hardly known before it"


def _content(column: Column) -> bytes:
    known, numbered = column.numbered()
    return f"{column.texts is None} {known}".encode() + numbered.tobytes()
