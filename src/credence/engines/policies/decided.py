"""Policies over a file of scores, as SQL: for each row of the file the place of the row of the policy."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from credence.characteristics.aggregates import Column
from credence.engines.found import Value
from credence.engines.policies.clauses import (
    ANSWER,
    COLUMN,
    LIST,
    STATUSES,
    UNKNOWN,
    UNSCORABLE,
    Among,
    Asked,
    Clause,
    Decided,
    Known,
    Range,
    Subject,
)
from credence.engines.sql.answers import AnswerSql, people_column
from credence.engines.sql.points import compared
from credence.engines.tables import first_line, load_people
from credence.errors import IntakeError, SourceNotFoundError
from credence.events.fields import identifier, listed, quoted
from credence.events.log import connect

REASONS = ("reason_1", "reason_2", "reason_3", "reason_4")
SHOWN = ("as_of", "known_at", "score", "band", "unscorable", *REASONS)


@dataclass(frozen=True)
class Shown:
    """What a file of scores says of a person besides the answers."""

    as_of: date
    known_at: datetime
    score: int | None
    band: str | None
    unscorable: str | None
    reasons: tuple[str | None, ...]


@dataclass(frozen=True)
class Scored:
    """A file of scores, and a table of people for what the scores do not hold."""

    scores: Path
    people: Path | None = None


def place_sql(decided: Decided) -> str:
    """The place of the row that a person falls in, over `scores` and `people`."""
    rows = [f"WHEN {_asked(row)} THEN {place}" for place, row in enumerate(decided.rows)]
    unknown = " OR ".join(_not_known(subject) for subject in decided.subjects) or "false"
    return f"CASE {' '.join(rows)} WHEN {unknown} THEN {decided.unknown} ELSE {decided.otherwise} END"


def told_sql(decided: Decided) -> str:
    """Whether the reasons of the score are told, over `scores` and the `place` found before."""
    short = [
        " AND ".join(
            [*_days(row), f"NOT ({' AND '.join(f'({_clause(clause)})' for clause in row.of_score)})"]
        )
        for row in decided.better
    ]
    why = [f"place IN ({', '.join(map(str, decided.too_low))})"] if decided.too_low else []
    against = ", ".join(map(str, sorted(decided.against)))
    if not against or not (why or short):
        return "false"
    return f"place IN ({against}) AND ({' OR '.join([*why, *(f'({part})' for part in short)])})"


def _asked(row: Asked) -> str:
    return " AND ".join([*_days(row), *(f"({_clause(clause)})" for clause in row.clauses)])


def _days(row: Asked) -> list[str]:
    first = [f"scores.as_of >= DATE '{row.valid_from}'"] if row.valid_from else []
    return [*first, *([f"scores.as_of <= DATE '{row.valid_to}'"] if row.valid_to else [])]


def _clause(clause: Clause) -> str:
    value, test = _value(clause.subject), clause.test
    if isinstance(test, Known):
        return f"{value} IS {'NOT ' if test.known else ''}NULL"
    if isinstance(test, Among):
        return f"coalesce({value} IN ({listed(test.texts)}), false)"
    answer = AnswerSql(f"({value} IS NULL)", value, exact=clause.subject.whole)
    ranges = " OR ".join(_range(answer, part) for part in test.ranges)
    return f"{value} IS NOT NULL AND ({ranges})"


def _range(answer: AnswerSql, part: Range) -> str:
    low = [] if part.low is None else [compared(answer, ">=" if part.low_inside else ">", part.low)]
    high = [] if part.high is None else [compared(answer, "<=" if part.high_inside else "<", part.high)]
    return " AND ".join([*low, *high]) or "true"


def _value(subject: Subject) -> str:
    if subject.kind == ANSWER:
        return f"scores.{identifier(subject.name)}.answer"
    if subject.kind == LIST:
        return f"coalesce(people.{people_column(subject.name)}, {quoted(UNKNOWN)})"
    if subject.kind != COLUMN:
        return f"scores.{subject.kind}"
    name = f"people.{people_column(subject.name)}"
    return name if subject.text else f"CASE WHEN NOT isnan({name}) THEN {name} END"


def _not_known(subject: Subject) -> str:
    value = _value(subject)
    if subject.kind == LIST:
        return f"{value} = {quoted(UNKNOWN)}"
    return "false" if subject.kind == UNSCORABLE else f"{value} IS NULL"


def joined(connection: duckdb.DuckDBPyConnection, scored: Scored, decided: Decided, number: int = 1) -> str:
    """The SQL of `scores` joined with `people`, of whom only what is asked is loaded.

    Args:
        connection: Where the table of people is loaded.
        scored: The files; there must be a table of people where lists or columns are asked.
        decided: What is asked.
        number: Apart from any other table loaded on the connection.

    Raises:
        SourceNotFoundError: A file is not there.
        IntakeError: The table of people is not as it must be.
    """
    if not scored.scores.is_file():
        raise SourceNotFoundError(scored.scores)
    scores = f"read_parquet({quoted(str(scored.scores))}) AS scores"
    beside = decided.beside
    if not beside or scored.people is None:
        return scores
    load_columns(connection, scored.people, beside, f"people_{number}")
    return f"{scores} LEFT JOIN people_{number} AS people ON people.person_id = scores.person_id"


def load_columns(
    connection: duckdb.DuckDBPyConnection, path: Path, beside: tuple[Subject, ...], name: str = "people"
) -> None:
    """Load what is asked of a table of people into a table of that name, one row a person.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read, lacks a column, has a person twice, or a status that is none.
    """
    columns = dict.fromkeys(Column(s.name, text=s.text) for s in beside)
    load_people(connection, path, list(columns), buckets=1)
    connection.execute(f"ALTER TABLE all_people RENAME TO {name}")
    for subject in (s for s in beside if s.kind == LIST):
        column = people_column(subject.name)
        odd = f"SELECT {column} FROM {name} WHERE {column} NOT IN ({listed(STATUSES)}) LIMIT 1"
        row = connection.execute(odd).fetchone()
        if row is not None:
            what = f"the column '{subject.name}' holds '{row[0]}'"
            raise IntakeError(path, f"{what}. The status of a list is {', '.join(STATUSES)}, or empty.")


@dataclass(frozen=True)
class Contents:
    """What a file of scores is of: scorecards with their versions, its days, codes, whether it has rows."""

    scorecards: tuple[tuple[str, int, str], ...]
    first: date | None
    last: date | None
    codes: tuple[str, ...]


def contents(scored: Scored, decided: Decided) -> Contents:
    """What a file of scores is of.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: It is no file of scores, or lacks an answer that is asked.
    """
    if not scored.scores.is_file():
        raise SourceNotFoundError(scored.scores)
    source = f"FROM read_parquet({quoted(str(scored.scores))}) AS scores"
    answers = [f"count({_value(s)})" for s in decided.subjects if s.kind == ANSWER]
    asked = "scorecard, version, definition_hash, min(as_of), max(as_of), list(DISTINCT unscorable)"
    try:
        with connect() as connection:
            rows = connection.execute(f"SELECT {asked} {source} GROUP BY ALL").fetchall()
            needed = ", ".join([*answers, *(f"count({name})" for name in (*SHOWN, "person_id"))])
            connection.execute(f"SELECT {needed} {source} WHERE false")
    except duckdb.Error as error:
        raise IntakeError(scored.scores, f"it is no file of scores: {first_line(error)}") from None
    days = [day for row in rows for day in row[3:5]]
    codes = sorted({code for row in rows for code in row[5] or () if code is not None})
    cards = tuple(sorted({row[:3] for row in rows}))
    return Contents(cards, min(days, default=None), max(days, default=None), tuple(codes))


def facts_of_person(
    scored: Scored, decided: Decided, person_id: str
) -> list[tuple[dict[Subject, Value], Shown]]:
    """What is asked of one person, and what the scores say besides: a pair for each row of the person."""
    asked = list(decided.subjects)
    shown = ", ".join([*(f"scores.{name}" for name in SHOWN), *map(_value, asked)])
    with connect() as connection:
        source = joined(connection, scored, decided)
        query = f"SELECT {shown} FROM {source} WHERE scores.person_id = ? ORDER BY 1, 2"
        rows = connection.execute(query, [person_id]).fetchall()
    values = len(SHOWN)
    return [
        (
            dict(zip(asked, row[values:], strict=True)),
            Shown(row[0], row[1], row[2], row[3], row[4], row[5:values]),
        )
        for row in rows
    ]


def columns_of_person(path: Path, beside: tuple[Subject, ...], person_id: str) -> dict[Subject, Value]:
    """What a table of people says of one person; of somebody who is not in it, nothing is known.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It is not as it must be.
    """
    if not beside:
        return {}
    with connect() as connection:
        load_columns(connection, path, beside)
        values = ", ".join(_value(subject) for subject in beside)
        row = connection.execute(f"SELECT {values} FROM people WHERE person_id = ?", [person_id]).fetchone()
    nothing = [UNKNOWN if s.kind == LIST else None for s in beside]
    return dict(zip(beside, row or nothing, strict=True))
