"""Dates and instants as people give them on the command line; the only clock is read here."""

from datetime import UTC, date, datetime, time

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
        aware = _instant(value).astimezone(UTC)
    except (ValueError, OverflowError):
        raise MomentError(name, value, INSTANT_FORM) from None
    return aware.replace(tzinfo=None)


def _instant(value: str) -> datetime:
    """An instant with its zone; a ValueError where the text is none."""
    try:
        return datetime.combine(date.fromisoformat(value), time(), UTC)
    except ValueError:
        instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(value)
    return instant


def read_moment(as_of: str, known_at: str | None) -> Moment:
    """A moment; without known_at, as known now."""
    return Moment(read_date("--as-of", as_of), read_known_at(known_at))


def read_known_at(known_at: str | None) -> datetime:
    """The instant of --known-at, or now."""
    return now().replace(tzinfo=None) if known_at is None else read_instant("--known-at", known_at)
