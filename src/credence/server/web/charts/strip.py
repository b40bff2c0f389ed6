"""A strip: the points of a line out of the most possible, with a tick for what is typical."""

from markupsafe import Markup


def strip(points: float, most: float, typical: float | None = None) -> Markup:
    """Points of a most, as a bar; points below nothing fill nothing."""
    share = 100 * min(max(points, 0) / most, 1) if most > 0 else 0
    tick = ""
    if typical is not None and most > 0:
        here = 100 * min(max(typical, 0) / most, 1)
        tick = f'<rect class="tick" x="{here:.1f}%" y="0" width="2" height="12"/>'
    return Markup(  # noqa: S704 - numbers only
        '<svg class="strip" width="100%" height="12" aria-hidden="true">'
        '<rect class="most" x="0" y="2" width="100%" height="8" rx="4"/>'
        f'<rect class="got" x="0" y="2" width="{share:.1f}%" height="8" rx="4"/>{tick}</svg>'
    )
