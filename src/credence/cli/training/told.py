"""What `credence train` prints."""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from credence.training.run import Trained
    from credence.training.validation import OutOfTime, Validation

# Sections that somebody asked for, whose first sentence is told.
COMPARISONS = (
    *("derived", "fairness", "less_discriminatory", "alignment", "overrides", "champion", "ceiling"),
    "rejects",
)


def facts(made: "Trained") -> dict[str, object]:
    """What it found, as data."""
    figures = msgspec.to_builtins(made.figures)
    assert isinstance(figures, dict), "figures are an object"
    warnings = [section.says[0] for section in made.sections if section.warns]
    return figures | {
        "directions": made.fit.directions,
        "stated": sorted(made.stated),
        "method": made.fit.method,
        "methods": {name: round(loss, 6) for name, loss in made.fit.losses.items()},
        "crossings": [crossing.name for crossing in made.fit.wishes.crossings],
        "warnings": warnings,
        **{section.name: section.facts for section in made.sections if section.name in COMPARISONS},
    }


def receipt(made: "Trained") -> list[str]:
    """What it found, in lines."""
    figures = made.figures
    bad = 100 * figures.bad / figures.rows
    lines = [f"{figures.rows:,} rows, {figures.bad:,} of them bad ({bad:.1f} %).", *figures.split.says]
    for way in ("rising", "falling"):
        proposed = [n for n, way_of in made.fit.directions.items() if way_of == way and n not in made.stated]
        if proposed:
            lines.append(f"Points proposed to be {way}, which nobody stated: {', '.join(proposed)}.")
    lines.append(_method(made))
    lines += [f"Warning: {section.says[0]}" for section in made.sections if section.warns]
    if figures.out_of_time is not None:
        lines += ["Held out by time, scored by the scorecard as it is:", *parting(figures.out_of_time)]
    lines += [
        f"{figures.lines} lines of points. Of {figures.folds} folds, each scored by what the others taught:",
        *parting(figures),
        "  lines  AUC",
    ]
    lines += [f"  {spot.lines:5.0f}  {spot.auc:.4f}" for spot in figures.frontier]
    return lines + [s.says[0] for s in made.sections if s.name in COMPARISONS and not s.warns]


def _method(made: "Trained") -> str:
    crossed = [crossing.name for crossing in made.fit.wishes.crossings]
    losses = ", ".join(f"{name} {loss:.4f}" for name, loss in made.fit.losses.items())
    told = f"Method: {made.fit.method}. Log-loss out of fold: {losses}."
    return f"{told} Crossed: {', '.join(crossed)}." if crossed else told


def parting(figures: "Validation | OutOfTime") -> list[str]:
    """How well scores part good from bad, in lines."""
    return [
        f"  AUC {figures.auc:.4f} (standard error {figures.auc_error:.4f}), Gini {figures.gini:.4f}",
        f"  KS {figures.ks:.4f}, log-loss {figures.log_loss:.4f}, Brier {figures.brier:.4f}",
    ]
