"""A scorecard from a file: read, fit, validate, write."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass

from credence.errors import TrainingTableError
from credence.scorecards.lines import said
from credence.training.against.prepared import aligned, prepared, shown
from credence.training.deriving.pick import Derivations, with_derived
from credence.training.deriving.told import listed, origin_of, section
from credence.training.directions import Directions, read_directions
from credence.training.evidence import Evidence
from credence.training.fairness.asked import drawn_in_words, drawn_together, with_people
from credence.training.fit import Fit, Wishes, fit
from credence.training.looks import looked_at
from credence.training.methods.choice import BEST
from credence.training.order import USUAL, Order
from credence.training.pairing.pick import with_pairs
from credence.training.report.section import Section
from credence.training.table import SEED, read_table
from credence.training.validation import Validation
from credence.training.written.folder import check_new, write_folder
from credence.training.written.origin import read_origin

# What to do where nothing but chance would part the rows, and nobody asked for that.
HOW = (
    "Nothing says how its rows are to be parted into those to learn from and those to judge by. Name the "
    "column of the time with --time (the last fifth is then held out), or the one whose rows belong together "
    "with --group, or ask for --random."
)
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
        TrainingTableError: No scorecard can be learnt from it, or not as fair a one as is asked for.
        ScorecardNotFoundError: There is no scorecard of the characteristics' name, or of the champion's.
        CeilingExtraMissingError: Boosted trees are asked for, and cannot be grown here.
        DefinitionError: The file of directions has faults, or that scorecard.
    """
    if order.out is not None:
        check_new(order.out)
    order = prepared(order)
    table = read_table(order.source)
    if table.split.by_chance and not order.source.splitting.random:
        raise TrainingTableError(order.source.path, [HOW], [])
    table = with_people(order, table)
    order = aligned(order, table)
    names = [column.name for column in table.columns]
    stated = read_directions(order.directions, names) if order.directions else {}
    origin = read_origin(order, table.columns) if order.characteristics else None
    plain = fit(table, Wishes(order.scale, order.lines_most, order.specials, stated, order.method), told)
    table, plain, derived = with_derived(table, plain, order.derive, told)
    table, plain = with_pairs(table, plain, order.crossings, told)
    found = drawn_together(order, table, plain)
    if not found.points.rows:
        raise TrainingTableError(order.source.path, [NOTHING.format(_within(order.lines_most))], [])
    evidence = Evidence(order, table, found, told, plain)
    evidence.check()
    figures = evidence.figures
    sections = tuple(looked_at(evidence)) + ((section(derived),) if order.derive else ())
    origin = origin or origin_of(derived)
    if order.out is not None:
        write_folder(order.out, found, (figures, sections), [*made(order), *learning(found, derived)], origin)
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
        *drawn_in_words(order.looks),
        ("scale", str(order.scale)),
        ("made by", f"`{shlex.join(command(order))}`"),
    ]


def learning(found: Fit, derived: Derivations) -> list[tuple[str, str]]:
    """Facts for the model card: the method, beside those that were tried, and what columns are made into."""
    losses = ", ".join(f"{name} {loss:.4f}" for name, loss in found.losses.items())
    crossed = ", ".join(f"`{crossing.name}`" for crossing in found.wishes.crossings)
    facts = [("method", f"{found.method} (log-loss out of fold: {losses})")]
    more = {"made of columns": listed(derived), "crossed": crossed}
    return facts + [(what, value) for what, value in more.items() if value]


def command(order: Order) -> list[str]:
    """The command that makes the scorecard again, where the files are at hand."""
    source, scale, looks, splitting = order.source, order.scale, order.looks, order.source.splitting
    scaled = scale != USUAL and looks.align is None
    options = {
        "--outcome": source.outcome,
        "--bad": source.bad,
        "--leave-out": ",".join(source.leave_out) or None,
        "--directions": order.directions.name if order.directions else None,
        "--characteristics": order.characteristics,
        "--vocabulary": order.vocabulary.name if order.vocabulary else None,
        "--special=": ",".join(map(said, order.specials)) or None,
        "--time": splitting.time,
        "--group": splitting.group,
        "--out-of-time": splitting.out_of_time,
        "--performance": splitting.performance,
        "--method": order.method if order.method != BEST else None,
        **{f"--{name}": getattr(order, name) or None for name in ("crossings", "derive")},
        "--rows-most": order.lines_most,
        "--pdo": scale.points_to_double_odds if scaled else None,
        "--odds": f"{scale.odds:g}" if scaled else None,
        "--at": scale.score if scaled else None,
        "--align": shown(looks.align) if looks.align else None,
        "--segments": ",".join(looks.segments) or None,
        "--groups": ",".join(looks.groups) or None,
        "--people": looks.people.name if looks.people else None,
        "--cut-off": looks.cut_off,
        "--champion": looks.champion.name if looks.champion else None,
        "--rejects": looks.rejects.name if looks.rejects else None,
        "--decision": looks.decision,
        "--fairer": None if looks.fairer is None else f"{looks.fairer:g}",
        "--seed": source.seed if source.seed != SEED else None,
        "--out": order.out.name if order.out else None,
    }
    flags = {"--random": splitting.random, "--ceiling": looks.ceiling}
    words = ["credence", "train", source.path.name, *[name for name, asked in flags.items() if asked]]
    for name, value in options.items():
        if value is not None:
            words += [f"{name}{value}"] if name.endswith("=") else [name, str(value)]
    return words
