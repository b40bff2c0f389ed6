"""credence scorecards points, definition, schema and page: a scorecard for other tools, and for readers."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import msgspec
from typer import Option

from credence.cli.output import check_readable, check_writable, print_json, say
from credence.events.vocabulary import Vocabulary, extended, shipped
from credence.scorecards.exchange.points_table import to_csv, to_rows, with_points
from credence.scorecards.exchange.schema import schema as schema_of
from credence.scorecards.lines import said
from credence.scorecards.load import load_scorecard
from credence.scorecards.written import definition_of, to_yaml
from credence.scoring.card_page import card_page

Words = Annotated[Path | None, Option("--vocabulary", help="A YAML file of your own kinds.")]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]


def _words(path: Path | None) -> Vocabulary:
    return extended(shipped(), path) if path else shipped()


def points(
    scorecard: str,
    source: Annotated[
        Path | None, Option("--from", help="A table of points (CSV): print the YAML with its rows instead.")
    ] = None,
    vocabulary: Words = None,
    as_json: AsJson = False,
) -> None:
    """Print the table of points as CSV, or with --from the scorecard's YAML with the points of a table."""
    words = _words(vocabulary)
    card = load_scorecard(scorecard, words)
    if source is not None:
        check_readable("--from", source)
        changed = with_points(scorecard, source, words)
        print_json(_plain(definition_of(changed))) if as_json else say(to_yaml(changed).removesuffix("\n"))
    elif as_json:
        print_json({"name": card.name, "version": card.version, "rows": to_rows(card)})
    else:
        say(to_csv(card).removesuffix("\n"))


def definition(scorecard: str, vocabulary: Words = None, as_json: AsJson = False) -> None:
    """Print a scorecard as a file that loads as the same one: YAML, or JSON."""
    card = load_scorecard(scorecard, _words(vocabulary))
    print_json(_plain(definition_of(card))) if as_json else say(to_yaml(card).removesuffix("\n"))


def _plain(value: object) -> object:
    """A definition as values of JSON, with its numbers as they are written."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return msgspec.Raw(said(value).encode()) if isinstance(value, Fraction) else value


def schema(vocabulary: Words = None) -> None:
    """Print the JSON Schema of scorecards, for checking and for completion in editors."""
    text = msgspec.json.format(msgspec.json.encode(schema_of(_words(vocabulary))), indent=1)
    say(text.decode())


def page(
    scorecard: str,
    out: Annotated[Path, Option(help="The HTML file to write.")],
    vocabulary: Words = None,
    language: Annotated[str | None, Option(help="The language of the scorecard's texts.")] = None,
) -> None:
    """Write a scorecard as a page to read and print: every question, answer, points and reason."""
    check_writable("--out", out)
    words = _words(vocabulary)
    out.write_text(card_page(load_scorecard(scorecard, words, language), words), encoding="utf-8")
    say(f"{out} holds the scorecard as a page.")
