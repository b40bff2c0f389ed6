"""Events that have not happened: checked like an import, as the log would give them, never written to it.

They pass the intake of a log of their own, in a folder that is gone afterwards, so that nothing is true of
them that would not be true of events that a furnisher sends.
"""

from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from credence.errors import HypotheticalError
from credence.events.batches import ImportReport, import_file, import_rows
from credence.events.log import Event, EventLog, connect
from credence.yaml_file import Node, read, settle

YAML_SUFFIXES = (".yaml", ".yml")
# Who sends hypothetical events, where a file does not say it.
FURNISHER = "what-if"
Rows = list[dict[str, object]]


def events_in(source: Path | Rows, log: EventLog, person_id: str, now: datetime) -> list[Event]:
    """The hypothetical events of a file, or of rows, about one person.

    Args:
        source: A CSV, JSON lines or Parquet file as for an import; a YAML file with a list of events, which
            may leave out furnisher, event_id and person_id; or rows.
        log: The log whose vocabulary and time zone they are read with, and whose event ids are taken.
        person_id: The person.
        now: The instant in UTC at which they would be recorded; what happens a day after it is refused.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: A YAML file has faults.
        IntakeError: Another file cannot be read as a table of events at all.
        HypotheticalError: Events are refused, are about someone else, or have ids that the log has taken.
    """
    rows = _rows(source, person_id) if isinstance(source, Path) and _is_yaml(source) else source
    name = str(source) if isinstance(source, Path) else "The hypothetical events"
    with TemporaryDirectory() as folder:
        twin = EventLog.create(Path(folder) / "log", log.manifest.settings)
        twin.vocabulary = log.vocabulary
        aware = now.replace(tzinfo=UTC)
        taken = import_rows(twin, rows, aware) if isinstance(rows, list) else import_file(twin, rows, aware)
        events = twin.events_of(person_id)
    _check(name, taken, events, log.events_of(person_id))
    return events


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in YAML_SUFFIXES


def _rows(path: Path, person_id: str) -> Rows:
    node = read(path)
    rows = [_row(number, child, person_id) for number, child in enumerate(node.items(), 1)]
    settle(node, str(path))
    return rows


def _row(number: int, node: Node, person_id: str) -> dict[str, object]:
    usual: dict[str, object] = {"furnisher": FURNISHER, "event_id": str(number), "person_id": person_id}
    for name, child in node.entries().items():
        if isinstance(child.value, dict | list):
            child.fault(f"must be a text, a number, true or false, not {child.said()}.")
        usual[name] = child.value if isinstance(child.value, bool | int | None) else str(child.value)
    return usual


def _check(name: str, report: ImportReport, events: list[Event], known: list[Event]) -> None:
    told = [
        f"row {first}: {sentence}" + (f" ({times} rows)" if times > 1 else "")
        for _, sentence, times, first in report.sentences
    ]
    strangers = report.total("accepted") - len(events)
    if strangers:
        told.append(f"{strangers} are about another person")
    keys = {event["event_key"] for event in known}
    told += [
        f"'{event['furnisher']}/{event['event_id']}' is in the log already: give it another event_id"
        for event in events
        if event["event_key"] in keys
    ]
    if told:
        raise HypotheticalError(name, told)


def midnights(days: list[date], timezone: str) -> dict[date, datetime]:
    """The first instants of days in a time zone, in UTC without a zone, as the log keeps them."""
    if timezone == "UTC":
        return {day: datetime.combine(day, time()) for day in days}
    query = "SELECT day, CAST(timezone(?, CAST(day AS TIMESTAMP)) AS TIMESTAMP) FROM unnest(?) AS t(day)"
    with connect() as connection:
        return dict(connection.execute(query, [timezone, days]).fetchall())
