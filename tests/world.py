"""The world of the tests: Ana and Ben, one date, and short ways to say what happened to them."""

from datetime import UTC, date, datetime

from credence import EventLog, import_rows
from credence.events.batches import ImportReport

AS_OF = date(2026, 11, 6)
# When things are recorded in tests, unless a test says otherwise.
NOW = datetime(2026, 11, 6, tzinfo=UTC)
LATER = datetime(2026, 11, 20)  # noqa: DTZ001 - instants known to the log are UTC without a zone
Row = dict[str, object]


def event(kind: str, occurred_at: str, event_id: str, person_id: str = "ana", /, **said: object) -> Row:
    """A row as a furnisher would send it."""
    row = {"furnisher": "bank", "event_id": event_id, "person_id": person_id, "kind": kind}
    return row | {"occurred_at": occurred_at} | said


def record(log: EventLog, *rows: Row, now: datetime = NOW) -> ImportReport:
    """Import rows that are all accepted."""
    report = import_rows(log, list(rows), now)
    assert report.sentences == [], report.sentences
    return report
