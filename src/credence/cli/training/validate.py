"""credence validate: a scorecard that exists, judged by rows whose outcomes are known."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from credence.cli.output import check_readable, print_json, say
from credence.cli.training import options
from credence.cli.training.packages import packages
from credence.cli.training.told import COMPARISONS, parting

if TYPE_CHECKING:
    from credence.training.validating.written import Validated

Time = Annotated[str | None, Option(metavar="COLUMN", help="The column that says when.")]
At = Annotated[int | None, Option(help="A score whose odds are known.")]
Odds = Annotated[float | None, Option(min=0.001, help="Good to bad, at that score.")]
Pdo = Annotated[float | None, Option(min=0.1, help="Points that double the odds.")]


def validate(
    scorecard: Annotated[str, Argument(help="A shipped name, a folder or a file.")],
    table: Path,
    outcome: options.Outcome,
    bad: options.Bad = None,
    time: Time = None,
    segments: options.Segments = "",
    groups: options.Groups = "",
    people: options.People = None,
    cut_off: options.CutOff = None,
    champion: options.Champion = None,
    decision: options.Decision = None,
    at: At = None,
    odds: Odds = None,
    pdo: Pdo = None,
    vocabulary: Annotated[Path | None, Option(help="A YAML file of your own kinds.")] = None,
    out: options.Out = None,
    as_json: options.AsJson = False,
) -> None:
    """Judge a scorecard that exists by a table with outcomes, with the figures that training gives."""
    _validated(locals())


def _validated(given: dict[str, Any]) -> None:
    """Validate with the options by their names, and tell."""
    with packages():
        from credence.cli.training.ordering import validation_of  # noqa: PLC0415
        from credence.training.validating.run import validate as run  # noqa: PLC0415
    check_readable("The table", given["table"])
    asked = validation_of(given)
    found, out = run(asked), given["out"]
    if given["as_json"]:
        print_json(found.facts | {"out": str(out) if out else None})
    else:
        say("\n".join([*receipt(found), *([f"Written to {out}."] if out else [])]))


def receipt(found: "Validated") -> list[str]:
    """What was found, in lines."""
    figures, evidence = found.figures, found.evidence
    bad = f"{figures.bad:,} of them bad ({100 * figures.bad / figures.rows:.1f} %)"
    named = {section.name: section for section in found.sections}
    lines = [f"'{evidence.card.name}' version {evidence.card.version} scores {figures.rows:,} rows, {bad}."]
    lines += named["split"].says[:-1]
    lines += [f"Warning: {section.says[0]}" for section in found.sections if section.warns]
    lines += parting(figures)
    told = ("drift", "reliability", *COMPARISONS)
    return lines + [s.says[0] for name, s in named.items() if name in told and not s.warns]
