"""The one place of the bureau that writes into the event log: one thread, one piece of work after another."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from credence.events.batches import ImportOptions, ImportReport, import_rows
from credence.events.log import EventLog
from credence.server.state import State

Rows = list[dict[str, object]]
Result = TypeVar("Result")
# Of one thread: whoever writes waits for whoever wrote before, without a lock that is left behind.
WRITER = ThreadPoolExecutor(1, "log-writer")


async def append(state: State, rows: Rows, now: datetime) -> ImportReport:
    """Take rows into the event log; when this returns, what was accepted is safe on the disk.

    Rows name people by `people.log_id`, in `person_id`, and their `furnisher`. Those that are known already
    change nothing, so that to append rows again does no harm; `report.outcome(n)` says what became of the
    n-th row, counted from 1.

    Raises:
        LogBusyError: Another process held the log for a minute.
    """
    return await writing(state, lambda log: import_rows(log, rows, now, ImportOptions(each=True)))


async def try_out(state: State, rows: Rows, now: datetime) -> ImportReport:
    """What `append` would say of rows; none is taken."""

    def work() -> ImportReport:
        with opened(state) as log:
            return import_rows(log, rows, now, ImportOptions(each=True, dry=True))

    return await asyncio.to_thread(work)


async def writing(state: State, work: Callable[[EventLog], Result]) -> Result:
    """Do something that changes the event log (erase, compact), alone among the writers of this process."""

    def done() -> Result:
        with opened(state) as log:
            return work(log)

    return await asyncio.get_running_loop().run_in_executor(WRITER, done)


@contextmanager
def opened(state: State) -> Iterator[EventLog]:
    """The event log, opened for the thread at hand: a manifest's connection is one thread's alone."""
    log = EventLog.open(state.settings.log)
    try:
        yield log
    finally:
        log.close()
