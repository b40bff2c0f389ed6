"""credence explain: one person's statement."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from credence.cli.moments import read_moment
from credence.cli.output import check_writable, print_json, say, statement_facts
from credence.cli.receipt import receipt
from credence.cli.score import check_columns, source_of
from credence.engines.people import read_person
from credence.engines.tables import Tables, check_flat
from credence.errors import PersonNotInTableError, UsageError
from credence.events.log import EventLog
from credence.events.vocabulary import shipped
from credence.scorecards.load import load_scorecard
from credence.scoring import explain as explaining
from credence.scoring.baseline import NAMES, baseline_for
from credence.scoring.page import page


def explain(
    scorecard: Annotated[str, Argument(help="A shipped name or a path.")],
    person: Annotated[str, Argument(help="The person's id in the log or the table.")],
    as_of: Annotated[str, Option(help="The date of the score.")],
    log: Annotated[Path | None, Option(help="The folder of the event log.")] = None,
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet) with person_id.")] = None,
    known_at: Annotated[str | None, Option(help="As known at this instant; now if not said.")] = None,
    baseline: Annotated[str, Option(help=f"What reasons compare with: {', '.join(NAMES)}.")] = NAMES[0],
    cutoff: Annotated[int | None, Option(help="The cut-off's score, for --baseline cutoff.")] = None,
    language: Annotated[str | None, Option(help="The language of the scorecard's texts.")] = None,
    html: Annotated[Path | None, Option(help="Write the statement as an HTML page, too.")] = None,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Explain one person's score: lines that add up, evidence, reasons."""
    _check_baseline(baseline, cutoff)
    check_writable("--html", html)
    source = source_of(log, people)
    words = source.vocabulary if isinstance(source, EventLog) else shipped()
    card = load_scorecard(scorecard, words, language)
    check_columns(card, people)
    if isinstance(source, Path):
        check_flat(card, source)
    moment = read_moment(as_of, known_at)
    against = baseline_for(baseline, card, source, moment, cutoff, Tables(people=people))
    columns = read_person(people, card, person) if people else None
    if isinstance(source, EventLog):
        statement = explaining.explain(card, source, person, moment, against, columns)
    elif columns is None:
        raise PersonNotInTableError(person, source)
    else:
        statement = explaining.state(card, words, (person, []), moment, against, columns)
    if html:
        lead = "Every line is what is known, who sent it, and its points. They add up to the score."
        html.write_text(page(card.title, lead, [(person, statement)]), encoding="utf-8")
    print_json(statement_facts(statement)) if as_json else say(receipt(statement))


def _check_baseline(baseline: str, cutoff: int | None) -> None:
    if baseline not in NAMES:
        sentence = f"There is no baseline '{baseline}'. Baselines: {', '.join(NAMES)}."
        raise UsageError(sentence)
    if cutoff is not None and baseline != "cutoff":
        sentence = "--cutoff is for --baseline cutoff: give both, or neither."
        raise UsageError(sentence)
