"""Everybody's outcome of a policy: as a file, and counted."""

from pathlib import Path

import duckdb

from credence.engines.duckdb import publish
from credence.engines.policies.clauses import COLUMN, Decided, Subject
from credence.engines.policies.decided import REASONS, Scored, joined, load_columns, place_sql, told_sql
from credence.engines.sql.answers import people_column
from credence.events.fields import listed, quoted
from credence.events.log import connect

# What a decision takes over from the file of scores.
KEPT = (
    "person_id", "scorecard", "version", "definition_hash", "as_of", "known_at", "snapshot", "score", "band",
    "unscorable",
)  # fmt: skip
GROUP = Subject(COLUMN, "group", "Group", text=True)


def write_outcomes(
    scored: Scored, decided: Decided, same: dict[str, str | int], said: dict[str, list[str | None]], out: Path
) -> int:
    """Write one row for each row of the scores, whole or not at all; return how many.

    Args:
        scored: The files that are read.
        decided: The policy's rows.
        same: Columns that say the same in every row.
        said: Columns that say something for each place.
        out: The file.

    Raises:
        IntakeError: The table of people is not as it must be.
        EngineError: DuckDB could not carry out a step.
    """
    constants = [f"{_literal(value)} AS {name}" for name, value in same.items()]
    told = [f"{_chosen(texts)} AS {name}" for name, texts in said.items()]
    reasons = [f"CASE WHEN {told_sql(decided)} THEN {name} END AS {name}" for name in REASONS]
    kept = ", ".join(f"scores.{name}" for name in (*KEPT, *REASONS))
    with connect() as connection:
        source = joined(connection, scored, decided)
        placed = f"SELECT {kept}, {place_sql(decided)} AS place FROM {source}"
        return publish(
            connection,
            f"SELECT {', '.join([*KEPT, *constants, *told, *reasons])} FROM ({placed}) AS scores",
            out,
        )


def _literal(value: str | int) -> str:
    return f"CAST({value} AS INTEGER)" if isinstance(value, int) else _word(value, [value])


def _word(text: str, words: list[str]) -> str:
    """One of a few texts: as an ENUM, which is written four times as fast and read again as a text."""
    return f"CAST({quoted(text)} AS ENUM({listed(words)}))"


def _chosen(texts: list[str | None]) -> str:
    """A text for each place; none where it says nothing."""
    words = list(dict.fromkeys(text for text in texts if text is not None))
    cases = [
        f"WHEN {place} THEN {_word(text, words)}" for place, text in enumerate(texts) if text is not None
    ]
    return f"CASE place {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"


def counted(scored: Scored, decided: Decided) -> list[tuple[str | None, str | None, int, int]]:
    """How many people of each band and each code of why there is no score fall in each place."""
    with connect() as connection:
        source = joined(connection, scored, decided)
        placed = f"SELECT scores.band, scores.unscorable, {place_sql(decided)} AS place FROM {source}"
        query = f"SELECT band, unscorable, place, count(*) FROM ({placed}) GROUP BY ALL ORDER BY ALL"
        return connection.execute(query).fetchall()


def swapped(first: tuple[Scored, Decided], second: tuple[Scored, Decided]) -> list[tuple[int, int, int]]:
    """How many people fall in each pair of places; of two files only who is in both on the same day."""
    asked = {subject for _, decided in (first, second) for subject in decided.beside}
    alike = len({subject.name for subject in asked}) == len({(s.name, s.text) for s in asked})
    with connect() as connection:
        pairs = _of_one_file if alike and first[0] == second[0] else _of_two_files
        query = f"SELECT a, b, count(*) FROM ({pairs(connection, first, second)}) GROUP BY ALL ORDER BY ALL"
        return connection.execute(query).fetchall()


def _of_one_file(
    connection: duckdb.DuckDBPyConnection, first: tuple[Scored, Decided], second: tuple[Scored, Decided]
) -> str:
    asked = tuple(dict.fromkeys((*first[1].subjects, *second[1].subjects)))
    source = joined(connection, first[0], Decided((), asked))
    return f"SELECT {place_sql(first[1])} AS a, {place_sql(second[1])} AS b FROM {source}"


def _of_two_files(
    connection: duckdb.DuckDBPyConnection, first: tuple[Scored, Decided], second: tuple[Scored, Decided]
) -> str:
    parts = []
    for number, (scored, decided) in enumerate((first, second), start=1):
        source = joined(connection, scored, decided, number)
        parts.append(f"SELECT scores.person_id, scores.as_of, {place_sql(decided)} AS place FROM {source}")
    both = f"({parts[0]}) AS one JOIN ({parts[1]}) AS other USING (person_id, as_of)"
    return f"SELECT one.place AS a, other.place AS b FROM {both}"


def grouped(scored: Scored, decided: Decided, groups: Path) -> list[tuple[str | None, int, int]]:
    """How many people of each group of a table (person_id, group) fall in each place; None is no group.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It is not as it must be.
    """
    with connect() as connection:
        load_columns(connection, groups, (GROUP,), "groups")
        name = f"groups.{people_column(GROUP.name)}"
        source = (
            f"{joined(connection, scored, decided)} LEFT JOIN groups ON groups.person_id = scores.person_id"
        )
        placed = f"SELECT {name} AS member, {place_sql(decided)} AS place FROM {source}"
        query = f"SELECT member, place, count(*) FROM ({placed}) GROUP BY ALL ORDER BY ALL"
        return connection.execute(query).fetchall()
