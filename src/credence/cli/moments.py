"""Dates and instants as people give them on the command line; the only clock is read here."""

from datetime import UTC, date, datetime

from credence.engines.moment import Moment
from credence.errors import MomentError

INSTANT_FORM = "a date (2026-11-06) or an instant with its offset (2026-11-06T14:05:00Z)"


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def read_date(name: str, value: str) -> date:
    """A date.

    Raises:
        MomentError: It is not one.
    """
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise MomentError(name, value, "a date like 2026-11-06") from None


def read_instant(name: str, value: str) -> datetime:
    """An instant in UTC, without its zone; a date stands for its first moment.

    Raises:
        MomentError: It is no instant, or has no offset.
    """
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise MomentError(name, value, INSTANT_FORM) from None
    if instant.tzinfo is None and len(value) > len("2026-11-06"):
        raise MomentError(name, value, INSTANT_FORM)
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(tzinfo=None)


def read_moment(as_of: str, known_at: str | None) -> Moment:
    """A moment; without known_at, as known now."""
    known = read_instant("--known-at", known_at) if known_at else now().replace(tzinfo=None)
    return Moment(read_date("--as-of", as_of), known)
