"""The gauge: a half circle of equal segments, a band each, with the score's place linear inside its band."""

from collections.abc import Sequence
from math import cos, pi, sin

from markupsafe import Markup

RADIUS, MIDDLE, THICK = 104, 130, 14
# Between two segments, in parts of a half circle.
GAP = 0.012


def gauge(score: int, bounds: Sequence[int]) -> Markup:
    """A score among its bands.

    Args:
        score: The score.
        bounds: The lowest possible score, where each further band begins, and the highest possible score.
    """
    number = len(bounds) - 1
    here = place(score, bounds)
    parts = [_segment(index, number, lit=int(here * number) == index) for index in range(number)]
    parts += [_limit(bounds[index], index / number) for index in range(1, number)]
    x, y = _at(here, RADIUS)
    needle = f'<circle class="needle" cx="{x:.1f}" cy="{y:.1f}" r="11"/>'
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="gauge" viewBox="0 0 260 142" aria-hidden="true">{"".join(parts)}{needle}</svg>'
    )


def place(score: int, bounds: Sequence[int]) -> float:
    """Where a score stands on the half circle, from 0 to just under 1: each band takes an equal part."""
    number = len(bounds) - 1
    score = min(max(score, bounds[0]), bounds[-1])
    index = max(index for index in range(number) if score >= bounds[index])
    low, high = bounds[index], bounds[index + 1]
    return min((index + (score - low) / (high - low)) / number, 1 - 1e-9)


def _segment(index: int, number: int, *, lit: bool) -> str:
    """The arc of a band."""
    begin, end = index / number + GAP / 2, (index + 1) / number - GAP / 2
    (x1, y1), (x2, y2) = _at(begin, RADIUS), _at(end, RADIUS)
    kind = "segment lit" if lit else f"segment band{index + 1}"
    arc = f"M{x1:.1f} {y1:.1f}A{RADIUS} {RADIUS} 0 0 1 {x2:.1f} {y2:.1f}"
    return f'<path class="{kind}" d="{arc}" stroke-width="{THICK}"/>'


def _limit(bound: int, where: float) -> str:
    """The score at which a band begins, inside the half circle."""
    x, y = _at(where, RADIUS - 24)
    return f'<text x="{x:.1f}" y="{y + 4:.1f}">{bound}</text>'


def _at(where: float, radius: float) -> tuple[float, float]:
    """A point of the half circle: 0 is its left end, 1 its right end."""
    angle = pi * (1 - where)
    return MIDDLE + radius * cos(angle), MIDDLE - radius * sin(angle)
