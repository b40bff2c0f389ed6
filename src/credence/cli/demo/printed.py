"""credence demo --print: a small town, two months of scores, and three people's statements."""

from datetime import UTC, date, datetime
from pathlib import Path
from shlex import quote
from shutil import rmtree

from credence.cli.demo.place import Place
from credence.cli.output import say
from credence.cli.receipt import receipt
from credence.engines.moment import Moment
from credence.engines.results import summary
from credence.events import batches, sources
from credence.events.batches import ImportOptions
from credence.events.log import EventLog
from credence.lab.town import correction, town
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from credence.scoring.explain import explain
from credence.scoring.page import page
from credence.scoring.run import score_people
from credence.scoring.statement import Statement

OCTOBER, NOVEMBER = date(2026, 10, 6), date(2026, 11, 6)
# The demonstration has its own clock, so that it says the same every day.
BEFORE, AFTER = datetime(2026, 10, 6, tzinfo=UTC), datetime(2026, 11, 6, tzinfo=UTC)
LEAD = (
    "A made-up town. Every score is the points everybody starts with plus the points of each line; "
    "add them up. Ana is settled, Lin has just come, and about Hu a bill was wrongly reported unpaid."
)


def printed(folder: Path) -> None:
    """Make a small town of synthetic people, score it, and explain three of its people.

    Raises:
        LogExistsError: Something else is in the folder.
    """
    log = _new_log(folder)
    rows = town()
    people = len({row["person_id"] for row in rows})
    say(f"1. A town of {people} made-up people: {len(rows):,} events from banks, landlords and utilities.")
    _import(log, folder, "town", rows, AFTER)
    card = load_scorecard("everyday", log.vocabulary)
    for step, as_of, known_at in ((2, OCTOBER, BEFORE), (3, NOVEMBER, AFTER)):
        _score(log, card, folder, step, Moment(as_of, known_at.replace(tzinfo=None)))
    _import(log, folder, "correction", [correction()], AFTER)
    say(
        "4. City Power takes back the wrong entry about Hu. Scoring the same day again gives the points back."
    )
    statements = _statements(log, card)
    for caption, statement in statements:
        say(f"\n{caption}\n{receipt(statement)}")
    file = folder / "statements.html"
    file.write_text(page("Statements of three people", LEAD, statements), encoding="utf-8")
    _goodbye(folder, file)


def _new_log(folder: Path) -> EventLog:
    """An empty log in the folder; what an earlier demonstration made makes way, nothing else does."""
    Place(folder).claim()
    rmtree(folder / "log", ignore_errors=True)
    return EventLog.create(folder / "log")


def _import(log: EventLog, folder: Path, name: str, rows: list[dict[str, object]], now: datetime) -> None:
    file = folder / f"{name}.jsonl"
    sources.write_lines(rows, file)
    report = batches.import_file(log, file, now, ImportOptions(backfill=True))
    assert not report.sentences, "the town sends nothing that is refused"


def _score(log: EventLog, card: Scorecard, folder: Path, step: int, moment: Moment) -> None:
    out = folder / f"scores-{moment.as_of}.parquet"
    score_people(card, log, moment, out)
    found = summary(out)
    bands = ", ".join(f"{people} {band}" for band, people in found.bands.items())
    without = sum(found.unscorable.values())
    say(f"{step}. Scores as of {moment.as_of} are in {out}: {bands}; {without} without a score.")


def _statements(log: EventLog, card: Scorecard) -> list[tuple[str, Statement]]:
    def at(as_of: date, known_at: datetime, person: str) -> Statement:
        return explain(card, log, person, Moment(as_of, known_at.replace(tzinfo=None)))

    return [
        ("Ana, settled", at(NOVEMBER, AFTER, "ana")),
        ("Lin, who has just come", at(NOVEMBER, AFTER, "lin")),
        ("Hu, with a bill wrongly reported unpaid", at(OCTOBER, BEFORE, "hu")),
        ("Hu, the same day, after the entry was taken back", at(OCTOBER, AFTER, "hu")),
    ]


def _goodbye(folder: Path, file: Path) -> None:
    say(f"\nThe same as a page: {file}")
    say("Look further:")
    log = quote(str(folder / "log"))
    say(f"  credence explain everyday person-001 --log {log} --as-of {NOVEMBER}")
    say(f"  credence events show hu --log {log}")
    say("  credence scorecards show everyday")
