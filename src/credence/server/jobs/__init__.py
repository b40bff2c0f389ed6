"""Jobs: what the bureau does by itself, each a function of what it holds and of the time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from credence.server.jobs import freezes, notices, people, receipts, runs, scorecards
from credence.server.jobs.deliveries import deliver
from credence.server.jobs.disputes import release_lost, remind_and_decide
from credence.server.jobs.forgetting import forget
from credence.server.jobs.publications import publish_runs
from credence.server.jobs.reviews import remind_and_pass_on
from credence.server.state import State


@dataclass(frozen=True)
class Job:
    """Something done again and again.

    Attributes:
        name: Its name.
        every: How often.
        work: The work, of the state and the present instant; it returns how much it did. Doing it twice, or
            twice at once, does no harm.
    """

    name: str
    every: timedelta
    work: Callable[[State, datetime], Awaitable[int]]


JOBS: tuple[Job, ...] = (
    Job("publications", timedelta(minutes=1), publish_runs),
    Job("scorecards", timedelta(minutes=1), scorecards.write_files),
    Job("runs", timedelta(seconds=5), runs.make_asked),
    Job("monthly run", timedelta(minutes=10), runs.ask_when_due),
    Job("freezes", timedelta(seconds=1), freezes.tell),
    Job("mails", timedelta(seconds=5), people.send_mails),
    Job("erasures", timedelta(minutes=1), people.erase_from_log),
    Job("keys", timedelta(minutes=5), people.wrap_keys),
    Job("old codes", timedelta(hours=1), people.forget_tries),
    Job("receipts", timedelta(seconds=1), receipts.take),
    Job("imports", timedelta(seconds=5), receipts.take_files),
    Job("old receipts", timedelta(days=1), receipts.forget),
    Job("log", timedelta(days=1), receipts.tidy),
    Job("notices", timedelta(hours=6), notices.remind),
    Job("forgetting", timedelta(hours=1), forget),
    Job("disputes", timedelta(minutes=1), remind_and_decide),
    Job("lost disputes", timedelta(minutes=5), release_lost),
    Job("reviews", timedelta(minutes=5), remind_and_pass_on),
    Job("deliveries", timedelta(seconds=1), deliver),
)
