"""What fewer lines of points would cost: the frontier of accuracy against lines."""

from credence.training.evidence import Evidence
from credence.training.report.chart import Axis, Curve, around, chart
from credence.training.report.section import Grid, Picture, Section

# A loss of AUC that nobody would notice.
NEAR = 0.002
SAYS = (
    "Each spot merges the same fits further, and is scored out of fold; lines are the mean over the folds.",
    (
        "Ask for fewer lines with --rows-most where they cost little: fewer are easier to read, to explain "
        "and to keep."
    ),
)


def frontier_section(evidence: Evidence) -> Section:
    """Lines against AUC, of fits that are merged further and further."""
    spots = evidence.figures.frontier
    best = max(spot.auc for spot in spots)
    enough = min((spot for spot in spots if spot.auc >= best - NEAR), key=lambda spot: spot.lines)
    told = f"About {enough.lines:.0f} lines come within {NEAR} of the best AUC here ({best:.4f})."
    places = sorted((spot.lines, spot.auc) for spot in spots)
    across = Axis("lines of points", 0, 1.05 * places[-1][0])
    up = Axis("AUC", *around([area for _, area in places]), ".3f")
    says = "AUC out of fold against lines of points: where the curve is flat, lines are cheap to give up."
    picture = Picture("Accuracy against lines", chart([Curve("", places, dots=True)], across, up), says)
    rows = tuple((round(spot.lines, 1), round(spot.auc, 4)) for spot in spots)
    grid = Grid("Lines and AUC", ("Lines", "AUC"), rows)
    return Section("frontier", "Fewer lines", (told, *SAYS), spots, (grid,), (picture,))
