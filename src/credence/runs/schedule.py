"""When a run is due: the day of the month on which everybody is scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from credence.events.calendar import next_evaluation
from credence.events.fields import quoted
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard


@dataclass(frozen=True)
class Schedule:
    """A run a month, as of this day of it, or of the month's last day where it is shorter."""

    day: int

    def due(self, today: date) -> date:
        """The latest day on or before another on which a run is due."""
        eve = today.replace(day=1) - timedelta(days=1)
        this_month = next_evaluation(eve, self.day)
        earlier = eve.replace(day=1) - timedelta(days=1)
        return this_month if this_month <= today else next_evaluation(earlier, self.day)

    def next(self, after: date) -> date:
        """The next day after another on which a run is due."""
        return next_evaluation(after, self.day)


def common_schedule(scorecards: Iterable[Scorecard]) -> Schedule | None:
    """The schedule that all scorecards state (`evaluated_on_day`); None where one states none or another."""
    days = {card.evaluated_on_day for card in scorecards}
    (day,) = days if len(days) == 1 else (None,)
    return None if day is None else Schedule(day)


def day_at(log: EventLog, instant: datetime) -> date:
    """The day that an instant (with its zone) lies in where the log is."""
    zone = quoted(log.manifest.settings.timezone)
    query = f"SELECT CAST(timezone({zone}, CAST(? AS TIMESTAMPTZ)) AS DATE)"
    row = log.reader().execute(query, [instant]).fetchone()
    assert row is not None, "an instant lies in a day"
    day = row[0]
    assert isinstance(day, date), "the day is one"
    return day
