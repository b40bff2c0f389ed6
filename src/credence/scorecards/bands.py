"""Where a score lies on the gauge: every band has the same width, the needle moves evenly within its band."""

from fractions import Fraction

from credence.scorecards.model import Scorecard


def gauge_percent(scorecard: Scorecard, score: int) -> Fraction:
    """How far along the gauge a score lies, from 0 to 100 exactly.

    The scorecard needs a range and bands.
    """
    assert scorecard.range is not None, "a gauge needs a range"
    low, high = scorecard.range
    limits = [low, *(band.below for band in scorecard.bands if band.below is not None), high]
    width = Fraction(100, len(limits) - 1)
    index = min(sum(score >= limit for limit in limits[1:]), len(limits) - 2)
    start, end = limits[index], limits[index + 1]
    return index * width + Fraction(score - start, end - start) * width
