"""credence scorecards: list, show, new, check, sql; the others have files of their own."""

from pathlib import Path
from typing import Annotated

import msgspec
from rich.cells import cell_len
from typer import Exit, Option, Typer

from credence.cli.cards.diff import diff
from credence.cli.cards.gate import facts as gate_facts
from credence.cli.cards.gate import tell
from credence.cli.cards.import_model import import_model
from credence.cli.cards.out import definition, page, points, schema
from credence.cli.lines import padded
from credence.cli.moments import read_date, read_instant
from credence.cli.output import print_json, say
from credence.cli.pmml import export_pmml, import_pmml
from credence.engines.moment import Moment
from credence.engines.sql.contacts import COLUMNS, contact_columns, contacts_statement
from credence.engines.sql.dialects import DIALECTS, statement
from credence.errors import UsageError
from credence.events.vocabulary import Vocabulary, extended, shipped
from credence.runs.contacts import check_may_know_contacts
from credence.scorecards import check as checking
from credence.scorecards.gate.passing import at_the_gate
from credence.scorecards.lines import points_said, said
from credence.scorecards.load import find, load_scorecard, shipped_names
from credence.scorecards.model import Attribute, PointsEach, Scorecard
from credence.scorecards.new import NAMES, start
from credence.scoring.cases import load_cases, run_cases
from credence.scoring.words import counted

app = Typer(no_args_is_help=True, help="Scorecards: base points, and points for the answer to each question.")
Words = Annotated[Path | None, Option("--vocabulary", help="A YAML file of your own kinds.")]
Gate = Annotated[bool, Option("--gate", help="Say whether a trained scorecard may be published.")]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]
app.command("import-model")(import_model)
app.command("import-pmml")(import_pmml)
app.command("export-pmml")(export_pmml)
app.command("points")(points)
app.command("definition")(definition)
app.command("schema")(schema)
app.command("page")(page)
app.command("diff")(diff)


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
            what_for = f"; {', '.join(card.purpose)}" if card.purpose else ""
            say(f"{card.name}@{card.version}  {card.title} ({card.setting}{what_for})")


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


def _points(row: Attribute | PointsEach) -> object:
    """A whole number, a rule in the words of the file, or nothing where there is no score."""
    if isinstance(row, Attribute) and row.unscorable is not None:
        return None
    return row.points if isinstance(row.points, int) else msgspec.to_builtins(row.points, enc_hook=said)


def _facts(card: Scorecard) -> dict[str, object]:
    rows = {
        c.name: [{"label": row.label, "points": _points(row), "reason": row.reason} for row in c.rows()]
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
def check(scorecard: str, vocabulary: Words = None, gate: Gate = False, as_json: AsJson = False) -> None:
    """Check a scorecard: faults, rows nobody can reach, and the worked cases beside it."""
    words = _words(vocabulary)
    card = load_scorecard(scorecard, words)
    found = checking.warnings(card)
    cases = find(scorecard).with_name("cases.yaml")
    worked = load_cases(cases) if cases.is_file() else []
    found += run_cases(card, worked, words)
    passing = at_the_gate(scorecard, words) if gate else None
    if as_json:
        facts = {"name": card.name, "version": card.version, "cases": len(worked), "found": found}
        print_json(facts | ({"gate": gate_facts(passing)} if passing else {}))
    else:
        _print_check(card, len(worked), found)
    if passing is not None:
        tell(scorecard, passing, as_json=as_json)
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
    dialect: Annotated[str, Option(help=f"Whose SQL: {', '.join(DIALECTS)}.")] = "duckdb",
    vocabulary: Words = None,
    as_of: Annotated[str, Option(help="The date written into the statement.")] = "2026-11-06",
    known_at: Annotated[str | None, Option(help="As known at this instant; at --as-of if not said.")] = None,
    contacts: Annotated[
        bool, Option("--contacts", help="In the lab: print the SQL of what contacts scored instead.")
    ] = False,
) -> None:
    """Print the SQL that scores everybody in your own database, in named steps."""
    if dialect not in DIALECTS:
        sentence = f"There is no dialect '{dialect}'. Dialects: {', '.join(DIALECTS)}."
        raise UsageError(sentence)
    words = _words(vocabulary)
    instant = read_instant("--as-of", as_of) if known_at is None else read_instant("--known-at", known_at)
    moment = Moment(read_date("--as-of", as_of), instant)
    card = load_scorecard(scorecard, words)
    say(_contacts(card, words, moment, dialect) if contacts else statement(card, words, moment, dialect))


def _contacts(card: Scorecard, words: Vocabulary, moment: Moment, dialect: str) -> str:
    """The SQL of the table of people that a scorecard about contacts looks at.

    Raises:
        UsageError: It does not look at contacts.
        ContactsBarredError: It is live.
    """
    if not contact_columns(card):
        sentence = f"'{card.name}' looks at no column of contacts. Columns: {', '.join(COLUMNS)}."
        raise UsageError(sentence)
    check_may_know_contacts([card])
    return contacts_statement(words, moment, dialect)


@app.command()
def new(folder: Path) -> None:
    """Start a scorecard of your own: a folder with a small one that works, its cases and its card."""
    start(folder)
    say(f"{folder} holds {', '.join(NAMES)}. Change them, then run 'credence scorecards check {folder}'.")
