"""/operator/jobs: what the bureau does by itself, when each was last due, what failed and is tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from credence.server.jobs import JOBS, Job
from credence.server.services.operating import queue
from credence.server.services.operating.queue import Queued
from credence.server.web.entry.door import to
from credence.server.web.operator.roles import AtAdmin
from credence.server.web.pages import page

router = APIRouter(include_in_schema=False)
HERE = "/operator/jobs"
MOST = 200
MINUTE = timedelta(minutes=1)
UNITS = (
    (timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (MINUTE, "minute"),
    (timedelta(seconds=1), "second"),
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A job: its name, how often it is due (so many of a unit), and when it last was.

    `due_at` is None for jobs that a process does without the queue, and before the first time.
    """

    name: str
    number: int
    unit: str
    queued: bool
    due_at: datetime | None


@dataclass(frozen=True)
class Jobs:
    """Every job, and what is in the queue."""

    known: Sequence[Known]
    queue: Sequence[Queued]
    failed: int


@router.get(HERE)
async def listed(visitor: AtAdmin) -> Response:
    """Every job and the queue."""
    due, waiting = await queue.last_due(visitor.context), await queue.listed(visitor.context, MOST)
    known = [_known(job, due.get(job.name)) for job in JOBS]
    failed = sum(1 for one in waiting if one.status == "failed")
    return page(visitor.seat, "operator/jobs.html", seen=Jobs(known, waiting, failed))


@router.post(f"{HERE}/{{number}}/again")
async def again(visitor: AtAdmin, number: Annotated[int, Path(ge=1, lt=2**63)]) -> Response:
    """Have what failed done again."""
    await queue.again(visitor.context, number)
    return to(HERE, done="job_again")


def _known(job: Job, due_at: datetime | None) -> Known:
    unit, word = next((unit, word) for unit, word in UNITS if job.every >= unit)
    return Known(job.name, job.every // unit, word, job.every >= MINUTE, due_at)
