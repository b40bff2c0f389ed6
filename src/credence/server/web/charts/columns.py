"""Columns: how many have which value, with a line for how many had it before."""

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH, HEIGHT, FOOT = 420, 160, 18


def columns(labels: Sequence[str], now: Sequence[float], before: Sequence[float] | None = None) -> Markup:
    """How many stand in each class, and stood in it before; about five classes are labelled."""
    top = max([*now, *(before or ())], default=0) or 1
    step = WIDTH / max(len(now), 1)
    floor = HEIGHT - FOOT
    parts = [
        f'<rect class="column" x="{index * step + 1:.1f}" y="{floor - floor * value / top:.1f}" '
        f'width="{max(step - 2, 1):.1f}" height="{floor * value / top:.1f}"/>'
        for index, value in enumerate(now)
    ]
    if before:
        path = "L".join(
            f"{(index + 0.5) * step:.1f} {floor - floor * value / top:.1f}"
            for index, value in enumerate(before)
        )
        parts.append(f'<path class="earlier" d="M{path}"/>')
    every = max(len(labels) // 5, 1)
    parts += [
        f'<text x="{(index + 0.5) * step:.1f}" y="{HEIGHT - 4}">{escape(label)}</text>'
        for index, label in enumerate(labels)
        if index % every == 0
    ]
    inside = "".join(parts)
    return Markup(f'<svg class="columns" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{inside}</svg>')  # noqa: S704 - numbers and escaped texts
