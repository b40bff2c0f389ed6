"""credence train: a table of people whose outcomes are known in, an integer scorecard out."""

from pathlib import Path
from typing import Any

from credence.cli.output import check_readable, print_json, progress, say
from credence.cli.training import options
from credence.cli.training.packages import packages
from credence.cli.training.told import facts, receipt


def train(
    table: Path,
    outcome: options.Outcome,
    bad: options.Bad = None,
    leave_out: options.LeaveOut = "",
    directions: options.Directions = None,
    characteristics: options.Characteristics = None,
    vocabulary: options.Vocabulary = None,
    special: options.Special = "",
    time: options.Time = None,
    group: options.Group = None,
    out_of_time: options.OutOfTime = None,
    performance: options.Performance = None,
    random: options.Random = False,
    method: options.Method = "best",
    crossings: options.Crossings = 0,
    derive: options.Derive = 0,
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
    decision: options.Decision = None,
    align: options.Align = None,
    ceiling: options.Ceiling = False,
    fairer: options.Fairer = None,
    out: options.Out = None,
    seed: options.Seed = 20261122,
    as_json: options.AsJson = False,
) -> None:
    """Make an integer scorecard of a table with outcomes, and tell how it does on rows it has not seen."""
    _trained(locals())


def _trained(given: dict[str, Any]) -> None:
    """Train with the options by their names, and tell."""
    with packages():
        from credence.cli.training.ordering import order_of  # noqa: PLC0415
        from credence.training.run import run  # noqa: PLC0415
    check_readable("The table", given["table"])
    order = order_of(given)
    with progress("fitting") as told:
        made = run(order, told)
    if given["as_json"]:
        print_json(facts(made) | {"out": str(order.out) if order.out else None})
    else:
        say("\n".join([*receipt(made), *([f"Written to {order.out}."] if order.out else [])]))
