"""The figures that every scorecard has, with what they would be on other rows of the same kind."""

from collections.abc import Sequence

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
# The figures of samples, by the name of each.
Figures = dict[str, dict[str, Interval]]
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
    found = figures_of(samples, evidence.order.source.seed)
    auc = found[samples[0].name]["auc"]
    later = [_compared(auc, found["out of fold"]["auc"])] if evidence.held is not None else []
    return section_of(found, [*later, *_new(evidence, found)], [POOLED])


def figures_of(samples: Sequence[Sample], seed: int) -> Figures:
    """Every figure of each sample, by its name."""
    return {each.name: intervals(counts_of(each.scores, each.chances, each.bad), seed) for each in samples}


def section_of(found: Figures, says: Sequence[str] = (), last: Sequence[str] = ()) -> Section:
    """The figures of samples, those that count first first."""
    facts = {name.replace(" ", "_"): figures for name, figures in found.items()}
    rows = [_row(name, key, figures[key]) for name, figures in found.items() for key in NAMES]
    heads = ("Figure", "Rows", "Value", "Error", "95 % from", "to")
    grid = Grid("Figures and their errors", heads, tuple(rows))
    first, figures = next(iter(found.items()))
    auc = figures["auc"]
    headline = f"AUC {auc.value:.4f} {first}, 95 % of draws from {auc.low:.4f} to {auc.high:.4f}."
    return Section("errors", "Figures", (headline, *says, *SAYS, *last), facts, (grid,))


def _judging(evidence: Evidence) -> Sample | None:
    """The rows held out of groups that nothing was learnt from, where good and bad are enough to judge by."""
    new = evidence.strangers
    return new if new is not None and min(new.bad.sum(), (1 - new.bad).sum()) >= EACH_LEAST else None


def _new(evidence: Evidence, found: Figures) -> list[str]:
    new = evidence.strangers
    if new is None:
        return []
    group = evidence.table.split.group
    told = f"{len(new.bad):,} of the {len(evidence.headline.bad):,} rows held out have a new '{group}'"
    if new.name not in found:
        return [f"{told}: too few good or bad ones to show how it does on new ones."]
    auc = found[new.name]["auc"]
    return [f"{told}: on these AUC is {auc.value:.4f} (error {auc.error:.4f})."]


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
