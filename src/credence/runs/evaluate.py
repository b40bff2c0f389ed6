"""Evaluating: every task of a run that is not done yet, on this machine or on a cluster."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from credence.engines.buckets import Done, Pass, Task, evaluate, receipt
from credence.engines.duckdb import slices_of
from credence.engines.spark import evaluate_on
from credence.engines.sql.compile import Sources, alike, columns_of, compile_parts
from credence.engines.tables import write_people
from credence.events.log import EventLog
from credence.events.manifest import Progress
from credence.events.scratch import scratch_folder
from credence.runs.drafts import CONTACTS
from credence.runs.plan import Plan
from credence.runs.request import Request

LOCAL = "local"


def tasks_of(request: Request, plan: Plan, draft: Path) -> list[Task]:
    """The tasks of a run; the same plan gives the same tasks, whatever became of the log's files since."""
    passes = _passes(request, plan, draft)
    return [_task(request.log, plan, draft, number, passes) for number in range(len(plan.tasks))]


def _task(log: EventLog, plan: Plan, draft: Path, number: int, passes: tuple[Pass, ...]) -> Task:
    groups = plan.slices(number)
    sealed = [f for f in log.files(range(groups[0].start, groups[-1].stop)) if f.bucket is not None]
    return Task(
        number, draft, log.folder.resolve(), plan.moment, slices_of(log, groups), tuple(sealed), passes
    )


def _passes(request: Request, plan: Plan, draft: Path) -> tuple[Pass, ...]:
    found = []
    people = request.people if request.contacts is None else draft / CONTACTS
    for number, cards in enumerate(alike(request.scorecards)):
        wanted = columns_of(cards[0])
        table = draft / f"people-{number}.parquet" if wanted and people is not None else None
        if table is not None and people is not None and not table.is_file():
            write_people(people, wanted, request.log.manifest.settings.buckets, table)
        sources = Sources(people_table=table is not None)
        parts = compile_parts(cards, request.log.vocabulary, plan.moment, sources)
        found.append(Pass(parts, tuple(card.name for card in cards), table))
    return tuple(found)


def carry_out(engine: str, tasks: Sequence[Task], progress: Progress) -> list[Done]:
    """Carry out the tasks that are not done; what others did is verified, and kept.

    Args:
        engine: `local`, or the URL of a Spark master.
        tasks: All tasks of the run.
        progress: Told of tasks done and tasks in all.

    Raises:
        LogDamagedError: A file of the log is missing, or is not what was written.
        EngineError: The engine could not carry out a step.
    """
    done = {task.number: found for task in tasks if (found := receipt(task))}
    waiting = [task for task in tasks if task.number not in done]
    before = len(done)
    progress(before, len(tasks))

    def told(count: int, _waiting: int) -> None:
        progress(before + count, len(tasks))

    made = _here(waiting, told) if engine == LOCAL else evaluate_on(engine, waiting, told)
    done |= {one.number: one for one in made}
    return [done[task.number] for task in tasks]


def _here(tasks: Sequence[Task], progress: Progress) -> Iterator[Done]:
    """One task after another, each with all cores."""
    for number, task in enumerate(tasks, start=1):
        with scratch_folder(task.draft) as scratch:
            yield evaluate(task, scratch)
        progress(number, len(tasks))
