from datetime import UTC, date, datetime, timedelta

import pytest

from credence.cli.moments import now, read_date, read_instant, read_known_at, read_moment
from credence.errors import MomentError


def test_a_date_is_read() -> None:
    assert read_date("--as-of", "2026-11-06") == date(2026, 11, 6)


@pytest.mark.parametrize("value", ["", "yesterday", "2026-02-30", "2026-11-06T00:00:00Z", "06/11/2026"])
def test_what_is_no_date_is_refused_with_the_form_that_is_read(value: str) -> None:
    with pytest.raises(MomentError, match=r"^--as-of is '.*', which cannot be read\. Write it as a date"):
        read_date("--as-of", value)


@pytest.mark.parametrize(
    ("value", "hour"), [("2026-11-06T14:05:00Z", 14), ("2026-11-06T14:05:00+02:00", 12), ("2026-11-06", 0)]
)
def test_an_instant_is_read_in_utc(value: str, hour: int) -> None:
    instant = read_instant("--known-at", value)
    assert (instant.date(), instant.hour, instant.tzinfo) == (date(2026, 11, 6), hour, None)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-06T14:05:00",
        "2026-11-06 14:05",
        "20261106T14",
        "2026W45T10",
        "0001-01-01T00:00:00+05:00",
        "now",
    ],
)
def test_an_instant_without_an_offset_or_out_of_the_calendar_is_refused(value: str) -> None:
    with pytest.raises(MomentError, match="an instant with its offset"):
        read_instant("--known-at", value)


def test_what_is_known_is_known_now_unless_another_instant_is_said() -> None:
    present = now().replace(tzinfo=None)
    assert timedelta(0) <= read_known_at(None) - present < timedelta(minutes=1)
    moment = read_moment("2026-11-06", "2026-11-07")
    assert (moment.as_of, moment.known_at.replace(tzinfo=UTC)) == (
        date(2026, 11, 6),
        datetime(2026, 11, 7, tzinfo=UTC),
    )
