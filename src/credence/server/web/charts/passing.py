"""Columns of people, and how many of each pass: the lower, darker part."""

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH, HEIGHT, FOOT = 420, 160, 18


def passing(bands: Sequence[str], people: Sequence[int], through: Sequence[int]) -> Markup:
    """How many people stand in each band, and how many of them pass."""
    top, step, floor = max(people, default=0) or 1, WIDTH / max(len(bands), 1), HEIGHT - FOOT
    parts = []
    for index, (band, many, some) in enumerate(zip(bands, people, through, strict=True)):
        for kind, value in (("base", many), ("column", some)):
            height = floor * value / top
            parts.append(
                f'<rect class="{kind}" x="{index * step + 4:.1f}" y="{floor - height:.1f}" '
                f'width="{max(step - 8, 1):.1f}" height="{height:.1f}"/>'
            )
        parts.append(f'<text x="{(index + 0.5) * step:.1f}" y="{HEIGHT - 4}">{escape(band)}</text>')
    inside = "".join(parts)
    return Markup(f'<svg class="columns" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{inside}</svg>')  # noqa: S704 - numbers and escaped texts
