"""What lies beside a town's events, read again: its people, and which events are wrong."""

from dataclasses import dataclass
from pathlib import Path

from credence.events.log import connect
from credence.lab.big_town.make import TownFiles

PEOPLE = "SELECT person_id, name, email, language, quarter FROM read_parquet($path)"
WRONG = "SELECT person_id, furnisher, event_id, fault, belongs_to, about FROM read_parquet($path)"


@dataclass(frozen=True)
class Inhabitant:
    """Somebody of the town: who it is in the log, and what only a bureau that knows the person is told.

    `language` is en or zh; `quarter` is harbour or hillside.
    """

    person_id: str
    name: str
    email: str
    language: str
    quarter: str


@dataclass(frozen=True)
class WrongEvent:
    """An event that is not true.

    Attributes:
        person_id: In whose record it stands.
        furnisher: Who sent it.
        event_id: Which it is.
        fault: wrongly_unpaid, reported_twice, of_a_namesake or not_asked_for.
        belongs_to: Whose it is; the same person but for a namesake's.
        about: The true event of the same furnisher that it is mistaken for, where there is one.
    """

    person_id: str
    furnisher: str
    event_id: str
    fault: str
    belongs_to: str
    about: str | None


def inhabitants(town: TownFiles) -> list[Inhabitant]:
    """The people of a town, those with a story first."""
    return [Inhabitant(*row) for row in _rows(PEOPLE, town.people)]


def wrong_events(town: TownFiles) -> list[WrongEvent]:
    """The events of a town that are wrong."""
    return [WrongEvent(*row) for row in _rows(WRONG, town.wrong)]


def _rows(question: str, path: Path) -> list[tuple[str, ...]]:
    with connect() as connection:
        return connection.execute(question, {"path": str(path)}).fetchall()
