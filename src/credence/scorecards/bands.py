"""Range and bands: reading them, and where a score lies on the gauge.

Every band has the same width on the gauge; the needle moves evenly within its band.
"""

from fractions import Fraction

from credence.scorecards.model import Band, Scorecard
from credence.yaml_file import Node


def read_range(node: Node | None) -> tuple[int, int] | None:
    """Read the lowest and the highest score possible."""
    limits = [] if node is None else [item.integer() for item in node.items()]
    match limits:
        case [low, high] if low < high:
            return low, high
    if node is not None and isinstance(node.value, list):
        node.fault("'range' is the lowest and the highest score possible, like [350, 950].")
    return None


def read_bands(node: Node | None) -> tuple[Band, ...]:
    """Read the bands from the lowest to the highest, which alone has no upper limit."""
    bands: list[Band] = []
    for child in [] if node is None else node.items():
        band = _band(child)
        if bands and not _rises(bands[-1], band):
            child.fault(
                "Bands rise: each 'below' is greater than the one above it, and only the last has none."
            )
        bands.append(band)
    if node is not None and bands and bands[-1].below is not None:
        node.fault("The last band has no 'below': it takes the highest scores.")
    return tuple(bands)


def _band(node: Node) -> Band:
    entries = node.keyed(["name"], ["below"])
    below = entries["below"].integer() if "below" in entries else None
    return Band(entries["name"].text() if "name" in entries else "", below)


def _rises(before: Band, band: Band) -> bool:
    return before.below is not None and (band.below is None or band.below > before.below)


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
