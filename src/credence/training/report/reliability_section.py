"""Whether the chances that scores stand for are right: tenths with intervals, and the error over all."""

import numpy as np

from credence.training.chance import bootstrap
from credence.training.figures import wilson
from credence.training.judged import Judged
from credence.training.report.chart import Axis, Curve, around, chart
from credence.training.report.section import Grid, Picture, Section
from credence.training.sample import Sample

# Off by more than this is more than somebody who sets prices or limits by it wants.
ERROR_MOST = 0.02


def reliability_section(evidence: Judged) -> Section:
    """Of the rows whose figures count first."""
    sample = evidence.headline
    counts = bootstrap.counts_of(sample.scores, sample.chances, sample.bad)
    error = round(float(bootstrap.calibration_error(counts)[0]), 6)
    chance = bootstrap.right_by_chance(counts, evidence.order.source.seed)
    predicted, seen = float(sample.chances.mean()), float(sample.bad.mean())
    off = error > max(chance, ERROR_MOST)
    tenths = _tenths(sample)
    says = (
        _verdict(error, chance, off=off),
        f"Over all, {100 * predicted:.1f} % bad were predicted and {100 * seen:.1f} % were seen.",
        (
            "The bars are 95 % intervals of Wilson's, each for its own tenth. They show what is right at "
            "these rows' share of bad outcomes; where that share changes, the base must be set anew."
        ),
    )
    facts = {
        "rows": sample.name,
        "predicted": round(predicted, 6),
        "seen": round(seen, 6),
        "calibration_error": error,
        "calibration_error_by_chance": chance,
        "tenths": tenths,
    }
    return Section("reliability", "Calibration", says, facts, (_grid(tenths),), (_picture(tenths),), off)


def _verdict(error: float, chance: float, *, off: bool) -> str:
    told = f"Predicted and seen differ by {100 * error:.2f} percentage points on the mean over tenths"
    if error <= chance:
        return f"{told}; chances that are right would stay under {100 * chance:.2f} nineteen times of twenty."
    grave = "and far enough to mislead" if off else "but not far"
    return f"{told}, more than chance makes ({100 * chance:.2f}), {grave}."


def _tenths(sample: Sample) -> list[dict[str, float]]:
    order = np.argsort(-sample.chances, kind="stable")
    found = []
    for tenth in np.array_split(order, bootstrap.TENTHS):
        low, high = wilson(float(sample.bad[tenth].sum()), len(tenth))
        numbers = float(sample.chances[tenth].mean()), float(sample.bad[tenth].mean()), low, high
        named = zip(("predicted", "seen", "low", "high"), numbers, strict=True)
        found.append({"rows": len(tenth)} | {name: round(number, 6) for name, number in named})
    return found


def _picture(tenths: list[dict[str, float]]) -> Picture:
    low, high = around([tenth[name] for tenth in tenths for name in ("predicted", "low", "high")])
    low, high = max(low, 0.0), min(high, 1.0)
    places = [(tenth["predicted"], tenth["seen"]) for tenth in reversed(tenths)]
    bars = [(tenth["low"], tenth["high"]) for tenth in reversed(tenths)]
    curves = [
        Curve("right", [(low, low), (high, high)], "against"),
        Curve("tenths of the rows", places, dots=True, bars=bars),
    ]
    says = "The bad share seen against the one predicted, in tenths of the rows: on the line it is right."
    axes = Axis("bad, predicted", low, high, ".0%"), Axis("bad, seen", low, high, ".0%")
    return Picture("Predicted and seen", chart(curves, *axes), says)


def _grid(tenths: list[dict[str, float]]) -> Grid:
    rows = [
        (number, int(t["rows"]), *(round(100 * t[name], 2) for name in ("predicted", "seen", "low", "high")))
        for number, t in enumerate(tenths, 1)
    ]
    heads = ("Tenth", "Rows", "Predicted, %", "Seen, %", "95 % from", "to")
    return Grid("Tenths from the greatest chance of a bad outcome", heads, tuple(rows))
