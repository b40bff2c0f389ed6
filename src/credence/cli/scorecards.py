"""credence scorecards: list, show, new, check, sql; and PMML, in a file of its own."""

from pathlib import Path
from typing import Annotated

from rich.cells import cell_len
from typer import Exit, Option, Typer

from credence.cli.lines import padded
from credence.cli.moments import read_date, read_instant
from credence.cli.output import print_json, say
from credence.cli.pmml import export_pmml, import_pmml
from credence.engines.compile import DIALECT, Sources, columns_needed, compile_scorecard
from credence.engines.moment import Moment
from credence.events.vocabulary import Vocabulary, extended, shipped
from credence.scorecards import check as checking
from credence.scorecards.lines import points_said
from credence.scorecards.load import find, load_scorecard, shipped_names
from credence.scorecards.model import Scorecard
from credence.scorecards.new import NAMES, start
from credence.scoring.cases import load_cases, run_cases
from credence.scoring.words import counted

app = Typer(no_args_is_help=True, help="Scorecards: base points, and points for the answer to each question.")
Words = Annotated[Path | None, Option("--vocabulary", help="A YAML file of your own kinds.")]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]
app.command("import-pmml")(import_pmml)
app.command("export-pmml")(export_pmml)


def _words(path: Path | None) -> Vocabulary:
    return extended(shipped(), path) if path else shipped()


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the scorecards that come with Credence."""
    for card in map(load_scorecard, shipped_names()):
        if as_json:
            facts = {"version": card.version, "title": card.title, "setting": card.setting}
            print_json({"name": card.name} | facts | {"purpose": card.purpose, "range": card.range})
        else:
            say(f"{card.name}@{card.version}  {card.title} ({card.setting}; {', '.join(card.purpose)})")


@app.command()
def show(
    scorecard: str, vocabulary: Words = None, language: str | None = None, as_json: AsJson = False
) -> None:
    """Show a scorecard: every question, attribute, points and reason."""
    card = load_scorecard(scorecard, _words(vocabulary), language)
    if as_json:
        print_json(_facts(card))
        return
    say(f"{card.title} ({card.name} version {card.version}, {card.setting})")
    say(f"Everyone starts with {card.points_base}.")
    labels = [row.label for characteristic in card.characteristics for row in characteristic.rows()]
    longest = max(map(cell_len, labels))
    for characteristic in card.characteristics:
        say(f"\n{characteristic.question}")
        for row in characteristic.rows():
            reason = f"  {row.reason}: {card.reasons[row.reason]}" if row.reason else ""
            say(f"  {padded(row.label, longest)}{points_said(row):>8}{reason}")


def _facts(card: Scorecard) -> dict[str, object]:
    rows = {
        c.name: [{"label": row.label, "points": row.points, "reason": row.reason} for row in c.rows()]
        for c in card.characteristics
    }
    named = (
        "name",
        "version",
        "title",
        "setting",
        "purpose",
        "range",
        "points_base",
        "definition_hash",
        "reasons",
    )
    return {name: getattr(card, name) for name in named} | {"characteristics": rows}


@app.command()
def check(scorecard: str, vocabulary: Words = None, as_json: AsJson = False) -> None:
    """Check a scorecard: faults, rows nobody can reach, and the worked cases beside it."""
    words = _words(vocabulary)
    card = load_scorecard(scorecard, words)
    found = checking.warnings(card)
    cases = find(scorecard).with_name("cases.yaml")
    worked = load_cases(cases) if cases.is_file() else []
    found += run_cases(card, worked, words)
    if as_json:
        print_json({"name": card.name, "version": card.version, "cases": len(worked), "found": found})
    else:
        _print_check(card, len(worked), found)
    if found:
        raise Exit(1)


def _print_check(card: Scorecard, cases: int, found: list[str]) -> None:
    say(
        f"{counted(cases, 'worked case')} ran on both evaluators."
        if cases
        else "No worked cases lie beside it."
    )
    for sentence in found:
        say(f"- {sentence}")
    state = f"{counted(len(found), 'thing')} to look at" if found else "nothing to mend"
    say(f"{card.name}@{card.version}: {state}.")


@app.command()
def sql(
    scorecard: str,
    vocabulary: Words = None,
    as_of: Annotated[str, Option(help="The date written into the statement.")] = "2026-11-06",
) -> None:
    """Print the SQL that scores everybody, in named steps, over a table `events` of the log's columns."""
    words = _words(vocabulary)
    card = load_scorecard(scorecard, words)
    moment = Moment(read_date("--as-of", as_of), read_instant("--as-of", as_of))
    sources = Sources(people_table=bool(columns_needed(card)))
    say(compile_scorecard(card, words, moment, sources).sql(dialect=DIALECT, pretty=True))


@app.command()
def new(folder: Path) -> None:
    """Start a scorecard of your own: a folder with a small one that works, its cases and its card."""
    start(folder)
    say(f"{folder} holds {', '.join(NAMES)}. Change them, then run 'credence scorecards check {folder}'.")
