"""A QR code, for a telephone's camera; whoever cannot scan it finds the same in words beside it."""

import segno
from markupsafe import Markup


def qr(content: str) -> Markup:
    """An address as a QR code, dark on light in every colour scheme, as cameras want it."""
    drawn = segno.make(content, error="m", micro=False)
    svg = drawn.svg_inline(scale=4, svgclass="qr", lineclass=None, omitsize=True)
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704 - modules only
