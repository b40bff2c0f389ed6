"""The arrays that training computes with."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]


def totals(places: Codes, amounts: Floats, size: int) -> Floats:
    """For each of so many places, the sum of the amounts that lie there."""
    return np.asarray(np.bincount(places, amounts, size), dtype=np.float64)
