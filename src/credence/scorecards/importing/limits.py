"""Limits as other tools compare with them: doubles, and single precision, said exactly for doubles."""

import struct
from fractions import Fraction
from math import ceil, floor, isfinite

from credence.scorecards.model import Below
from credence.yaml_file import NUMBER_MOST

# More decimals are kept apart by no engine, and a number nearer to zero than any of them is taken for zero.
DECIMALS = 10**17
SINGLE = struct.Struct("<f")
BITS = struct.Struct("<i")


def exact(number: float) -> Fraction:
    """A double as the shortest decimal that stands for it.

    Raises:
        ValueError: It is no number, or one of more than 18 digits before the point.
    """
    if not isfinite(number) or abs(number) > NUMBER_MOST:
        sentence = f"'{number}' is no number of at most 18 digits"
        raise ValueError(sentence)
    return Fraction(repr(number))


def double(number: float, *, inclusive: bool) -> Below:
    """A limit that doubles are compared with."""
    limit = exact(number)
    if limit.denominator <= NUMBER_MOST:
        return Below(limit, inclusive)
    if abs(limit) * DECIMALS < 1:
        return Below(Fraction(0), inclusive=limit > 0)
    # An answer that equals the limit stays on its side.
    side = ceil if inclusive else floor
    return Below(Fraction(side(limit * DECIMALS), DECIMALS), inclusive)


def single(number: float) -> Below:
    """What doubles are under a limit once they are rounded to single precision, as XGBoost compares them.

    Those that lie between the limit and the number before it are rounded to the nearer one, and in the
    middle to the even one.
    """
    exact(number)
    bits = _bits(number)
    middle = (_number(bits) + _number(bits - 1)) / 2
    return double(middle, inclusive=bits % 2 != 0)


def _bits(number: float) -> int:
    """The rank of a single among all singles: neighbours are one apart."""
    bits: int = BITS.unpack(SINGLE.pack(number))[0]
    return bits if bits >= 0 else -(bits & 0x7FFFFFFF)


def _number(rank: int) -> float:
    bits = rank if rank >= 0 else -rank - 2**31
    found: float = SINGLE.unpack(BITS.pack(bits))[0]
    return found


def readable(test: Below) -> Below:
    """A limit as people say it: below 37 for what is up to 36.99999809265137."""
    short = Fraction(f"{float(test.limit):.7g}")
    return test if short == test.limit else Below(short, inclusive=short < test.limit)
