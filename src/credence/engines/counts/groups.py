"""People of each group in files of scores: how many, how many have a score, how many reach which score.

A table of groups is read for counting alone: no row of it is written anywhere but to scratch that is deleted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from credence.engines.scored import Scores, source
from credence.engines.tables import load, refuse, table_source
from credence.errors import IntakeError
from credence.events.fields import identifier
from credence.events.log import connect

PERSON = "person_id"
# More are no groups, but a table of something else: nothing of a report may come near to naming people.
GROUPS_MOST, COLUMNS_MOST = 100, 20


@dataclass(frozen=True)
class Count:
    """The people of one group.

    Attributes:
        group: The group's name; None for the people whom the table puts in none.
        people: How many there are.
        scored: How many of them have a score.
        points: The sum of their scores.
        reaching: How many have at least each of the scores asked for.
    """

    group: str | None
    people: int
    scored: int
    points: int
    reaching: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """Scores whose people are counted, and the scores that they may reach."""

    scores: Scores
    cut_offs: tuple[int, ...]


def check_groups(table: Path) -> None:
    """Make sure that people can be counted by a table of groups.

    Raises:
        SourceNotFoundError: It is not there.
        IntakeError: It cannot be read, has no column of groups or too many, has a person twice or a row
            without person_id, or a column of more values than groups have.
    """
    with TemporaryDirectory() as scratch, connect(Path(scratch)) as connection:
        _load(connection, table)


def group_counts(table: Path, asked: Sequence[Asked]) -> list[dict[str, tuple[Count, ...]]]:
    """Count the people of files of scores by every column of a table of groups, each file in one pass.

    Returns, for each file, the groups of each column by name, and at the end those who are in none.
    Errors as of `check_groups`.
    """
    with TemporaryDirectory() as scratch, connect(Path(scratch)) as connection:
        names = _load(connection, table)
        return [_counted(connection, names, one) for one in asked]


def _load(connection: duckdb.DuckDBPyConnection, table: Path) -> list[str]:
    """Load the table into `members`, its columns as group_0, group_1, ...; their names."""
    read, columns = table_source(connection, table, [PERSON])
    names = [name for name in columns if name != PERSON]
    if not names:
        raise IntakeError(table, f"it has no column beside {PERSON}. Add one of groups, such as region.")
    if len(names) > COLUMNS_MOST:
        raise IntakeError(table, f"it has {len(names)} columns of groups. Give at most {COLUMNS_MOST}.")
    groups = ", ".join(
        f"nullif(CAST({identifier(name)} AS VARCHAR), '') AS group_{n}" for n, name in enumerate(names)
    )
    rows = f"SELECT CAST({PERSON} AS VARCHAR) AS {PERSON}, {groups} FROM {read}"
    load(connection, "members", rows, table)
    refuse(connection, table, "members", f"{PERSON} IS NULL", f"has no {PERSON}")
    twice = f"{PERSON} IN (SELECT {PERSON} FROM members GROUP BY 1 HAVING count(*) > 1)"
    why = "stands there twice; a table of groups has one row a person"
    refuse(connection, table, "members", twice, why)
    _check_few(connection, table, names)
    return names


def _check_few(connection: duckdb.DuckDBPyConnection, table: Path, names: Sequence[str]) -> None:
    values = ", ".join(f"count(DISTINCT group_{n})" for n in range(len(names)))
    found = connection.execute(f"SELECT {values} FROM members").fetchone() or ()
    for name, many in zip(names, found, strict=True):
        if many > GROUPS_MOST:
            sentence = (
                f"column '{name}' has {many:,} values, and a column of groups has at most {GROUPS_MOST}. "
                "Leave it out, or give groups of them, such as bands of age."
            )
            raise IntakeError(table, sentence)


def _counted(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], asked: Asked
) -> dict[str, tuple[Count, ...]]:
    keys = [f"group_{n}" for n in range(len(names))]
    figures = ["count(*)", "count(score)", "CAST(coalesce(sum(score), 0) AS BIGINT)"]
    figures += [f"count(*) FILTER (score >= {score})" for score in asked.cut_offs]
    query = (
        f"SELECT {', '.join(f'grouping({key})' for key in keys)}, {', '.join(keys)}, {', '.join(figures)} "
        f"FROM {source(asked.scores)} LEFT JOIN members USING ({PERSON}) "
        f"GROUP BY GROUPING SETS ({', '.join(f'({key})' for key in keys)})"
    )
    rows = connection.execute(query).fetchall()
    return {name: tuple(_sorted(_of_column(rows, n, len(names)))) for n, name in enumerate(names)}


def _of_column(rows: Sequence[tuple[Any, ...]], number: int, columns: int) -> Iterator[Count]:
    """The rows that are grouped by one column: its mark alone is 0."""
    for row in rows:
        if row[number] == 0:
            name, (people, scored, points, *reaching) = row[columns + number], row[2 * columns :]
            yield Count(name, people, scored, points, tuple(reaching))


def _sorted(counts: Iterator[Count]) -> list[Count]:
    return sorted(counts, key=lambda count: (count.group is None, count.group or ""))
