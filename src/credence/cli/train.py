"""credence train: a table of people whose outcomes are known in, an integer scorecard out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from typer import Option

from credence.cli.output import check_readable, print_json, progress, say
from credence.errors import TrainExtraMissingError, UsageError
from credence.scorecards.scale import Scale

if TYPE_CHECKING:
    from credence.training.run import Trained


@contextmanager
def packages() -> Iterator[None]:
    """Import what needs the packages of training within this.

    Raises:
        TrainExtraMissingError: One of them is not installed.
    """
    # More threads are slower on matrices this small, and add up in another order.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("credence"):
            raise
        raise TrainExtraMissingError(error.name or "") from None


def train(
    table: Path,
    outcome: Annotated[str, Option(metavar="COLUMN", help="The column that says how it ended.")],
    bad: Annotated[
        str | None, Option(metavar="VALUE", help="Its value for a bad outcome; 1, true or bad if not said.")
    ] = None,
    leave_out: Annotated[str, Option(metavar="COL,...", help="Columns that are not asked.")] = "",
    directions: Annotated[
        Path | None, Option(metavar="FILE", help="YAML of columns whose points rise or fall.")
    ] = None,
    special: Annotated[str, Option(metavar="NUMBER,...", help="Numbers that are codes, no amounts.")] = "",
    rows_most: Annotated[int | None, Option(min=2, help="At most so many lines of points.")] = None,
    pdo: Annotated[int, Option(min=1, help="Points that double the odds.")] = 20,
    odds: Annotated[float, Option(min=0.001, help="Good to bad, at the score that --at says.")] = 50,
    at: Annotated[int, Option(help="The score at these odds.")] = 600,
    out: Annotated[Path | None, Option(metavar="DIR", help="The folder to make; none if not said.")] = None,
    seed: Annotated[int, Option(help="Another one cuts other folds.")] = 20261122,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Make an integer scorecard of a table with outcomes, and tell how it does on rows it has not seen."""
    with packages():
        from credence.training.run import Order, run  # noqa: PLC0415
        from credence.training.table import Source  # noqa: PLC0415
    check_readable("The table", table)
    specials = tuple(_number(part) for part in _listed(special))
    source = Source(table, outcome, bad, tuple(_listed(leave_out)), seed)
    order = Order(source, Scale(at, odds, pdo), rows_most, specials, directions, out)
    with progress("fitting") as told:
        made = run(order, told)
    if as_json:
        print_json(_facts(made) | {"out": str(out) if out else None})
    else:
        say("\n".join([*_receipt(made), *([f"Written to {out}."] if out else [])]))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        sentence = f"--special has '{text}', which is not a number. Write it like -7,-8,-9."
        raise UsageError(sentence) from None


def _facts(made: "Trained") -> dict[str, object]:
    figures = msgspec.to_builtins(made.figures)
    assert isinstance(figures, dict), "figures are an object"
    return figures | {"directions": made.fit.directions, "stated": sorted(made.stated)}


def _receipt(made: "Trained") -> list[str]:
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
