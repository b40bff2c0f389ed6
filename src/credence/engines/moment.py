"""The moment a score is for: as of a date, as known at an instant, read from a snapshot of the log."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Moment:
    """As of a date (00:00 in the log's time zone), as known at an instant in UTC.

    `snapshot` is the number of the log's state that is read; later batches are left out.
    """

    as_of: date
    known_at: datetime
    snapshot: int | None = None
