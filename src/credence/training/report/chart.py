"""Line charts as SVG: curves, points with intervals, and dashed lines for what they are held against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

# The field of a chart, and the room on its sides for what stands beside the axes.
WIDTH, HEIGHT = 460, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 24, 28, 48
TICKS_MOST, NAMES_MOST = 6, 5
RADIUS = 3.2


@dataclass(frozen=True)
class Axis:
    """An axis: what it measures, from where to where, and how its numbers are written.

    Where it has `names`, these stand at 1, 2, 3 and so on in place of numbers.
    """

    title: str
    low: float
    high: float
    form: str = "g"
    names: Sequence[str] = ()

    def part(self, value: float) -> float:
        """How far along it a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """What stands along it, and where: names, or round numbers."""
        every = -(-len(self.names) // NAMES_MOST)
        if self.names:
            return [(n + 1.0, self.names[n]) for n in range(0, len(self.names), every)]
        raw = (self.high - self.low) / TICKS_MOST
        whole = 10.0 ** floor(log10(raw))
        step = next(whole * times for times in (1, 2, 5, 10) if whole * times >= raw * (1 - 1e-9))
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [(n * step, f"{n * step:{self.form}}") for n in range(first, last + 1)]


@dataclass(frozen=True)
class Curve:
    """What is drawn of one thing.

    Attributes:
        label: What it is called below the chart; nothing for one that needs no name.
        places: Points, from left to right.
        kind: `one`, `two` or `three` for its colour, `against` for a dashed line.
        dots: Whether its points are marked.
        bars: For each point the low and the high end of an interval.
    """

    label: str
    places: Sequence[tuple[float, float]]
    kind: str = "one"
    dots: bool = False
    bars: Sequence[tuple[float, float]] = ()


def around(values: Sequence[float], room: float = 0.06) -> tuple[float, float]:
    """From where to where an axis goes that shows some values, with room on both sides."""
    low, high = min(values), max(values)
    air = (high - low) * room or 0.5
    return low - air, high + air


def chart(curves: Sequence[Curve], across: Axis, up: Axis) -> str:
    """A chart with its legend, as markup."""
    drawn = [*_across(across), *_up(up)]
    for curve in curves:
        drawn += _curve(curve, across, up)
    picture = f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(drawn)}</svg>'
    named = "".join(
        f'<span><i class="stroke {curve.kind}"></i>{escape(curve.label)}</span>'
        for curve in curves
        if curve.label
    )
    return picture + (f'<p class="legend" aria-hidden="true">{named}</p>' if named else "")


def _x(axis: Axis, value: float) -> float:
    return LEFT + axis.part(value) * (WIDTH - LEFT - RIGHT)


def _y(axis: Axis, value: float) -> float:
    return HEIGHT - BOTTOM - axis.part(value) * (HEIGHT - TOP - BOTTOM)


def _across(axis: Axis) -> Iterator[str]:
    bottom = HEIGHT - BOTTOM
    yield f'<path class="ground" d="M{LEFT} {bottom}H{WIDTH - RIGHT}"/>'
    for value, label in axis.ticks:
        yield _text(_x(axis, value), bottom + 17, label, "middle")
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 7, axis.title, "middle")


def _up(axis: Axis) -> Iterator[str]:
    for value, label in axis.ticks:
        y = _y(axis, value)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield _text(LEFT - 7, y + 4, label, "end")
    yield _text(2, 14, axis.title, "start")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _curve(curve: Curve, across: Axis, up: Axis) -> Iterator[str]:
    spots = [(_x(across, x), _y(up, y)) for x, y in curve.places]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    yield f'<polyline class="{curve.kind}" points="{points}"/>'
    for (x, _), (low, high) in zip(spots, curve.bars, strict=False):
        yield f'<path class="{curve.kind}" d="M{x:.1f} {_y(up, low):.1f}V{_y(up, high):.1f}"/>'
    for x, y in spots if curve.dots else []:
        yield f'<circle class="{curve.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
