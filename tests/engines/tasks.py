"""The tasks of a log for tests: a run's, without a run."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from credence import EventLog, Moment
from credence.engines.buckets import PARTS, SCORES, Pass, Task
from credence.engines.duckdb import slices_of
from credence.engines.sql.compile import Sources, alike, columns_of, compile_parts
from credence.engines.tables import write_people
from credence.scorecards.model import Scorecard


def tasks_of(
    log: EventLog,
    cards: Sequence[Scorecard],
    moment: Moment,
    draft: Path,
    edges: Sequence[int] = (0, 128, 256),
    people: Path | None = None,
) -> list[Task]:
    """One task for each range between the edges, and the folders that they write to."""
    for folder in (PARTS, *(f"{SCORES}/{card.name}" for card in cards)):
        (draft / folder).mkdir(parents=True)
    passes = tuple(_pass(log, group, moment, draft, people) for group in alike(cards))
    return [
        Task(
            number,
            draft,
            log.folder.resolve(),
            moment,
            slices_of(log, [range(start, stop)]),
            tuple(log.files(range(start, stop))),
            passes,
        )
        for number, (start, stop) in enumerate(pairwise(edges))
    ]


def _pass(
    log: EventLog, cards: tuple[Scorecard, ...], moment: Moment, draft: Path, people: Path | None
) -> Pass:
    table = None if people is None else draft / "people.parquet"
    if people is not None and table is not None:
        write_people(people, columns_of(cards[0]), log.manifest.settings.buckets, table)
    parts = compile_parts(cards, log.vocabulary, moment, Sources(people_table=people is not None))
    return Pass(parts, tuple(card.name for card in cards), table)


def scores_in(draft: Path) -> dict[str, bytes]:
    """Every file of scores and every receipt, by path."""
    found = (path for part in (PARTS, SCORES) for path in (draft / part).rglob("*") if path.is_file())
    return {str(path.relative_to(draft)): path.read_bytes() for path in found}
