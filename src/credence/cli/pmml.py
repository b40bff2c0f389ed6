"""credence scorecards import-pmml and export-pmml: scorecards in and out of PMML 4.4."""

from pathlib import Path
from typing import Annotated

from typer import Option

from credence.cli.output import check_readable, say
from credence.errors import UsageError
from credence.events.vocabulary import Vocabulary, extended, shipped
from credence.scorecards.lines import ROUNDINGS
from credence.scorecards.load import load_scorecard
from credence.scorecards.pmml import read_pmml, write_pmml

Words = Annotated[Path | None, Option("--vocabulary", help="A YAML file of your own kinds.")]
Rounding = Annotated[
    str | None, Option("--rounding", help="How points are rounded that the file leaves as fractions.")
]


def _words(path: Path | None) -> Vocabulary:
    return extended(shipped(), path) if path else shipped()


def import_pmml(file: Path, rounding: Rounding = None, vocabulary: Words = None) -> None:
    """Print the scorecard of a PMML file as YAML."""
    if rounding is not None and rounding not in ROUNDINGS:
        sentence = f"--rounding is '{rounding}', which is not one of: {', '.join(ROUNDINGS)}."
        raise UsageError(sentence)
    check_readable("FILE", file)
    say(read_pmml(file, rounding, _words(vocabulary)).removesuffix("\n"))


def export_pmml(scorecard: str, vocabulary: Words = None) -> None:
    """Print a scorecard as PMML, its whole definition in an Extension."""
    say(write_pmml(load_scorecard(scorecard, _words(vocabulary))).removesuffix("\n"))
