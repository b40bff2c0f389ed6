"""The figures that every scorecard has, with what they would be on other rows of the same kind."""

from credence.training.chance.bootstrap import DRAWS, Interval, counts_of, intervals
from credence.training.evidence import Evidence
from credence.training.report.section import Cell, Grid, Section
from credence.training.sample import Sample

NAMES = {
    "auc": "AUC",
    "gini": "Gini",
    "ks": "KS",
    "log_loss": "log-loss",
    "brier": "Brier",
    "calibration_error": "calibration error",
}
# Good and bad rows that figures are told of.
EACH_LEAST = 10
SAYS = (
    (
        f"Good and bad rows were drawn again {DRAWS} times, each for itself: 95 % of the draws lie between "
        "the ends given."
    ),
    (
        "This shows how far chance in these rows carries a figure; it does not show how other people, or "
        "later times, differ from them."
    ),
)
POOLED = (
    "Out of fold, scores of all folds are taken together here; the AUC at the top of the page is the mean "
    "over the folds."
)


def figures_section(evidence: Evidence) -> Section:
    """The figures out of time, where rows were held out, and out of fold."""
    samples = [
        sample for sample in (evidence.held, evidence.folded, _judging(evidence)) if sample is not None
    ]
    seed = evidence.order.source.seed
    found = {sample.name: _of(sample, seed) for sample in samples}
    facts = {name.replace(" ", "_"): figures for name, figures in found.items()}
    rows = [_row(name, key, figures[key]) for name, figures in found.items() for key in NAMES]
    heads = ("Figure", "Rows", "Value", "Error", "95 % from", "to")
    grid = Grid("Figures and their errors", heads, tuple(rows))
    first = samples[0].name
    auc = found[first]["auc"]
    headline = f"AUC {auc.value:.4f} {first}, 95 % of draws from {auc.low:.4f} to {auc.high:.4f}."
    later = [_compared(auc, found["out of fold"]["auc"])] if evidence.held is not None else []
    says = (headline, *later, *_new(evidence, found), *SAYS, POOLED)
    return Section("errors", "Figures", says, facts, (grid,))


def _judging(evidence: Evidence) -> Sample | None:
    """The rows held out of groups that nothing was learnt from, where good and bad are enough to judge by."""
    new = evidence.strangers
    return new if new is not None and min(new.bad.sum(), (1 - new.bad).sum()) >= EACH_LEAST else None


def _new(evidence: Evidence, found: dict[str, dict[str, Interval]]) -> list[str]:
    new = evidence.strangers
    if new is None:
        return []
    group = evidence.table.split.group
    told = f"{len(new.bad):,} of the {len(evidence.headline.bad):,} rows held out have a new '{group}'"
    if new.name not in found:
        return [f"{told}: too few good or bad ones to show how it does on new ones."]
    auc = found[new.name]["auc"]
    return [f"{told}: on these AUC is {auc.value:.4f} (error {auc.error:.4f})."]


def _of(sample: Sample, seed: int) -> dict[str, Interval]:
    return intervals(counts_of(sample.scores, sample.chances, sample.bad), seed)


def _row(name: str, key: str, found: Interval) -> tuple[Cell, ...]:
    numbers = (found.value, found.error, found.low, found.high)
    return (NAMES[key], name, *(round(number, 4) for number in numbers))


def _compared(later: Interval, folded: Interval) -> str:
    away = later.value - folded.value
    said = "as well as" if abs(away) <= later.error else "better than" if away > 0 else "worse than"
    return (
        f"On the rows held out it parts good from bad {said} out of fold ({folded.value:.4f}), judged by the "
        "error of the former."
    )
