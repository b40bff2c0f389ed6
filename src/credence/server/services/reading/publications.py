"""Publishing a run's scores to readers: loaded where nobody sees them, and there as a whole at once."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, cast

from credence.engines.packed import DELIMITER, QUOTE, pack
from credence.engines.scored import Scores
from credence.runs.published import PublishedRun, RunScores
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import erasing
from credence.server.store import scores as sql

# Loading everybody takes longer than a request may.
SECONDS_MOST = 3600


class Loading(Protocol):
    """What of a connection only loading uses."""

    async def copy_from_query(self, query: str, *, output: Path, format: str, timeout: float) -> str:  # noqa: A002, ASYNC109 - asyncpg's names
        """Write a query's rows into a file."""

    async def copy_to_table(
        self,
        table_name: str,
        *,
        source: Path,
        columns: Sequence[str],
        timeout: float,  # noqa: ASYNC109 - asyncpg's names
        **form: str,
    ) -> str:
        """Load a file into a table."""

    async def fetchval(self, query: str, *values: object, timeout: float) -> Any:  # noqa: ANN401, ASYNC109 - asyncpg's names
        """The first column of the first row."""


async def publish(context: Context, run: PublishedRun) -> int:
    """Load the scores of a published run; return how many rows readers have more.

    Everything happens in the context's transaction, so that readers see all of it or nothing, and nothing is
    left of a load that fails. A run that is there already adds nothing. Only people who enrolled are loaded.

    Args:
        context: The system's context.
        run: The run, below the folder of runs of the settings.

    Raises:
        EngineError: The run's files cannot be read.
    """
    await context.connection.execute(sql.LOCK)
    await erasing.hold_off(context)
    if await context.connection.fetchval(sql.KNOWN, run.run):
        return 0
    first: int = await context.connection.fetchval(sql.NEXT)
    part, loading = f"scores_{first}", cast("Loading", context.connection)
    await context.connection.execute(sql.DRAFT, part)
    with TemporaryDirectory(prefix="credence-publish-") as scratch:
        people = Path(scratch) / "people.csv"
        await loading.copy_from_query(sql.PEOPLE, output=people, format="csv", timeout=SECONDS_MOST)
        counted = [
            await _load(loading, run, part, (people, number, scores))
            for number, scores in enumerate(run.manifest.scorecards, first)
        ]
    numbers = list(range(first, first + len(counted)))
    for number, scores, rows in zip(numbers, run.manifest.scorecards, counted, strict=True):
        await _note(context, run, number, (scores, rows))
    # The primary key is made here too; the lock that follows stops no reader.
    await loading.fetchval(sql.ATTACH, part, numbers, timeout=SECONDS_MOST)
    await audit.record(context, "scores.published", run=run.run, as_of=run.as_of, people=sum(counted))
    return sum(counted)


async def _load(loading: Loading, run: PublishedRun, part: str, what: tuple[Path, int, RunScores]) -> int:
    people, number, scores = what
    out = people.with_name("scores.csv")
    source = Scores(run.scores(scores.name), run.scorecard(scores.name))
    rows = await asyncio.to_thread(pack, source, people, out, number)
    await loading.copy_to_table(
        part, source=out, columns=sql.COLUMNS, format="csv", delimiter=DELIMITER, quote=QUOTE,
        timeout=SECONDS_MOST,
    )  # fmt: skip
    return rows


async def _note(context: Context, run: PublishedRun, number: int, what: tuple[RunScores, int]) -> None:
    scores, rows = what
    folder = run.folder.resolve().relative_to(context.settings.runs.resolve()).as_posix()
    manifest = run.manifest
    await context.connection.execute(
        sql.ADD, number, run.run, run.hash, folder, scores.name, scores.version, scores.definition_hash,
        manifest.as_of, manifest.known_at, manifest.snapshot, rows, context.now,
    )  # fmt: skip
