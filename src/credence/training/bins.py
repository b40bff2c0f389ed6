"""Fine bins: what the answers to a question may be, before the fit says which of them count alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction

import numpy as np

from credence.training.arrays import Codes, Floats
from credence.training.columns import Column
from credence.training.solver.shape import Shape

# About so many bins, where no value is heavy.
BINS = 64
# Fewer rows than this make no bin and no category of their own.
ROWS_LEAST = 30
# A bin that a heavy value cuts short stands by itself from this part of an even bin on.
SHORT = 0.25
# Decimals of limits, from whole millions to more than any double near one tells apart.
DECIMALS = range(-6, 18)
EXACT = Context(prec=60)


@dataclass(frozen=True)
class Bins:
    """The attributes of one characteristic: bins in order, then those that stand alone, then missing.

    Attributes:
        column: The column asked.
        text: Whether it holds texts.
        limits: Between the bins: each bin is below its limit, the last has none.
        values: Special numbers, or categories, each an attribute by itself.
        rest: Whether rare categories are an attribute together.
        missing: Whether rows without an answer were seen; if so they are the last attribute.
        middle: The bin in which half of the ordered answers are reached.
    """

    column: str
    text: bool = False
    limits: tuple[Fraction, ...] = ()
    values: tuple[str | Fraction, ...] = ()
    rest: bool = False
    missing: bool = False
    middle: int = 0

    @property
    def ordered(self) -> int:
        """How many bins stand in order."""
        return 0 if self.text else len(self.limits) + 1

    @property
    def shape(self) -> Shape:
        """The attributes as the fit sees them."""
        return Shape(self.ordered, len(self.values) + self.rest + self.missing, self.middle)

    def codes(self, column: Column) -> Codes:
        """Which attribute each row of a column has."""
        if column.numbers is not None:
            return self._places(column.numbers)
        known, numbered = column.numbered()
        alone = {value: number for number, value in enumerate(self.values)}
        places = [alone.get(str(value), len(self.values)) for value in known]
        found: Codes = np.array([*places, len(self.values) + self.rest], dtype=np.intp)[numbered]
        return found

    def _places(self, numbers: Floats) -> Codes:
        limits = np.array([float(limit) for limit in self.limits])
        places = np.searchsorted(limits, numbers, side="right")
        for number, value in enumerate(self.values):
            places[numbers == float(value)] = self.ordered + number
        places[np.isnan(numbers)] = self.ordered + len(self.values)
        return places


def fine_bins(column: Column, specials: Sequence[Fraction]) -> Bins:
    """Bins of about as many rows each; a value that many rows have is a bin by itself."""
    known, numbered = column.numbered()
    counts = np.bincount(numbered + 1, minlength=len(known) + 1)
    missing, counts = bool(counts[0]), counts[1:]
    if column.texts is not None:
        return _categories(column.name, [str(value) for value in known], counts, missing=missing)
    numbers = np.array(known, dtype=np.float64)
    special = np.isin(numbers, [float(value) for value in specials])
    numbers, alone, counts = numbers[~special], numbers[special], counts[~special]
    limits = _limits(numbers, counts)
    places = np.searchsorted([float(limit) for limit in limits], numbers, side="right")
    filled = np.cumsum(np.bincount(places, counts, len(limits) + 1))
    middle = int(np.searchsorted(filled, filled[-1] / 2))
    special_ones = tuple(Fraction(value) for value in alone.tolist())
    return Bins(column.name, limits=limits, values=special_ones, missing=missing, middle=middle)


def _categories(name: str, known: list[str], counts: Codes, *, missing: bool) -> Bins:
    kept = tuple(value for value, count in zip(known, counts, strict=True) if count >= ROWS_LEAST)
    return Bins(name, text=True, values=kept, rest=len(kept) < len(known), missing=missing)


def _limits(numbers: Floats, counts: Codes) -> tuple[Fraction, ...]:
    """The limits between bins, as short decimals."""
    even = max(int(counts.sum()) / BINS, ROWS_LEAST)
    ends = _ends(counts, even)
    found = [shortest(float(numbers[end]), float(numbers[end + 1])) for end in ends]
    return tuple(limit for limit in found if limit is not None)


def _ends(counts: Codes, even: float) -> list[int]:
    """The last value of each bin but the last, where a bin has about an even number of rows."""
    filled, ends = np.cumsum(counts), [-1]
    places = np.floor((filled - counts / 2) / even)
    heavy = counts >= even
    turns = (np.diff(places) > 0) | heavy[1:] | heavy[:-1]
    for end in np.flatnonzero(turns).tolist():
        rows = filled[end] - (filled[ends[-1]] if ends[-1] >= 0 else 0)
        if min(rows, filled[-1] - filled[end]) >= SHORT * even:
            ends.append(end)
    return ends[1:]


def shortest(left: float, right: float) -> Fraction | None:
    """The number with the fewest decimals that is above one and not above the other; None if none is near."""
    for decimals in DECIMALS:
        tried = Decimal(right).quantize(Decimal(1).scaleb(-decimals), ROUND_FLOOR, EXACT)
        if left < float(tried) <= right:
            return Fraction(tried)
    return None
