"""credence scorecards import-model: a model that another tool fitted, as a scorecard."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

from typer import Option

from credence.cli.output import check_readable, print_json, say
from credence.errors import UsageError
from credence.scorecards.importing.folder import import_model as made_of
from credence.scorecards.importing.folder import moved
from credence.scorecards.importing.tools import TOOLS
from credence.scorecards.importing.wishes import BAD, GOOD, Wishes
from credence.scorecards.scale import Scale
from credence.scoring.words import counted

Tool = Annotated[str, Option("--from", metavar="TOOL", help=f"Who wrote the file: {', '.join(TOOLS)}.")]
Out = Annotated[Path, Option(metavar="DIR", help="The folder to make.")]
Pdo = Annotated[int, Option(min=1, help="Points that double the odds, where the file has log odds.")]
Odds = Annotated[float, Option(min=0.001, help="Good to bad, at the score that --at says.")]
At = Annotated[int, Option(help="The score at these odds.")]
Event = Annotated[str, Option(help="Which outcome the model's class 1 is: bad or good.")]
Intercept = Annotated[
    str | None, Option(metavar="NUMBER", help="What everyone starts with, where the file leaves it out.")
]
Special = Annotated[
    str, Option(metavar="NUMBER,...", help="Numbers that are codes, where the file does not name them.")
]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]


def import_model(
    file: Path,
    tool: Tool,
    out: Out,
    pdo: Pdo = 20,
    odds: Odds = 50,
    at: At = 600,
    event: Event = BAD,
    intercept: Intercept = None,
    special: Special = "",
    as_json: AsJson = False,
) -> None:
    """Make a scorecard of a model that another tool fitted, from the file that it wrote."""
    _check("--from", tool, TOOLS)
    _check("--event", event, (BAD, GOOD))
    check_readable("FILE", file)
    codes = tuple(_number("--special", part) for part in special.split(",") if part.strip())
    start = None if intercept is None else _number("--intercept", intercept)
    imported = made_of(file, tool, Wishes(Scale(at, odds, pdo), event, start, codes), out)
    card = imported.scorecard
    if as_json:
        facts = {"name": card.name, "characteristics": len(card.characteristics), "lines": imported.lines}
        print_json(facts | {"moved": float(imported.moved), "told": imported.told, "out": str(out)})
        return
    asked = counted(len(card.characteristics), "characteristic")
    say(f"{asked}, {counted(imported.lines, 'line')} of points. Rounding moves a score by {moved(imported)}.")
    say(
        "\n".join([*imported.told, f"Written to {out}. Read it, then run 'credence scorecards check {out}'."])
    )


def _check(name: str, word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        sentence = f"{name} is '{word}', which is not one of: {', '.join(known)}."
        raise UsageError(sentence)


def _number(name: str, text: str) -> Fraction:
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        sentence = f"{name} has '{text}', which is not a number."
        raise UsageError(sentence) from None
