"""One way of scoring a log, in a process of its own: `python -m bench.spark_ways WAY FOLDER TASKS MASTER`."""

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from bench import town
from bench.steps import MOMENT, SCORECARD
from credence.engines.buckets import PARTS, SCORES
from credence.engines.sql.dialects import statement
from credence.events.log import EventLog
from credence.runs.evaluate import LOCAL, carry_out, tasks_of
from credence.runs.plan import asked_of, new_plan
from credence.runs.request import Request
from credence.scorecards.load import load_scorecard

SPARK_NAMES = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}


def tasks(folder: Path, out: Path, pieces: int, engine: str) -> None:
    """Carry out the tasks of a run, without the steps before and after."""
    log = EventLog.open(folder / "log")
    card = load_scorecard(SCORECARD, log.vocabulary)
    request = Request(log, folder, (card,), town.AS_OF, MOMENT.known_at)
    least = sum(file.rows for file in log.files()) // pieces
    request = replace(request, events_at_a_time=min(request.events_at_a_time, max(1, least)))
    plan = new_plan(request, asked_of(request), MOMENT.known_at, None)
    # A task for each slice: there are to be several even of a small log.
    edges = sorted({edge for task in plan.tasks for edge in task})
    plan = replace(plan, tasks=tuple(pairwise(edges)))
    for part in (PARTS, f"{SCORES}/{card.name}"):
        (out / part).mkdir(parents=True)
    carry_out(engine, tasks_of(request, plan, out), lambda *_: None)


def sql(folder: Path, out: Path, master: str) -> None:
    """Run the scorecard's statement over the log's own files."""
    from pyspark.sql import SparkSession  # noqa: PLC0415

    log = EventLog.open(folder / "log")
    card = load_scorecard(SCORECARD, log.vocabulary)
    settings = {
        "spark.driver.memory": "4g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    session = SparkSession.builder.master(master).config(map=settings).getOrCreate()
    schema = ", ".join(f"`{name}` {SPARK_NAMES.get(kind, kind)}" for name, kind in log.column_types().items())
    paths = [str(log.folder / file.path) for file in log.files()]
    session.read.schema(schema).parquet(*paths).createOrReplaceTempView("events")
    scores = session.sql(statement(card, log.vocabulary, MOMENT, "spark"))
    scores.write.parquet(str(out / SCORES / card.name))
    session.stop()


if __name__ == "__main__":
    way, folder, pieces, master = sys.argv[1:]
    out = Path(folder).resolve() / "ways" / way
    if way == "sql":
        sql(Path(folder).resolve(), out, master)
    else:
        tasks(Path(folder).resolve(), out, int(pieces), LOCAL if way == "local" else master)
