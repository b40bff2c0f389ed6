"""What `credence train` prints."""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from credence.training.run import Trained


def facts(made: "Trained") -> dict[str, object]:
    """What it found, as data."""
    figures = msgspec.to_builtins(made.figures)
    assert isinstance(figures, dict), "figures are an object"
    return figures | {"directions": made.fit.directions, "stated": sorted(made.stated)}


def receipt(made: "Trained") -> list[str]:
    """What it found, in lines."""
    figures = made.figures
    bad = 100 * figures.bad / figures.rows
    lines = [f"{figures.rows:,} rows, {figures.bad:,} of them bad ({bad:.1f} %)."]
    if figures.duplicates:
        lines.append(
            f"{figures.duplicates:,} rows repeat another: in different folds they flatter the figures."
        )
    for way in ("rising", "falling"):
        proposed = [n for n, way_of in made.fit.directions.items() if way_of == way and n not in made.stated]
        if proposed:
            lines.append(f"Points proposed to be {way}, which nobody stated: {', '.join(proposed)}.")
    lines += [
        f"{figures.lines} lines of points. Of {figures.folds} folds, each scored by what the others taught:",
        f"  AUC {figures.auc:.4f} (standard error {figures.auc_error:.4f}), Gini {figures.gini:.4f}",
        f"  KS {figures.ks:.4f}, log-loss {figures.log_loss:.4f}, Brier {figures.brier:.4f}",
        "  lines  AUC",
    ]
    return lines + [f"  {spot.lines:5.0f}  {spot.auc:.4f}" for spot in figures.frontier]
