"""credence train: a table of people whose outcomes are known in, an integer scorecard out."""

from fractions import Fraction
from pathlib import Path

from credence.cli.output import check_readable, print_json, progress, say
from credence.cli.training import options
from credence.cli.training.packages import packages
from credence.cli.training.told import facts, receipt
from credence.errors import UsageError
from credence.scorecards.scale import Scale


def train(
    table: Path,
    outcome: options.Outcome,
    bad: options.Bad = None,
    leave_out: options.LeaveOut = "",
    directions: options.Directions = None,
    special: options.Special = "",
    rows_most: options.RowsMost = None,
    pdo: options.Pdo = 20,
    odds: options.Odds = 50,
    at: options.At = 600,
    segments: options.Segments = "",
    groups: options.Groups = "",
    people: options.People = None,
    cut_off: options.CutOff = None,
    champion: options.Champion = None,
    rejects: options.Rejects = None,
    ceiling: options.Ceiling = False,
    out: options.Out = None,
    seed: options.Seed = 20261122,
    as_json: options.AsJson = False,
) -> None:
    """Make an integer scorecard of a table with outcomes, and tell how it does on rows it has not seen."""
    with packages():
        from credence.training.order import Looks, Order  # noqa: PLC0415
        from credence.training.run import run  # noqa: PLC0415
        from credence.training.table import Source  # noqa: PLC0415
    check_readable("The table", table)
    specials = tuple(_number(part) for part in _listed(special))
    looks = Looks(cut_off, _listed(segments), _listed(groups), people, champion, rejects, ceiling)
    source = Source(table, outcome, bad, _listed(leave_out), seed, looks.beside)
    order = Order(source, Scale(at, odds, pdo), rows_most, specials, directions, looks, out)
    with progress("fitting") as told:
        made = run(order, told)
    if as_json:
        print_json(facts(made) | {"out": str(out) if out else None})
    else:
        say("\n".join([*receipt(made), *([f"Written to {out}."] if out else [])]))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        sentence = f"--special has '{text}', which is not a number. Write it like -7,-8,-9."
        raise UsageError(sentence) from None
