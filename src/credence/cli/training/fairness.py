"""credence fairness: groups of people compared by a score that exists."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rich.cells import cell_len
from typer import Option

from credence.cli.lines import padded
from credence.cli.output import check_readable, print_json, say
from credence.cli.training import options
from credence.cli.training.packages import packages
from credence.errors import UsageError

if TYPE_CHECKING:
    from credence.training.report.section import Cell, Grid

ONE = "Say by what to compare: --score COLUMN, or --card SCORECARD. Not both."
GROUPS = "Say whom to compare: --groups COL,..., or --people TABLE."
HIGH = "--high-is-bad is for --score: a scorecard's points are better the more there are."


def fairness(
    table: Path,
    outcome: options.Outcome,
    cut_off: Annotated[int, Option(help="The score from which rows are accepted.")],
    bad: options.Bad = None,
    groups: options.Groups = "",
    people: options.People = None,
    score: Annotated[str | None, Option(metavar="COLUMN", help="The column of the score.")] = None,
    high_is_bad: Annotated[
        bool, Option("--high-is-bad", help="From the cut-off on rows are refused, not accepted.")
    ] = False,
    card: Annotated[
        Path | None, Option(metavar="SCORECARD", help="A scorecard that scores the rows by their columns.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Compare groups of people by a score they have: what each gets, and how often it errs."""
    if (score is None) == (card is None):
        raise UsageError(ONE)
    if not groups and people is None:
        raise UsageError(GROUPS)
    if high_is_bad and card is not None:
        raise UsageError(HIGH)
    check_readable("The table", table)
    with packages():
        from credence.training.fairness.existing import Existing, existing  # noqa: PLC0415
        from credence.training.order import Looks  # noqa: PLC0415
        from credence.training.table import Source  # noqa: PLC0415
    named = tuple(part.strip() for part in groups.split(",") if part.strip())
    looks = Looks(cut_off, groups=named, people=people)
    found, meanings = existing(Existing(Source(table, outcome, bad), looks, score, card, high_is_bad))
    if as_json:
        print_json(found.facts)
    else:
        tables = [line for grid in found.grids for line in drawn(grid)]
        say("\n".join([*found.says, *tables, *(["", *meanings] if meanings else [])]))


def drawn(grid: "Grid") -> list[str]:
    """A table in lines, below its title."""
    rows = [grid.columns, *(tuple(map(_told, row)) for row in grid.rows)]
    widths = [max(cell_len(row[n]) for row in rows) for n in range(len(grid.columns))]
    cells = (zip(row, widths, strict=True) for row in rows)
    return ["", grid.title, *("  " + "  ".join(padded(*cell) for cell in row).rstrip() for row in cells)]


def _told(cell: "Cell") -> str:
    return "-" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
