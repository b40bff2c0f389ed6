"""The folder of an imported model: definition, worked cases, and a card that says where it comes from."""

import shlex
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from credence.errors import DefinitionError, Fault, LogExistsError
from credence.scorecards.importing.additive import POINTS, Additive
from credence.scorecards.importing.answers import cases_of
from credence.scorecards.importing.asked import Asked, asked
from credence.scorecards.importing.crossed import LINES_MOST
from credence.scorecards.importing.points import Rounded, rounded
from credence.scorecards.importing.tools import read_model
from credence.scorecards.importing.wishes import BAD, Wishes
from credence.scorecards.lines import said
from credence.scorecards.load import load_text
from credence.scorecards.model import Scorecard
from credence.scorecards.pmml.characteristics import snake
from credence.scorecards.written import yaml_text
from credence.scorecards.written.measures import Entries

LIMITS = (
    "It is a lab scorecard, and decides about nobody.",
    "It holds what the file says. Whether the model is any good on your people, nobody looked here.",
    "Its questions and reasons are worded by a program, and are there to be put into words.",
)
TOO_LONG = "The table of {count:,} lines is no table that people read: at most {most:,}."


@dataclass(frozen=True)
class Imported:
    """What was made of a file.

    Attributes:
        scorecard: The scorecard.
        lines: How many lines of points it has.
        moved: Rounding moves a score by at most so many points.
        told: What a reader of the file should know of it.
    """

    scorecard: Scorecard
    lines: int
    moved: Fraction
    told: tuple[str, ...]


def import_model(file: Path, tool: str, wishes: Wishes, out: Path) -> Imported:
    """Write a fitted model as a scorecard into a new folder.

    Args:
        file: The file that the tool wrote.
        tool: One of `tools.TOOLS`.
        wishes: The scale, and what the file does not say.
        out: The folder, named like the scorecard.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file cannot be read exactly; all faults are told.
        LogExistsError: The folder exists already.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise LogExistsError(out)
    model = read_model(file, tool, wishes)
    points = rounded(model, wishes.scale)
    found = asked(points)
    _check(file, points, found)
    text = yaml_text(_definition(out, f"From {file.name}", points, found))
    scorecard = load_text(text, f"{file}, as YAML,")
    lines = sum(len(characteristic.rows()) for characteristic in scorecard.characteristics)
    imported = Imported(scorecard, lines, points.moved, model.told)
    made = [("model", file.name), ("written by", tool), ("scale", _scale(model, wishes))]
    made.append(("made by", f"`{shlex.join(_command(file, tool, wishes, out))}`"))
    texts = {
        "scorecard.yaml": text,
        "cases.yaml": yaml_text(cases_of(points)),
        "README.md": _card(imported, made),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, content in texts.items():
        (out / name).write_text(content, encoding="utf-8")
    return imported


def _check(file: Path, points: Rounded, found: Asked) -> None:
    """Make sure that somebody can read what was made.

    Raises:
        DefinitionError: Nobody can.
    """
    lines = {name: entries["attributes"] for name, entries in found.characteristics.items()}
    long = {n: len(rows) for n, rows in lines.items() if isinstance(rows, list) and len(rows) > LINES_MOST}
    faults = [Fault(1, name, TOO_LONG.format(count=count, most=LINES_MOST)) for name, count in long.items()]
    if not any(len(set(table.given)) > 1 for table in points.tables):
        faults.append(
            Fault(1, "", "No answer moves the score by a whole point: there is nothing to be asked.")
        )
    if faults:
        raise DefinitionError(str(file), faults)


def _definition(out: Path, title: str, points: Rounded, found: Asked) -> Entries:
    least, most = (points.base + sum(side(t.given) for t in points.tables) for side in (min, max))
    return {
        "name": snake(out.resolve().name, "scorecard", ()),
        "version": 1,
        "title": title,
        "setting": "lab",
        "range": [least, most],
        "points_base": points.base,
        **({"reasons": found.reasons} if found.reasons else {}),
        "characteristics": found.characteristics,
    }


def _scale(model: Additive, wishes: Wishes) -> str:
    if model.kind == POINTS:
        return "points as in the file, which does not say what odds they stand for"
    return str(wishes.scale)


def _command(file: Path, tool: str, wishes: Wishes, out: Path) -> list[str]:
    """The command that makes the scorecard again."""
    scale = wishes.scale
    words = ["credence", "scorecards", "import-model", file.name, "--from", tool]
    words += [
        "--pdo",
        str(scale.points_to_double_odds),
        "--odds",
        f"{scale.odds:g}",
        "--at",
        str(scale.score),
    ]
    words += ["--event", wishes.event] if wishes.event != BAD else []
    words += [f"--intercept={said(wishes.intercept)}"] if wishes.intercept is not None else []
    words += [f"--special={','.join(map(said, wishes.specials))}"] if wishes.specials else []
    return [*words, "--out", out.name]


def _card(imported: Imported, made: list[tuple[str, str]]) -> str:
    """The text of README.md."""
    rows = [*made, ("lines of points", str(imported.lines)), ("rounding moves a score by", moved(imported))]
    table = [f"| {what} | {value.replace('|', '/')} |" for what, value in [("What", "Value"), *rows]]
    return "\n".join(
        [
            f"# {imported.scorecard.title}",
            "",
            "A model that was fitted elsewhere, read from its file. Higher scores are better.",
            "",
            "## Data",
            "",
            table[0],
            "|---|---|",
            *table[1:],
            "",
            "## Limits",
            "",
            *[f"- {sentence}" for sentence in (*LIMITS, *imported.told)],
            "",
        ]
    )


def moved(imported: Imported) -> str:
    """The most that rounding moves a score by, in words."""
    return (
        f"at most {float(imported.moved):.2f} points" if imported.moved else "nothing: all points are whole"
    )
