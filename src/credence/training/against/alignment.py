"""Alignment: whether a score means the same odds as the existing one that its scale was read off."""

from dataclasses import dataclass

import numpy as np

from credence.training import figures
from credence.training.against.odds import odds_line
from credence.training.against.paired import DIGITS, mean_auc, percent, sound
from credence.training.against.prepared import existing, shown
from credence.training.evidence import Evidence
from credence.training.report.section import Grid, Section

SHOWS = (
    "The scale of the existing score was read off these rows: a line of ln(good / bad) over it. Where its "
    "tenths depart from the line, the existing score does not mean the same odds all along, and no "
    "alignment by two numbers can make up for it."
)
# From this part of the bad rate on, the line is a poor picture of the existing score.
POOR = 0.25


@dataclass(frozen=True)
class Aligned:
    """An alignment.

    Attributes:
        existing: The column or scorecard that it is aligned to.
        rows: How many rows have the existing score.
        score: A score of its.
        odds: Good to bad at that score.
        points_to_double_odds: By how many points its odds double.
        slope: ln(good / bad) for each point.
        slope_error: Its standard error.
        auc: What the existing score reaches on these rows.
        error: The mean distance of its tenths from the line.
        tenths: What the line says of its tenths, and what was seen.
        ours_doubles: By how many points the odds of the new score double on rows that it did not see.
        ours_at: The odds of the new score at `score`.
        difference: The mean of the new score less the existing one, on rows that have both.
    """

    existing: str
    rows: int
    score: int
    odds: float
    points_to_double_odds: float
    slope: float
    slope_error: float
    auc: float
    error: float
    tenths: list[figures.Tenth]
    ours_doubles: float | None
    ours_at: float
    difference: float


def alignment(evidence: Evidence) -> Section | None:
    """Look at the alignment, where one was asked for."""
    name = evidence.order.looks.align
    if name is None:
        return None
    found = _aligned(evidence, name)
    rate = float(evidence.table.bad.mean())
    rows = tuple((t.rows, percent(t.predicted), percent(t.seen)) for t in found.tenths)
    grid = Grid(f"Tenths of '{found.existing}', from the worst", ("rows", "predicted, %", "seen, %"), rows)
    says = (_says(found), SHOWS)
    title = "Alignment to an existing scale"
    return Section("alignment", title, says, found, (grid,), warns=found.error > POOR * rate)


def _aligned(evidence: Evidence, name: str) -> Aligned:
    table, scale = evidence.table, evidence.order.scale
    scores = existing(name, table, evidence.order.source.path)
    known = ~np.isnan(scores)
    scores, bad, ours = scores[known], table.bad[known], evidence.scores[known]
    line, mine = odds_line(scores, bad), odds_line(ours, bad)
    tenths = figures.calibration(line.chances(scores), bad)
    gaps = [t.rows * abs(t.predicted - t.seen) for t in tenths if t.rows]
    return Aligned(
        existing=shown(name),
        rows=len(bad),
        score=scale.score,
        odds=scale.odds,
        points_to_double_odds=scale.points_to_double_odds,
        slope=round(line.slope, DIGITS),
        slope_error=round(line.error, DIGITS),
        auc=mean_auc(scores, bad, sound(table.folds[known], bad)),
        error=round(sum(gaps) / len(bad), DIGITS),
        tenths=[
            figures.Tenth(t.rows, round(t.predicted, DIGITS), round(t.seen, DIGITS)) for t in tenths if t.rows
        ],
        ours_doubles=round(float(np.log(2)) / mine.slope, 2) if mine.slope > 0 else None,
        ours_at=round(float(np.exp(mine.intercept + mine.slope * scale.score)), 3),
        difference=round(float((ours - scores).mean()), 2),
    )


def _says(found: Aligned) -> str:
    low, high = (found.slope + side * figures.SURE * found.slope_error for side in (-1, 1))
    between = f"{np.log(2) / high:.1f} to {np.log(2) / low:.1f}"
    ours = "do not rise" if found.ours_doubles is None else f"double every {found.ours_doubles:.1f} points"
    return (
        f"'{found.existing}' stands for {found.odds:.2f} good to 1 bad at {found.score}, and for twice that "
        f"every {found.points_to_double_odds:.1f} points (95 % interval {between}); the new score was put on "
        f"that scale. On rows that it did not see, {found.score} stands for {found.ours_at:.2f} to 1 in it, "
        f"and its odds {ours}. The line is off by {100 * found.error:.1f} percentage points on average "
        f"over tenths of '{found.existing}'."
    )
