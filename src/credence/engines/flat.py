"""Points alone of a flat table of people: no answers, attributes or reasons, and a fraction of the work."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from credence.characteristics.aggregates import Answer, Column, Derived
from credence.engines.duckdb import publish
from credence.engines.moment import Moment
from credence.engines.sql.answers import AnswerSql, derived_sql, number_sql
from credence.engines.sql.compile import band_sql, columns_needed, columns_of, unscorable_sql
from credence.engines.sql.lines import points_sql
from credence.engines.sql.points import holds
from credence.engines.tables import check_flat, first_line, refuse, table_source
from credence.errors import IntakeError
from credence.events.fields import identifier, quoted
from credence.events.log import connect
from credence.scorecards.model import Attribute, Characteristic, Line, Scorecard

Answers = dict[str, AnswerSql]
# Columns depend on no day, but points are as of one.
TIMELESS = Moment(date(2000, 1, 1), datetime(2000, 1, 1))  # noqa: DTZ001 - UTC, as everywhere below the command
# What no rule of scorability comes to.
NOBODY = "CAST(NULL AS VARCHAR)"


def score_points(scorecard: Scorecard, moment: Moment, people: Path, out: Path) -> int:
    """Write one row a person with the points of each characteristic; return how many rows.

    Scores and points are those of the whole result, in the same order of columns; in place of answers,
    attributes and points there are points alone. The file is complete when it appears.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: The table is not as it must be, or the scorecard counts events.
        EngineError: DuckDB could not carry out a step.
    """
    check_flat(scorecard, people)
    with connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        source, _ = table_source(connection, people, ["person_id", *columns_needed(scorecard)])
        check_persons(connection, people, source)
        return publish(connection, points_query(scorecard, moment, source), out)


def score_columns(scorecard: Scorecard, columns: Mapping[str, Any]) -> Any:  # noqa: ANN401 - NumPy's arrays
    """Score rows that are columns in memory; as an array, masked where a row has no score.

    Args:
        scorecard: A scorecard that looks at columns alone.
        columns: NumPy's arrays by name, all that it looks at: doubles with NaN for nothing, or objects, which
            are texts, with None for nothing. Whole numbers that are asked as texts are written as such.
    """
    names = {name: f"c{number}" for number, name in enumerate(columns_needed(scorecard))}
    texts = {column.name for column in columns_of(scorecard) if column.text}
    retold = {name for name in texts if columns[name].dtype.kind == "f"}
    cells = [
        f"{_told(place) if name in retold else place} AS {identifier(name)}" for name, place in names.items()
    ]
    with connect() as connection:
        connection.register("rows", {place: columns[name] for name, place in names.items()})
        source = f"(SELECT {', '.join(['row_number() OVER () AS person_id', *cells])} FROM rows)"
        points = points_query(scorecard, TIMELESS, source)
        query = f"SELECT score FROM ({points}) ORDER BY CAST(person_id AS BIGINT)"
        return connection.execute(query).fetchnumpy()["score"]


def _told(number: str) -> str:
    """A double as a text: a whole one without decimals, as files have them."""
    whole = f"CAST(TRY_CAST({number} AS HUGEINT) AS VARCHAR)"
    return f"CASE WHEN {number} = floor({number}) THEN {whole} ELSE CAST({number} AS VARCHAR) END"


def check_persons(connection: duckdb.DuckDBPyConnection, path: Path, source: str) -> None:
    """Make sure that every row has a person of its own.

    Raises:
        IntakeError: A person stands there twice, or a row has none, or the file cannot be read.
    """
    query = f"SELECT count(*), count(DISTINCT CAST(person_id AS VARCHAR)) FROM {source}"
    try:
        rows, persons = connection.execute(query).fetchone() or (0, 0)
    except duckdb.Error as error:
        raise IntakeError(path, f"it cannot be read: {first_line(error)}") from None
    if rows != persons:
        refuse(connection, path, source, "person_id IS NULL", "has no person_id")
        twice = f"person_id IN (SELECT person_id FROM {source} GROUP BY 1 HAVING count(*) > 1)"
        refuse(connection, path, source, twice, "stands there twice; a table of people has one row a person")


def points_query(scorecard: Scorecard, moment: Moment, source: str) -> str:
    """The query of the points, over anything that has the columns."""
    answers, names = _answers(scorecard), [identifier(c.name) for c in scorecard.characteristics]
    codes = [unscorable_sql(scorecard, answers)]
    codes += [code for c in scorecard.characteristics if (code := _ruled_out(c, answers))]
    unscorable = f"coalesce({', '.join(codes)})" if len(codes) > 1 else codes[0]
    points = [
        f"{_points(c, answers)} AS {name}" for c, name in zip(scorecard.characteristics, names, strict=True)
    ]
    person = "CAST(person_id AS VARCHAR) AS person_id"
    pointed = f"SELECT {person}, {unscorable} AS unscorable, {', '.join(points)} FROM {source}"
    total = " + ".join([str(scorecard.points_base), *names])
    everybody = codes == [NOBODY]
    score = _where_scored(total, everybody=everybody)
    summed = f"SELECT *, CAST({score} AS INTEGER) AS score FROM ({pointed})"
    shown = [f"{_where_scored(name, everybody=everybody)} AS {name}" for name in names]
    columns = [
        *_said_of_all(scorecard, moment),
        "score",
        f"{band_sql(scorecard)} AS band",
        "unscorable",
        *shown,
    ]
    return f"SELECT {', '.join(columns)} FROM ({summed})"


def _said_of_all(scorecard: Scorecard, moment: Moment) -> list[str]:
    """The columns that say whose points these are, by which scorecard and as of when."""
    return [
        "person_id",
        f"{quoted(scorecard.name)} AS scorecard",
        f"CAST({scorecard.version} AS INTEGER) AS version",
        f"{quoted(scorecard.definition_hash)} AS definition_hash",
        f"DATE '{moment.as_of}' AS as_of",
        f"TIMESTAMP '{moment.known_at}' AS known_at",
        "CAST(NULL AS BIGINT) AS snapshot",
    ]


def _where_scored(value: str, *, everybody: bool) -> str:
    return value if everybody else f"CASE WHEN unscorable IS NULL THEN {value} END"


def _answers(scorecard: Scorecard) -> Answers:
    """The answers of the characteristics by name, and of the scorability rules by number."""
    requirements = [r for rule in scorecard.scorable_when for r in rule.alternatives]
    measures = {c.name: c.measure for c in scorecard.characteristics}
    measures |= {f"rule {number}": r.measure for number, r in enumerate(requirements)}
    return {name: _answer(measure.answer) for name, measure in measures.items()}


def _answer(answer: Answer) -> AnswerSql:
    """A column as it is: what is missing is asked for last, so that few rows are looked at for it."""
    if isinstance(answer, Derived):
        numbers = [number_sql(_answer(column).value).value for column in answer.columns]
        return number_sql(derived_sql(answer.way, numbers))
    if not isinstance(answer, Column):
        # A flat table has columns and what is made of them: this is a crossing.
        return AnswerSql("false", "CAST(NULL AS VARCHAR)", text=True)
    value = f"CAST({identifier(answer.name)} AS {'VARCHAR' if answer.text else 'DOUBLE'})"
    missing = f"({value} IS NULL)" if answer.text else f"({value} IS NULL OR isnan({value}))"
    return AnswerSql(missing, value, text=answer.text, exact=False)


def _points(c: Characteristic, answers: Answers) -> str:
    """The points of the attribute that the answer falls in."""
    return _case(c, answers, {id(row): _given(row, answers[c.name]) for row in _rows(c)})


def _ruled_out(c: Characteristic, answers: Answers) -> str | None:
    """The code of an attribute that gives no score; None where no attribute has one."""
    codes = {id(row): "NULL" if row.unscorable is None else quoted(row.unscorable) for row in _rows(c)}
    return None if set(codes.values()) == {"NULL"} else _case(c, answers, codes)


def _case(c: Characteristic, answers: Answers, say: dict[int, str]) -> str:
    """What is said of the attribute reached.

    Neither a missing answer nor one that is not a number is below or equal to anything, so that rows of
    the missing can be told from the rest where the rest is reached.
    """
    answer = answers[c.name]
    cases = [f"WHEN {holds(row, answer, answers)} THEN {say[id(row)]}" for row in c.attributes[:-1]]
    cases += [f"WHEN {answer.missing} THEN {say[id(c.missing)]}"] if c.missing else []
    last = say[id(c.attributes[-1])]
    return f"CASE {' '.join(cases)} ELSE {last} END" if cases else last


def _rows(c: Characteristic) -> list[Attribute]:
    return [*c.attributes, *([c.missing] if c.missing else [])]


def _given(row: Attribute, answer: AnswerSql) -> str:
    if isinstance(row.points, Line):
        return f"CAST({points_sql(row.points, answer)} AS INTEGER)"
    return f"CAST({row.points} AS INTEGER)"
