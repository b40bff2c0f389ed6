"""People of the town with a story, read from a file: who they are, and all that happened to them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from credence.events.calendar import add_months
from credence.lab.town import Row
from credence.yaml_file import Node, parse, read, settle

STORIES = Path(str(files(__package__).joinpath("stories.yaml")))
LANGUAGES = ("en", "zh")
TEMPERAMENTS = ("steady", "careless", "unlucky")
FAULTS = ("wrongly_unpaid", "reported_twice", "of_a_namesake", "not_asked_for")
PERSON = ("name", "email", "language", "quarter", "temperament", "default_in_10000", "defaults")
# The numbers of an event, and the least each may be.
WHEN = {"day": 1, "months": 0, "times": 1, "every": 1, "due": 0}
FIELDS = (
    "days_late", "amount", "currency", "counterparty", "service", "account", "source", "cover_days",
    "balance", "method", "inquiry", "purpose",
)  # fmt: skip
WHEN_MOST = 60


@dataclass(frozen=True)
class Happening:
    """One event of a story, or the same once a month (or each so many months) going back.

    Attributes:
        furnisher: Who sends it, by the town's name.
        kind: What it is.
        said: Its other fields.
        day: How many days before the town's last day it happened.
        months: How many months earlier than that.
        times: How often.
        every: How many months lie between.
        due: How many days before it happened it was due; None where nothing was.
        fault: What is wrong with it; None where it is true.
    """

    furnisher: str
    kind: str
    said: Mapping[str, object]
    day: int
    months: int = 0
    times: int = 1
    every: int = 1
    due: int | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Story:
    """A person with a name.

    Attributes:
        person_id: Who it is in the log.
        facts: The columns of `people` and `truth`.
        told: The story in each language.
        scores: What `everyday` gives: `before` a month earlier than the last day, `after` on it, and
            `corrected` once what is wrong is taken back, if that changes it; None for no score.
        events: What happened.
    """

    person_id: str
    facts: Mapping[str, object]
    told: Mapping[str, str]
    scores: Mapping[str, int | None]
    events: tuple[Happening, ...]

    def person(self) -> Row:
        """The story's person as a row of `people` and `truth`."""
        return {"person_id": self.person_id, **self.facts}


@cache
def furnishers() -> dict[str, dict[str, str]]:
    """The names of the town's furnishers, each with its title in every language."""
    name = "furnishers.yaml"
    node = parse(files(__package__).joinpath(name).read_text(encoding="utf-8"), name)
    titles = {name: _texts(child) for name, child in node.entries().items()}
    settle(node, name)
    return titles


def load_stories(path: Path = STORIES) -> list[Story]:
    """Read the stories of a file.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file has faults.
    """
    node = read(path)
    stories = [_story(name, child) for name, child in node.entries().items()]
    settle(node, str(path))
    return stories


def rows(story: Story, last_day: date) -> list[Row]:
    """The events of a story as rows, before a day."""
    once = [
        replace(happening, months=happening.months + number * happening.every)
        for happening in story.events
        for number in range(happening.times)
    ]
    return [_row(story.person_id, number, what, last_day) for number, what in enumerate(once, start=1)]


def _row(person_id: str, number: int, what: Happening, last_day: date) -> Row:
    happened_on = add_months(last_day, -what.months) - timedelta(days=what.day)
    row: Row = {"person_id": person_id, "event_id": f"{person_id}-{number:03d}", "kind": what.kind}
    row |= {"furnisher": what.furnisher, "happened_on": happened_on.isoformat(), **what.said}
    if what.due is not None:
        row["due_date"] = (happened_on - timedelta(days=what.due)).isoformat()
    return row if what.fault is None else row | {"fault": what.fault}


def _story(person_id: str, node: Node) -> Story:
    entries = node.keyed([*PERSON, "story", "scores", "events"])
    facts = {name: _fact(name, entries[name]) for name in PERSON if name in entries}
    return Story(
        person_id,
        facts,
        _texts(entries["story"]) if "story" in entries else {},
        _scores(entries["scores"]) if "scores" in entries else {},
        tuple(_happening(child) for child in entries["events"].items()) if "events" in entries else (),
    )


def _fact(name: str, node: Node) -> object:
    if name == "default_in_10000":
        return node.integer(0, 10_000)
    if name == "defaults":
        return node.flag()
    closed = {"language": LANGUAGES, "temperament": TEMPERAMENTS, "quarter": ("harbour", "hillside")}
    return node.choice(closed[name]) if name in closed else node.text()


def _scores(node: Node) -> dict[str, int | None]:
    entries = node.keyed(["before", "after"], ["corrected"])
    return {name: None if child.value is None else child.integer(0) for name, child in entries.items()}


def _texts(node: Node) -> dict[str, str]:
    return {language: child.text() for language, child in node.keyed(LANGUAGES).items()}


def _happening(node: Node) -> Happening:
    entries = node.keyed(["from", "kind", "day"], [*WHEN, "wrong", *FIELDS])
    when = {name: entries[name].integer(least, WHEN_MOST) for name, least in WHEN.items() if name in entries}
    return Happening(
        furnisher=entries["from"].choice(furnishers()) if "from" in entries else "",
        kind=entries["kind"].text() if "kind" in entries else "",
        said={name: _plain(entries[name]) for name in FIELDS if name in entries},
        fault=entries["wrong"].choice(FAULTS) if "wrong" in entries else None,
        **({"day": 1} | when),
    )


def _plain(node: Node) -> object:
    return node.value if isinstance(node.value, int) else node.text()
