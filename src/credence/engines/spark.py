"""Everybody, by Spark: the tasks of a run handed out to many machines, each of which runs DuckDB.

Spark finds a free core for each task, and another one when a machine is lost. What a task does, and how its
files appear, is `buckets.evaluate`: the same code and the same files as on one machine. A task that is
carried out twice, because Spark was impatient or mistaken, writes the same files again.
"""

import pickle
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from importlib.metadata import version
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from credence.engines.buckets import Done, Task, evaluate
from credence.engines.spark_session import session
from credence.errors import CredenceError, SparkError
from credence.events.manifest import Progress, silent

# A sentence stands for an error where Credence, with its errors, may be missing.
Outcome = Done | CredenceError | str
# How long a run waits while Spark has no machine for it: a setting among Spark's own.
PATIENCE, PATIENCE_USUAL = "spark.credence.patience", "120s"
LOOK_SECONDS = 0.2


def evaluate_on(master: str, tasks: Sequence[Task], progress: Progress = silent) -> list[Done]:
    """Carry out tasks on a Spark; all that they wrote is on the disk when this returns.

    Every machine needs this version of Credence for the same interpreter, and the folders of the log and of
    the run under the same paths. A task has one thread for each core that Spark gives it (`spark.task.cpus`).

    Args:
        master: Where Spark is: `local[*]`, `spark://host:port`.
        tasks: What to do.
        progress: Told of tasks done and tasks in all.

    Returns:
        What each task did, in the order of the tasks.

    Raises:
        SparkMissingError: pyspark or Java is not installed here.
        SparkError: Nobody answers there, no machine is free, or a machine lacks what a task needs.
        LogDamagedError: A file of the log is missing, or is not what was written; what else runs is stopped.
        EngineError: DuckDB could not carry out a step.
    """
    if not tasks:
        return []
    done: dict[int, Done] = {}
    parcels = [pickle.dumps(task) for task in tasks]
    # The session ends first, and the job with it, so that nobody waits for the thread that waits for the job.
    with ThreadPoolExecutor(1) as pool, session(master) as context:
        for outcome in _outcomes(context, pool, parcels):
            if isinstance(outcome, str):
                raise SparkError(master, outcome)
            if isinstance(outcome, CredenceError):
                raise outcome
            done[outcome.number] = outcome
            progress(len(done), len(tasks))
    return [done[task.number] for task in tasks]


def _outcomes(context: Any, pool: ThreadPoolExecutor, parcels: list[bytes]) -> Iterator[Outcome]:  # noqa: ANN401
    """What becomes of each task, as soon as it is known."""
    from pyspark.accumulators import AddingAccumulatorParam  # noqa: PLC0415

    # Spark brings what a task adds to an accumulator when the task ends, once; results come when all have.
    told = context.accumulator([], AddingAccumulatorParam([]))
    threads = int(context.getConf().get("spark.task.cpus", "1"))
    spread = context.parallelize(parcels, len(parcels))
    job = pool.submit(spread.foreach, anywhere(told.add, threads))
    seen = 0
    for _ in _looks(context, job):
        arrived = told.value[seen:]  # a copy: the list grows meanwhile
        yield from arrived
        seen += len(arrived)


def _looks(context: Any, job: Future[None]) -> Iterator[None]:  # noqa: ANN401
    """A look at a job now and then, and one when it has ended.

    Raises:
        SparkError: No machine has worked on it for too long.
    """
    spark = context._jsc.sc()  # noqa: SLF001 - what Python was not given
    patience = spark.conf().getTimeAsSeconds(PATIENCE, PATIENCE_USUAL)
    ourselves = 0 if context.master.startswith("local") else 1
    alone = 0.0
    while not job.done():
        wait_for([job], LOOK_SECONDS)
        yield
        machines = spark.getExecutorMemoryStatus().size() - ourselves
        alone = 0.0 if machines else alone + LOOK_SECONDS
        if alone > patience:
            raise SparkError(context.master, _no_machine(patience))
    yield
    job.result()


def _no_machine(seconds: int) -> str:
    return (
        f"no machine worked on it for {seconds} seconds. See on the master's page whether workers are "
        f"alive and have cores and memory to spare; {PATIENCE} says how long to wait."
    )


def anywhere(tell: Callable[[list[Outcome]], None], threads: int) -> Callable[[bytes], None]:
    """A function that carries out a packed task on the machine where it arrives, and tells the outcome.

    It is sent whole, and needs nothing of ours to arrive: a machine may lack Credence, and is to say so.
    """
    ours = version("credence")

    def carry_out(parcel: bytes) -> None:
        try:
            from credence.engines.spark import outcome_of  # noqa: PLC0415
        except ImportError as error:
            lacks = f"on {platform.node()}, {sys.executable} has no Credence that fits ({error})."
            tell([f"{lacks} Install credence {ours} there, with what it needs."])
        else:
            tell([outcome_of(parcel, ours, threads)])

    return carry_out


def outcome_of(parcel: bytes, wanted: str, threads: int) -> Outcome:
    """Carry out a packed task on this machine, and say what became of it.

    An error of ours is an outcome: it would be the same on every machine, and need not be tried again.
    """
    here, node = version("credence"), platform.node()
    if here != wanted:
        return f"on {node}, Credence is {here}, and the run is made by {wanted}. Install {wanted} there."
    task: Task = pickle.loads(parcel)  # noqa: S301 - Spark itself sends code
    for folder in (task.log, task.draft):
        if not folder.is_dir():
            return f"on {node}, there is no folder {folder}. Every machine needs it under this path."
    # Spark's own folders for work in progress: they go when the run ends, however it does.
    places = environ["SPARK_LOCAL_DIRS"].split(",")
    with TemporaryDirectory(dir=places[task.number % len(places)]) as scratch:
        try:
            return evaluate(task, Path(scratch), threads)
        except CredenceError as error:
            return error
