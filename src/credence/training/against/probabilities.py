"""The chance that each score stands for, beside what was seen; and bands of scores that it suggests."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np

from credence.scorecards.scale import Scale
from credence.training import figures
from credence.training.against.odds import odds_line
from credence.training.against.paired import DIGITS, percent
from credence.training.arrays import Flags
from credence.training.judged import Judged
from credence.training.report.chart import Axis, Curve, around, chart
from credence.training.report.section import Cell, Grid, Picture, Section
from credence.training.sample import Sample

# The chances of a bad outcome at which a band ends: each is half of the one before.
ENDS = (0.64, 0.32, 0.16, 0.08, 0.04, 0.02, 0.01, 0.005, 0.0025)
# A band has at least so many rows.
ROWS_LEAST = 50
# Letters of bands, the best first.
LETTERS = "ABCDEFGHIJ"
# Beyond these, points stand for odds that are too far apart, or too near each other.
SLOPES = (0.8, 1.25)
STANDS = (
    "A score stands for a chance of a bad outcome by its scale alone; what was seen at it is beside, with "
    "an interval of 95 % (Wilson's). The chance is that of people like these over such a window: another "
    "bad rate, a later time or another product moves all of them."
)


@dataclass(frozen=True)
class Spot:
    """Scores that are alike in what they stand for.

    Attributes:
        score: The lowest of them.
        predicted: The mean chance of a bad outcome that they stand for.
        rows: How many rows have one.
        bad: How many of these were bad.
        seen: Their share.
        low: The lower end of its interval of 95 %.
        high: The upper end.
    """

    score: int
    predicted: float
    rows: int
    bad: int
    seen: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether what is predicted lies in the interval of what was seen."""
        return self.low <= self.predicted <= self.high


@dataclass(frozen=True)
class Banded:
    """A proposed band: as in a scorecard's file, with what was seen in it; the last has no `below`."""

    name: str
    below: int | None
    seen: Spot


@dataclass(frozen=True)
class Probabilities:
    """Chances and what was seen.

    Attributes:
        sample: Which rows.
        slope: How fast odds rise with the score beside what the scale says; 1 is as it says.
        slope_low: The lower end of its interval of 95 %.
        slope_high: The upper end.
        scores: By score.
        bands: Bands that the chances suggest.
    """

    sample: str
    slope: float
    slope_low: float
    slope_high: float
    scores: list[Spot]
    bands: list[Banded]


def probabilities(evidence: Judged) -> Section:
    """Look at what scores stand for."""
    sample, scale = evidence.headline, evidence.scale
    found = measured(sample, scale)
    worth = found.slope_high < SLOPES[0] or found.slope_low > SLOPES[1]
    return Section(
        "probabilities",
        "What a score stands for",
        (_says(found), STANDS, _banded(found)),
        found,
        (_grid(found), _steps(found, scale)),
        (_picture(found, scale),),
        warns=worth,
    )


def measured(sample: Sample, scale: Scale) -> Probabilities:
    """Compare chances with what was seen."""
    line = odds_line(sample.scores, sample.bad)
    slope, error = line.slope * scale.factor, line.error * scale.factor
    different, places = np.unique(sample.scores, return_inverse=True)
    return Probabilities(
        sample.name,
        round(slope, DIGITS),
        round(slope - figures.SURE * error, DIGITS),
        round(slope + figures.SURE * error, DIGITS),
        [_spot(sample, places == place, int(score)) for place, score in enumerate(different.tolist())],
        bands(sample, scale),
    )


def _spot(sample: Sample, rows: Flags, score: int) -> Spot:
    bad, count = int(sample.bad[rows].sum()), int(rows.sum())
    low, high = figures.wilson(bad, count)
    return Spot(
        score,
        round(float(sample.chances[rows].mean()), DIGITS),
        count,
        bad,
        round(bad / count, DIGITS),
        round(low, DIGITS),
        round(high, DIGITS),
    )


def bands(sample: Sample, scale: Scale) -> list[Banded]:
    """Bands at whose limits the chance of a bad outcome halves; those with few rows join the one above."""
    limits = [ceil(scale.score_at((1 - end) / end)) for end in ENDS]
    kept: list[int] = []
    for limit in limits:
        before = kept[-1] if kept else -np.inf
        inside = int(((sample.scores >= before) & (sample.scores < limit)).sum())
        above = int((sample.scores >= limit).sum())
        if inside >= ROWS_LEAST and above >= ROWS_LEAST:
            kept.append(limit)
    edges = [-np.inf, *kept, np.inf]
    found = []
    for number, (low, high) in enumerate(pairwise(edges)):
        rows = (sample.scores >= low) & (sample.scores < high)
        spot = _spot(sample, rows, int(sample.scores[rows].min()))
        found.append(Banded(LETTERS[len(kept) - number], None if high == np.inf else int(high), spot))
    return found


def _says(found: Probabilities) -> str:
    inside = sum(band.seen.holds for band in found.bands)
    return (
        f"On rows {found.sample} odds rise {found.slope:.2f} times as fast with the score as its scale says "
        f"(95 % interval {found.slope_low:.2f} to {found.slope_high:.2f}), and in {inside} of "
        f"{len(found.bands)} bands the chance that scores stand for lies within what was seen."
    )


def _banded(found: Probabilities) -> str:
    lines = [
        f"{{name: {b.name}}}" if b.below is None else f"{{name: {b.name}, below: {b.below}}}"
        for b in found.bands
    ]
    return (
        f"Bands in which the chance halves from one to the next, for the file: bands: [{', '.join(lines)}]."
    )


COLUMNS = ("rows", "bad", "predicted, %", "seen, %", "95 % from", "to")


def _cells(spot: Spot) -> tuple[Cell, ...]:
    shares = (spot.predicted, spot.seen, spot.low, spot.high)
    return spot.rows, spot.bad, *[percent(share) for share in shares]


def _middle(chance: float, scale: Scale) -> float:
    return round(scale.score_at((1 - chance) / chance), 1)


def _picture(found: Probabilities, scale: Scale) -> Picture:
    scores = [spot.score for spot in found.scores]
    places = [(_middle(band.seen.predicted, scale), band.seen.seen) for band in found.bands]
    bars = [(band.seen.low, band.seen.high) for band in found.bands]
    curves = [
        Curve("as the scale says", [(spot.score, spot.predicted) for spot in found.scores], "against"),
        Curve("seen in bands, at their mean chance", places, dots=True, bars=bars),
    ]
    axes = Axis("score", *around(scores), ".0f"), Axis("bad", 0.0, 1.0, ".0%")
    says = "The chance of a bad outcome by score, falling, and the share that was bad in each band."
    return Picture("Chance by score", chart(curves, *axes), says)


def _grid(found: Probabilities) -> Grid:
    rows = tuple((b.name, b.seen.score, *_cells(b.seen)) for b in found.bands)
    return Grid("Bands by chance", ("band", "lowest score", *COLUMNS), rows)


def _steps(found: Probabilities, scale: Scale) -> Grid:
    """Where people are, every so many points: the chance there."""
    step = max(1, round(scale.points_to_double_odds / 2))
    least, most = found.scores[0].score, found.scores[-1].score
    scores = range(least + -least % step, most + 1, step)
    rows = tuple((score, percent(scale.bad_rate_at(score))) for score in scores)
    return Grid("Chance of a bad outcome by score", ("score", "chance, %"), rows)
