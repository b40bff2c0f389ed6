"""Lines over time: a score's history with its events marked, and small lines beside figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

WIDTH, HEIGHT, RIGHT, FOOT = 320, 130, 34, 20


@dataclass(frozen=True)
class Point:
    """A value at a time, with what stands under it; `mark` says that something happened there."""

    label: str
    value: float
    mark: str | None = None


def line(points: Sequence[Point], guides: Sequence[int] = (), *, steps: bool = False) -> Markup:
    """Values over time, the newest at the right; `guides` are values with a line, like bands' limits.

    In steps, a value holds until the next one.
    """
    values = [point.value for point in points]
    low, high = min(values), max(values)
    room = max((high - low) * 0.15, 5)
    low, high = low - room, high + room
    places = [
        (_across(index, len(points)), _up(point.value, low, high)) for index, point in enumerate(points)
    ]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (_stepped(places) if steps else places))
    floor = HEIGHT - FOOT
    area = f"M{places[0][0]:.1f} {floor}L{path}L{places[-1][0]:.1f} {floor}Z"
    parts = [_guide(guide, low, high) for guide in guides if low < guide < high]
    parts += [f'<path class="area" d="{area}"/><path class="stroke" d="M{path}"/>']
    parts += [_dot(place, point) for place, point in zip(places, points, strict=True) if point.mark]
    parts += [f'<circle class="end" cx="{places[-1][0]:.1f}" cy="{places[-1][1]:.1f}" r="4"/>']
    parts += _labels(points)
    return _svg("line", WIDTH, HEIGHT, parts)


def spark(values: Sequence[float], limit: float | None = None) -> Markup:
    """A small line of values, with a limit if there is one."""
    every = [*values, *([] if limit is None else [limit])]
    low, high = min(every), max(every)
    spread = (high - low) or 1
    step = 96 / max(len(values) - 1, 1)
    ups = [22 - 20 * (value - low) / spread for value in values]
    path = "L".join(f"{index * step:.1f} {up:.1f}" for index, up in enumerate(ups))
    parts = [f'<path class="stroke" d="M{path}"/>']
    if limit is not None:
        up = 22 - 20 * (limit - low) / spread
        parts.append(f'<path class="limit" d="M0 {up:.1f}H96"/>')
    return _svg("spark", 96, 24, parts)


def _stepped(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    corners = [((x, before), (x, y)) for (_, before), (x, y) in pairwise(places)]
    return [places[0], *(corner for both in corners for corner in both)]


def _across(index: int, number: int) -> float:
    return 6 + (WIDTH - RIGHT - 12) * (index / max(number - 1, 1))


def _up(value: float, low: float, high: float) -> float:
    return (HEIGHT - FOOT) * (1 - (value - low) / (high - low))


def _guide(value: int, low: float, high: float) -> str:
    up = _up(value, low, high)
    return (
        f'<path class="guide" d="M0 {up:.1f}H{WIDTH - RIGHT}"/>'
        f'<text x="{WIDTH - RIGHT + 6}" y="{up + 4:.1f}">{value}</text>'
    )


def _dot(place: tuple[float, float], point: Point) -> str:
    title = f"<title>{escape(point.mark or '')}</title>"
    return f'<circle class="mark" cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="3.5">{title}</circle>'


def _labels(points: Sequence[Point]) -> list[str]:
    """The first, the middle and the last time in words."""
    last = len(points) - 1
    wanted = {0: "start", last // 2: "middle", last: "end"} if last > 1 else {0: "start", last: "end"}
    return [
        f'<text class="{anchor}" x="{_across(index, len(points)):.1f}" y="{HEIGHT - 4}">'
        f"{escape(points[index].label)}</text>"
        for index, anchor in wanted.items()
    ]


def _svg(name: str, width: int, height: int, parts: Sequence[str]) -> Markup:
    inside = "".join(parts)
    return Markup(f'<svg class="{name}" viewBox="0 0 {width} {height}" aria-hidden="true">{inside}</svg>')  # noqa: S704 - numbers and escaped texts
