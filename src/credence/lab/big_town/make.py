"""A town of thousands made in SQL by DuckDB: files of events, of people, and of what no event tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from credence.errors import UsageError
from credence.events.batches import ImportOptions, ImportReport, import_file
from credence.events.log import EventLog, connect
from credence.events.sources import write_lines
from credence.lab.big_town.stories import STORIES, Story, furnishers, load_stories, rows

MONTHS = 24
PEOPLE_MOST = 999_999
STEPS = ("lives", "names", "dues", "money", "credit", "wrong", "town", "truth")


@dataclass(frozen=True)
class Town:
    """What town is to be made.

    Attributes:
        people: How many people, beside those who have a story.
        seed: Another town for another seed; of one seed it is always the same.
        last_day: Events lie in the two years before this day.
        furnishers: Ids by the furnishers' names (`furnishers.yaml`); whoever is not there keeps the name.
        stories: The people who have a story.
    """

    people: int = 10_000
    seed: int = 20261106
    last_day: date = date(2026, 11, 6)
    furnishers: Mapping[str, str] = field(default_factory=dict)
    stories: Path = STORIES


@dataclass(frozen=True)
class TownFiles:
    """The Parquet files of a town.

    Attributes:
        events: What furnishers sent, with `recorded_at`: for an import with backfill.
        people: person_id, name, email, language (en, zh) and quarter (harbour, hillside).
        truth: Of each person the temperament, how many of 10,000 such people default in the year to come
            (`default_in_10000`), whether this one does (`defaults`), when they came (`came_on`), and when
            a bad time began (`bad_time_from`).
        wrong: The events that are not true: what is wrong (`fault`), whose it is (`belongs_to`), and the
            event that it is mistaken for (`about`).
        corrections: The events that put all of them right, for an import on the last day or later.
    """

    events: Path
    people: Path
    truth: Path
    wrong: Path
    corrections: Path


def make_town(folder: Path, town: Town | None = None) -> TownFiles:
    """Write the files of a town into a folder; of the same town they are the same bytes every time.

    Raises:
        UsageError: There are too few or too many people, or a furnisher is named whom the town lacks.
        DefinitionError: The file of stories has faults.
    """
    town = town or Town()
    _check(town)
    stories = load_stories(town.stories)
    folder.mkdir(parents=True, exist_ok=True)
    written = {file.name: folder / f"{file.name}.parquet" for file in fields(TownFiles)}
    with TemporaryDirectory() as scratch, connect() as connection:
        # One thread makes rows in one order on every machine, and leaves the other processors to others.
        connection.execute("SET threads = 1")
        for name, value in _settings(town, stories, Path(scratch)).items():
            connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
        for step in STEPS:
            connection.execute(files(__package__).joinpath(f"{step}.sql").read_text(encoding="utf-8"))
        for name, path in written.items():
            connection.table(name).write_parquet(str(path))
    return TownFiles(**written)


def move_in(log: EventLog, town: TownFiles, now: datetime) -> ImportReport:
    """Import a town's events, each as recorded on its own day.

    Args:
        log: A log from which nothing was published yet.
        town: The town.
        now: The present instant, with its time zone; not before the town's last day.

    Raises:
        BackfillError: Scores were published from this log already.
        LogBusyError: Another process held the log for a minute.
    """
    return import_file(log, town.events, now, ImportOptions(backfill=True))


def _check(town: Town) -> None:
    if not 1 <= town.people <= PEOPLE_MOST:
        sentence = f"a town has 1 to {PEOPLE_MOST:,} people, not {town.people:,}."
        raise UsageError(sentence)
    strange = [name for name in town.furnishers if name not in furnishers()]
    if strange:
        sentence = f"the town has no furnisher '{strange[0]}'. Its furnishers: {', '.join(furnishers())}."
        raise UsageError(sentence)


def _settings(town: Town, stories: list[Story], scratch: Path) -> dict[str, object]:
    told, people = scratch / "stories.jsonl", scratch / "people.jsonl"
    write_lines([row for story in stories for row in rows(story, town.last_day)], told)
    write_lines([story.person() for story in stories], people)
    names = list(furnishers())
    return {
        "names": names,
        "ids": [town.furnishers.get(name, name) for name in names],
        "seed": town.seed,
        "people": town.people,
        "months": MONTHS,
        "last_day": town.last_day,
        "stories": str(told),
        "told_people": str(people),
    }
