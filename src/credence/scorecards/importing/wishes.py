"""What is asked for beside a file: the scale, and what the file itself does not say."""

from dataclasses import dataclass
from fractions import Fraction

from credence.scorecards.scale import Scale

BAD, GOOD = "bad", "good"


@dataclass(frozen=True)
class Wishes:
    """What is asked for.

    Attributes:
        scale: Which score stands for which odds, where the file has log odds.
        event: Which outcome the model's class 1 is: bad or good.
        intercept: What everyone starts with, where the file leaves it out.
        specials: Numbers that are codes, where the file does not name them.
    """

    scale: Scale
    event: str = BAD
    intercept: Fraction | None = None
    specials: tuple[Fraction, ...] = ()
