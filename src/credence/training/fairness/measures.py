"""Figures of groups, from counted rows: for one count of each row, or for many draws of them at once."""

from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Floats
from credence.training.fairness.counts import Counts
from credence.training.figures import NOTHING

# Scores are cut into so many bands of about as many rows.
BANDS = 10
Measures = dict[str, Floats]


@dataclass(frozen=True)
class Ground:
    """What scores stand for.

    Attributes:
        scores: The different scores, higher for better.
        accepted: Which of them are accepted.
        bands: For each score (row) and each band of scores (column), 1 where it lies there.
        reference: The number of the group that others are compared with.
        chances: The chance of a bad outcome that each score stands for, where that is known.
        sign: -1 where the scores were turned round, since high ones were bad.
    """

    scores: Floats
    accepted: Floats
    bands: Floats
    reference: int
    chances: Floats | None = None
    sign: int = 1


def banded(counts: Counts) -> Floats:
    """Bands of scores of about as many rows each: each different score by itself where there are few."""
    filled = counts.rows.sum(axis=(0, 1))
    places = np.floor((np.cumsum(filled) - filled / 2) / filled.sum() * BANDS).astype(np.intp)
    if len(filled) <= BANDS:
        places = np.arange(len(filled))
    _, places = np.unique(places, return_inverse=True)
    found: Floats = np.eye(int(places.max()) + 1)[places]
    return found


def measured(rows: Floats, ground: Ground) -> Measures:
    """All figures of each group; `rows` is counts by group, outcome and score, or several draws of them."""
    everyone, groups = rows.sum(axis=-3), rows[..., :-1, :, :]
    sizes = groups.sum(axis=-1)
    accepted = groups @ ground.accepted
    found = _accepted(sizes, accepted, ground.reference) | _scores(groups, everyone, ground)
    found["auc"] = _auc(groups)
    found["excess_at_equal_score"] = _excess(groups, everyone, ground.bands)
    return found | (_chances(groups, ground.chances) if ground.chances is not None else {})


def ratio(part: Floats, whole: Floats) -> Floats:
    """A part of a whole; NaN where there is none."""
    found: Floats = np.divide(
        part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole > 0
    )
    return found


def _accepted(sizes: Floats, accepted: Floats, reference: int) -> Measures:
    rows, refused = sizes.sum(axis=-1), sizes - accepted
    share = ratio(accepted.sum(axis=-1), rows)
    good = ratio(accepted[..., 0], sizes[..., 0])
    return {
        "bad_rate": ratio(sizes[..., 1], rows),
        "accepted": share,
        "adverse_impact_ratio": ratio(share, share[..., reference, None]),
        "false_positive_rate": ratio(refused[..., 0], sizes[..., 0]),
        "false_negative_rate": ratio(accepted[..., 1], sizes[..., 1]),
        "equal_opportunity_difference": good - good[..., reference, None],
        "bad_among_refused": ratio(refused[..., 1], refused.sum(axis=-1)),
        "bad_among_accepted": ratio(accepted[..., 1], accepted.sum(axis=-1)),
    }


def _scores(groups: Floats, everyone: Floats, ground: Ground) -> Measures:
    by_score, total = groups.sum(axis=-2), everyone.sum(axis=-2)
    means = ratio(by_score @ ground.scores, by_score.sum(axis=-1)) * ground.sign
    mean = (total @ ground.scores) / total.sum(axis=-1)
    away = (ground.scores - mean[..., None]) ** 2
    spread = np.sqrt((total * away).sum(axis=-1) / total.sum(axis=-1))
    gaps = means - means[..., ground.reference, None]
    return {"mean_score": means, "standardised_mean_difference": ratio(gaps, spread[..., None])}


def _auc(groups: Floats) -> Floats:
    good, bad = groups[..., 0, :], groups[..., 1, :]
    below = np.cumsum(bad, axis=-1) - bad / 2
    return ratio((good * below).sum(axis=-1), good.sum(axis=-1) * bad.sum(axis=-1))


def _excess(groups: Floats, everyone: Floats, bands: Floats) -> Floats:
    """How much more often bad than everybody in the same band of scores."""
    rows, bad = everyone.sum(axis=-2) @ bands, everyone[..., 1, :] @ bands
    rates = np.nan_to_num(ratio(bad, rows))
    mine = groups.sum(axis=-2)
    expected = ((mine @ bands) * rates[..., None, :]).sum(axis=-1)
    return ratio(groups[..., 1, :].sum(axis=-1) - expected, mine.sum(axis=-1))


def _chances(groups: Floats, chances: Floats) -> Measures:
    good, bad = groups[..., 0, :], groups[..., 1, :]
    rows, kept = (good + bad).sum(axis=-1), np.clip(chances, NOTHING, 1 - NOTHING)
    lost = -(bad @ np.log(kept) + good @ np.log1p(-kept))
    predicted = (good + bad) @ chances
    return {
        "calibration_gap": ratio(predicted - bad.sum(axis=-1), rows),
        "log_loss": ratio(lost, rows),
    }
