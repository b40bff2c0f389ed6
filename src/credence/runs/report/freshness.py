"""How fresh each furnisher's data is, from what every task saw of it."""

from collections.abc import Iterable
from datetime import date, datetime

from credence.engines.buckets import Done, Sent
from credence.runs.report.model import Furnisher


def freshness(done: Iterable[Done]) -> list[Furnisher]:
    """What all tasks saw of each furnisher, by its name."""
    seen: dict[str, list[Sent]] = {}
    for task in done:
        for sent in task.sent:
            seen.setdefault(sent.furnisher, []).append(sent)
    return [_furnisher(name, seen[name]) for name in sorted(seen)]


def _furnisher(name: str, sent: list[Sent]) -> Furnisher:
    days: list[date] = [one.last_occurred_on for one in sent if one.last_occurred_on is not None]
    recorded: list[datetime] = [one.last_recorded_at for one in sent]
    return Furnisher(
        name=name,
        events=sum(one.events for one in sent),
        last_occurred_on=max(days, default=None),
        last_recorded_at=max(recorded),
        month=sum(one.month for one in sent),
        month_before=sum(one.month_before for one in sent),
    )
