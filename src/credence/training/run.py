"""A scorecard from a file: read, fit, validate, write."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass

from credence.errors import TrainingTableError
from credence.scorecards.lines import said
from credence.scorecards.scale import Scale
from credence.training.directions import Directions, read_directions
from credence.training.evidence import Evidence
from credence.training.fit import Fit, Wishes, fit
from credence.training.order import USUAL, Order
from credence.training.report.looks import looked_at
from credence.training.report.section import Section
from credence.training.table import SEED, read_table
from credence.training.validation import Validation, validate
from credence.training.written.folder import check_new, write_folder

NOTHING = "No column tells good outcomes from bad ones{}."


@dataclass(frozen=True)
class Trained:
    """What came of it: the fit, its figures, what else was looked at, and the directions that were stated."""

    fit: Fit
    figures: Validation
    sections: tuple[Section, ...]
    stated: Directions


def run(order: Order, told: Callable[[int, int], None]) -> Trained:
    """Learn a scorecard, and write its folder where one is asked for.

    Raises:
        LogExistsError: The folder exists already.
        SourceNotFoundError: A file is not there.
        IntakeError: The table cannot be read.
        TrainingTableError: No scorecard can be learnt from it.
        DefinitionError: The file of directions has faults.
    """
    if order.out is not None:
        check_new(order.out)
    table = read_table(order.source)
    names = [column.name for column in table.columns]
    stated = read_directions(order.directions, names) if order.directions else {}
    found = fit(table, Wishes(order.scale, order.lines_most, order.specials, stated), told)
    if not found.points.rows:
        raise TrainingTableError(order.source.path, [NOTHING.format(_within(order.lines_most))], [])
    figures = validate(found, table.duplicates)
    sections = tuple(looked_at(Evidence(order, table, found)))
    if order.out is not None:
        write_folder(order.out, found, (figures, sections), made(order))
    return Trained(found, figures, sections, stated)


def _within(lines_most: int | None) -> str:
    return "" if lines_most is None else f" in at most {lines_most} lines of points"


def made(order: Order) -> list[tuple[str, str]]:
    """Facts for the model card: what was read, and the command that makes the scorecard again."""
    source = order.source
    return [
        ("table", source.path.name),
        ("outcome", f"`{source.outcome}`"),
        ("left out", ", ".join(f"`{name}`" for name in source.leave_out) or "nothing"),
        ("scale", _scale(order.scale)),
        ("made by", f"`{shlex.join(command(order))}`"),
    ]


def _scale(scale: Scale) -> str:
    doubled = f"twice that every {scale.points_to_double_odds} points"
    return f"{scale.score} at {scale.odds:g} good to 1 bad, {doubled}"


def command(order: Order) -> list[str]:
    """The command that makes the scorecard again, where the files are at hand."""
    source, scale, looks = order.source, order.scale, order.looks
    options = {
        "--outcome": source.outcome,
        "--bad": source.bad,
        "--leave-out": ",".join(source.leave_out) or None,
        "--directions": order.directions.name if order.directions else None,
        "--special=": ",".join(map(said, order.specials)) or None,
        "--rows-most": order.lines_most,
        "--pdo": scale.points_to_double_odds if scale != USUAL else None,
        "--odds": f"{scale.odds:g}" if scale != USUAL else None,
        "--at": scale.score if scale != USUAL else None,
        "--segments": ",".join(looks.segments) or None,
        "--groups": ",".join(looks.groups) or None,
        "--people": looks.people.name if looks.people else None,
        "--cut-off": looks.cut_off,
        "--champion": looks.champion.name if looks.champion else None,
        "--rejects": looks.rejects.name if looks.rejects else None,
        "--seed": source.seed if source.seed != SEED else None,
        "--out": order.out.name if order.out else None,
    }
    words = ["credence", "train", source.path.name, *(["--ceiling"] if looks.ceiling else [])]
    for name, value in options.items():
        if value is not None:
            words += [f"{name}{value}"] if name.endswith("=") else [name, str(value)]
    return words
