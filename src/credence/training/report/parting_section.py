"""How good and bad rows part: ROC, KS, the scores of both, and what tenths of the rows catch."""

import numpy as np

from credence.runs.report.model import Share
from credence.runs.report.pictures import histogram
from credence.training import figures
from credence.training.arrays import Floats
from credence.training.chance import bootstrap
from credence.training.judged import Judged
from credence.training.report.chart import Axis, Curve, chart
from credence.training.report.section import Grid, Picture, Section
from credence.training.sample import Sample

# Points of a curve; more cannot be seen.
POINTS_MOST = 120
BARS = 24
SAYS = (
    (
        "A score that told nothing would run along the dashed line of the ROC curve, and its tenths would "
        "all have the same share of bad outcomes."
    ),
    "None of this says whether the chances are right, only whether their order is.",
)


def parting_section(evidence: Judged) -> Section:
    """Of the rows whose figures count first."""
    sample = evidence.headline
    good, bad = figures.counted(sample.scores, sample.bad)
    known = np.unique(sample.scores)
    shares = [np.cumsum(side) / side.sum() for side in (good, bad)]
    away = shares[1] - shares[0]
    place = int(away.argmax())
    tenths = lift(sample)
    caught = 100 * tenths[0]["bad_caught"]
    most = f"{caught:.0f} % of the bad outcomes are among the tenth with the least scores."
    far = (
        f"Good and bad are furthest apart up to {known[place]:.0f}: {100 * shares[1][place]:.0f} % of the "
        f"bad and {100 * shares[0][place]:.0f} % of the good rows score so or less (KS {away[place]:.4f})."
    )
    facts = {"rows": sample.name, "ks_score": int(known[place]), "tenths": tenths}
    pictures = (_roc(shares, float(away[place]), place), _both(sample))
    return Section("parting", "Good and bad apart", (most, far, *SAYS), facts, (_grid(tenths),), pictures)


def _roc(shares: list[Floats], ks: float, place: int) -> Picture:
    kept = np.unique(np.linspace(0, len(shares[0]) - 1, POINTS_MOST).astype(int))
    places = [(0.0, 0.0), *((float(shares[0][n]), float(shares[1][n])) for n in kept)]
    at = float(shares[0][place]), float(shares[1][place])
    curves = [
        Curve("scores", places),
        Curve(f"KS {ks:.4f}", [(at[0], at[0]), at], "two"),
        Curve("no better than chance", [(0, 0), (1, 1)], "against"),
    ]
    says = "The share of bad rows against that of good rows up to each score; the further up, the better."
    drawn = chart(curves, Axis("share of the good", 0, 1, ".0%"), Axis("share of the bad", 0, 1, ".0%"))
    return Picture("ROC and KS", drawn, says)


def _both(sample: Sample) -> Picture:
    low, high = int(sample.scores.min()), int(sample.scores.max())
    width = max(-(-(high - low + 1) // BARS), 1)
    places = ((sample.scores - low) // width).astype(np.intp)
    size = int(places.max()) + 1
    good, bad = (np.bincount(places[sample.bad == end], minlength=size).tolist() for end in (0, 1))
    limits = [(low + n * width, low + n * width + width - 1) for n in range(size)]
    shares = [Share(f"{a} to {b}", g, x) for (a, b), g, x in zip(limits, good, bad, strict=True)]
    says = "How the scores of good and of bad rows are spread, each as shares of its own kind."
    legend = (
        '<p class="legend" aria-hidden="true"><span><i></i>good</span>'
        '<span><i class="line"></i>bad</span></p>'
    )
    return Picture("Scores", histogram(shares, limits, says) + legend, says)


def lift(sample: Sample) -> list[dict[str, float]]:
    """Tenths of the rows from the least scores: bad share, lift over all, and what is caught so far."""
    order = np.argsort(sample.scores, kind="stable")
    bads, seen, rows = sample.bad.sum(), 0.0, 0
    found = []
    for tenth in np.array_split(order, bootstrap.TENTHS):
        mine = float(sample.bad[tenth].sum())
        seen, rows = seen + mine, rows + len(tenth)
        found.append(
            {
                "rows": len(tenth),
                "score_from": int(sample.scores[tenth].min()),
                "score_to": int(sample.scores[tenth].max()),
                "bad_rate": round(mine / len(tenth), 6),
                "lift": round(mine / len(tenth) / float(sample.bad.mean()), 6),
                "bad_caught": round(seen / float(bads), 6),
                "good_caught": round((rows - seen) / float(len(order) - bads), 6),
            }
        )
    return found


def _grid(tenths: list[dict[str, float]]) -> Grid:
    heads = ("Scores", "Rows", "Bad, %", "Lift", "Bad caught so far, %", "Good caught so far, %")
    rows = [
        (
            f"{tenth['score_from']} to {tenth['score_to']}",
            int(tenth["rows"]),
            round(100 * tenth["bad_rate"], 1),
            round(tenth["lift"], 2),
            round(100 * tenth["bad_caught"], 1),
            round(100 * tenth["good_caught"], 1),
        )
        for tenth in tenths
    ]
    return Grid("Lift: tenths from the least scores", heads, tuple(rows))
