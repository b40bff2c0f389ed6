"""The queue of jobs, as procrastinate keeps it: what waits, what runs, what failed; and failed ones again."""

from dataclasses import dataclass
from datetime import datetime

from credence.errors import NoSuchThingError
from credence.server.database.queue import SCHEMA
from credence.server.services import audit
from credence.server.services.context import Context

WHAT = "job"
THERE = f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs') IS NOT NULL"
# Triggers of procrastinate name its tables without their schema.
WITHIN = f"SELECT set_config('search_path', current_setting('search_path') || ', {SCHEMA}', true)"
# Those that were done are deleted; when one was last due tells that it was taken up.
LAST = f"""
SELECT task_name, to_timestamp(max(defer_timestamp)) AS due_at FROM {SCHEMA}.procrastinate_periodic_defers
GROUP BY task_name
"""  # noqa: S608 - a constant
WAITING = f"""
SELECT j.id, task_name, status::text AS status, attempts,
  coalesce((SELECT max(at) FROM {SCHEMA}.procrastinate_events e WHERE e.job_id = j.id), scheduled_at) AS at
FROM {SCHEMA}.procrastinate_jobs j WHERE status IN ('todo', 'doing', 'failed')
ORDER BY status = 'failed' DESC, id DESC LIMIT $1
"""  # noqa: S608
# What waits under the same name already is the same work: then the failed one is let go of.
AGAIN = f"""
WITH wanted AS (
  SELECT id, queueing_lock FROM {SCHEMA}.procrastinate_jobs WHERE id = $1 AND status = 'failed' FOR UPDATE
), there AS (
  SELECT FROM {SCHEMA}.procrastinate_jobs j JOIN wanted w USING (queueing_lock) WHERE j.status = 'todo'
)
UPDATE {SCHEMA}.procrastinate_jobs SET attempts = attempts + 1, scheduled_at = NULL,
  status = (CASE WHEN EXISTS (SELECT FROM there) THEN 'cancelled' ELSE 'todo' END)
  ::{SCHEMA}.procrastinate_job_status
WHERE id = (SELECT id FROM wanted) RETURNING task_name
"""  # noqa: S608


@dataclass(frozen=True)
class Queued:
    """Work in the queue: its job's name, its status (todo, doing, failed), how often tried, and when."""

    id: int
    task_name: str
    status: str
    attempts: int
    at: datetime | None


async def listed(context: Context, limit: int) -> list[Queued]:
    """What is in the queue, what failed at the head; nothing before a worker first made the queue."""
    system = await context.as_system()
    there = await system.connection.fetchval(THERE)
    return [Queued(**row) for row in await system.connection.fetch(WAITING, limit)] if there else []


async def last_due(context: Context) -> dict[str, datetime]:
    """When each job that is queued was last due; nothing before a worker first made the queue."""
    system = await context.as_system()
    there = await system.connection.fetchval(THERE)
    rows = await system.connection.fetch(LAST) if there else []
    return {row["task_name"]: row["due_at"] for row in rows}


async def again(context: Context, number: int) -> None:
    """Have a failed one done again.

    Raises:
        NoSuchThingError: There is no such work that failed.
    """
    system = await context.as_system()
    there = await system.connection.fetchval(THERE)
    if there:
        await system.connection.execute(WITHIN)
    name = await system.connection.fetchval(AGAIN, number) if there else None
    if name is None:
        raise NoSuchThingError(WHAT, str(number))
    await audit.record(context, "job.again", job=name, number=number)
