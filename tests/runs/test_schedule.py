from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog
from credence.events.manifest import Settings
from credence.runs.schedule import Schedule, common_schedule, day_at
from credence.scorecards.load import load_text
from tests.scorecards.cards import lab

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "today", "due", "following"),
    [
        (6, "2026-11-06", "2026-11-06", "2026-12-06"),
        (6, "2026-11-05", "2026-10-06", "2026-11-06"),
        (6, "2027-01-02", "2026-12-06", "2027-01-06"),
        (31, "2026-03-15", "2026-02-28", "2026-03-31"),
        (31, "2028-03-30", "2028-02-29", "2028-03-31"),
        (31, "2026-04-30", "2026-04-30", "2026-05-31"),
        (30, "2026-02-27", "2026-01-30", "2026-02-28"),
    ],
)
def test_a_run_is_due_once_a_month(day: int, today: str, due: str, following: str) -> None:
    schedule = Schedule(day)
    assert schedule.due(date.fromisoformat(today)) == date.fromisoformat(due)
    assert schedule.next(date.fromisoformat(today)) == date.fromisoformat(following)


@settings(max_examples=200)
@given(st.integers(1, 31), DAYS)
def test_today_lies_between_the_run_that_is_due_and_the_next(day: int, today: date) -> None:
    schedule = Schedule(day)
    due = schedule.due(today)
    assert due <= today < schedule.next(today) == schedule.next(due)
    assert due.day == day or (due + timedelta(days=1)).day == 1
    assert schedule.due(due) == due


def test_scorecards_have_a_schedule_in_common_or_none() -> None:
    said = ("evaluated_on_day: 6", "evaluated_on_day: 1", "")
    sixth, first, never = (load_text(lab(more=more), "small") for more in said)
    assert common_schedule([sixth, sixth]) == Schedule(6)
    assert common_schedule([sixth, first]) is None
    assert common_schedule([sixth, never]) is None
    assert common_schedule([never]) is None


def test_today_is_the_day_where_the_log_is(tmp_path: Path) -> None:
    instant = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
    zones = {"UTC": 5, "Europe/Prague": 6, "America/New_York": 5, "Asia/Shanghai": 6}
    for zone, day in zones.items():
        log = EventLog.create(tmp_path / zone.replace("/", "-"), Settings(timezone=zone))
        assert day_at(log, instant) == date(2026, 11, day)
