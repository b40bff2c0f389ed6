"""Scores as they lie on disk: one Parquet file, or a folder of them, and the scorecard that gave them."""

from dataclasses import dataclass
from glob import escape
from pathlib import Path

import duckdb

from credence.engines.tables import first_line
from credence.errors import IntakeError, SourceNotFoundError
from credence.events.fields import quoted
from credence.scorecards.model import Scorecard

PARTS = "*.parquet"


@dataclass(frozen=True)
class Scores:
    """A file of scores, or a folder of such files that is read as one, and the scorecard that gave them.

    The rows name the hash of their definition. A scorecard that was loaded from a kept definition may
    have another one (it is of the vocabulary, too): give it the hash that was kept with it.
    """

    file: Path
    scorecard: Scorecard


def source(scores: Scores) -> str:
    """What SQL reads the rows from."""
    # The path is no pattern, whatever signs it has, and its folders name no columns.
    path = escape(str(scores.file)) + (f"/{PARTS}" if scores.file.is_dir() else "")
    return f"read_parquet({quoted(path)}, hive_partitioning = false)"


def check(connection: duckdb.DuckDBPyConnection, scores: Scores) -> None:
    """Make sure that everybody was scored once, with this scorecard.

    Raises:
        SourceNotFoundError: There is nothing at the path.
        IntakeError: It is no file of this scorecard's scores, or has a person twice.
    """
    if not scores.file.exists():
        raise SourceNotFoundError(scores.file)
    wanted = f"definition_hash IS DISTINCT FROM {quoted(scores.scorecard.definition_hash)}"
    query = f"SELECT count(*), count(DISTINCT person_id), count(*) FILTER ({wanted}) FROM {source(scores)}"
    try:
        rows, people, others = connection.execute(query).fetchone() or (0, 0, 0)
    except duckdb.Error as error:
        raise IntakeError(scores.file, f"it is no file of scores: {first_line(error)}") from None
    name = f"{scores.scorecard.name}@{scores.scorecard.version}"
    if others:
        sentence = f"{others:,} of its rows were not scored with this {name}: score them again."
        raise IntakeError(scores.file, sentence)
    if people < rows:
        raise IntakeError(scores.file, "it has a person twice: compare scores of one moment.")


def check_days(connection: duckdb.DuckDBPyConnection, old: Scores, new: Scores) -> None:
    """On another day a score differs by what time brought: that is no difference of versions.

    Raises:
        IntakeError: The scores are of different days.
    """
    days = [
        [
            str(day)
            for (day,) in connection.execute(
                f"SELECT DISTINCT as_of FROM {source(scores)} ORDER BY 1"
            ).fetchall()
        ]
        for scores in (old, new)
    ]
    if all(days) and days[0] != days[1]:
        first, second = (", ".join(of[:3]) for of in days)
        sentence = f"its scores are as of {second}, and those of {old.file} as of {first}: compare one day."
        raise IntakeError(new.file, sentence)
