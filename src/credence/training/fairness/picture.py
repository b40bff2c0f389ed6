"""The picture of a family of scorecards: accuracy against the adverse impact ratio."""

from collections.abc import Sequence

from credence.training.fairness.frontier import Alternative
from credence.training.report.chart import Axis, Curve, around, chart
from credence.training.report.section import Picture


def picture(family: Sequence[Alternative], column: str) -> Picture:
    """Of one column: each scorecard where its least ratio and its AUC are, with the one that is written."""
    places = [(each.least(column), each.auc.value or 0.0) for each in family]
    written = [place for each, place in zip(family, places, strict=True) if each.written]
    across = Axis("least adverse impact ratio", *around([x for x, _ in places]), ".3f")
    up = Axis("AUC", *around([y for _, y in places]), ".3f")
    curves = (
        Curve("the family, from the plain scorecard on", places, dots=True),
        Curve("the one that is written", written, "two", dots=True),
    )
    first, last = places[0], places[-1]
    said = (
        f"From the plain scorecard (AUC {first[1]:.4f}, least ratio {first[0]:.3f}) to the one that draws "
        f"groups together most (AUC {last[1]:.4f}, least ratio {last[0]:.3f})."
    )
    return Picture(f"{column}: AUC against the least adverse impact ratio", chart(curves, across, up), said)
