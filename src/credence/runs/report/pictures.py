"""The pictures of a report's page, drawn as SVG; each tells in words what it shows."""

from collections.abc import Sequence
from html import escape

from credence.runs.report.model import Share
from credence.runs.report.tables import share

# Pictures are drawn on this field and stretched to the place they are given.
WIDTH, HEIGHT = 1000, 300
LABELS_MOST = 8
# The tallest column leaves some air above itself.
AIR = 1.06


def histogram(shares: Sequence[Share], limits: Sequence[tuple[int, int]], said: str) -> str:
    """Scores now as columns and in the last run as a line, each as shares of its own people.

    The numbers below are text beside the picture, so that they keep their size on every screen.
    """
    now, before = _of_all([one.people for one in shares]), _before(shares)
    top = AIR * max([*now, *(before or [])], default=0) or 1
    step = WIDTH / max(len(shares), 1)
    columns = "".join(
        f'<rect class="now" x="{n * step + 1.5:.1f}" y="{HEIGHT * (1 - value / top):.1f}" '
        f'width="{step - 3:.1f}" height="{HEIGHT * value / top:.1f}"/>'
        for n, value in enumerate(now)
    )
    points = " ".join(
        f"{(n + 0.5) * step:.1f},{HEIGHT * (1 - value / top):.1f}" for n, value in enumerate(before or [])
    )
    line = f'<polyline class="before" points="{points}"/>' if before else ""
    every = -(-len(limits) // LABELS_MOST)
    labels = "".join(
        f'<span style="left:{100 * n / len(limits):.2f}%">{low}</span>'
        for n, (low, _) in enumerate(limits)
        if n % every == 0
    )
    drawn = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
    picture = f"{drawn}{columns}{line}</svg>"
    return (
        f'<div class="histogram" role="img" aria-label="{escape(said)}">{picture}'
        f'<div class="axis" aria-hidden="true">{labels}</div></div>'
    )


def spread(shares: Sequence[Share]) -> str:
    """A small picture of the people by attribute: columns now, and strokes where they were before."""
    now, before = _of_all([one.people for one in shares]), _before(shares)
    step = 16
    height = 36
    columns = "".join(
        f'<rect class="now" x="{n * step + 2}" y="{height * (1 - value):.1f}" width="{step - 4}" '
        f'height="{height * value:.1f}"/>'
        for n, value in enumerate(now)
    )
    strokes = "".join(
        f'<path class="before" d="M{n * step} {height * (1 - value):.1f}h{step}"/>'
        for n, value in enumerate(before or [])
    )
    width = step * max(len(shares), 1)
    return (
        f'<svg class="spread" role="img" aria-label="{escape(_in_words(shares))}" width="{width}" '
        f'height="{height + 2}" viewBox="0 -1 {width} {height + 2}">{columns}{strokes}'
        f'<path class="ground" d="M0 {height}h{width}"/></svg>'
    )


def _in_words(shares: Sequence[Share]) -> str:
    people, people_before = _sums(shares)
    told = [
        f"{one.label}: {share(one.people, people)}"
        + ("" if one.before is None else f", before {share(one.before, people_before)}")
        for one in shares
    ]
    return "; ".join(told)


def _sums(shares: Sequence[Share]) -> tuple[int, int]:
    return sum(one.people for one in shares), sum(one.before or 0 for one in shares)


def _of_all(people: Sequence[int]) -> list[float]:
    whole = sum(people) or 1
    return [one / whole for one in people]


def _before(shares: Sequence[Share]) -> list[float] | None:
    known = [one.before for one in shares if one.before is not None]
    return _of_all(known) if known and len(known) == len(shares) else None
