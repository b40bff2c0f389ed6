"""Scores for a database: a row a person, the lines packed into one text, as CSV."""

import re
from pathlib import Path

import duckdb

from credence.engines import scored
from credence.engines.duckdb import ask
from credence.engines.scored import Scores
from credence.events.fields import identifier, quoted
from credence.events.log import connect
from credence.scorecards.model import Characteristic

NUMBERS = ("BIGINT", "INTEGER", "DOUBLE")
# JSON is full of commas and quotation marks; with others around it, nothing in it needs to be marked twice.
DELIMITER, QUOTE = "\t", "\x01"
# What is its own JSON between quotation marks.
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')


def pack(scores: Scores, people: Path, out: Path, number: int) -> int:
    """Write the scores of people as CSV, with `DELIMITER` and `QUOTE`; return how many rows.

    A row is: a number, the person's id, score, band, the code of why there is no score, reasons, lines.
    Reasons and lines are JSON: a list of codes, and a list with [answer, attribute, points] for each
    characteristic in the scorecard's order. Rows are sorted by person.

    Args:
        scores: The scores.
        people: A CSV without a header of (id in the scores, id to write); nobody else is written.
        out: Where to write.
        number: What every row begins with.

    Raises:
        EngineError: The engine could not carry out a step.
    """
    with connect() as connection:
        # The bureau answers meanwhile; two threads took 0.8 CPU s of 100,000 people, one takes 0.5.
        connection.execute("SET threads = 1")
        rows = scored.source(scores)
        types = _types(connection, rows)
        lines = ", ',', ".join(_line(c, types[c.name]) for c in scores.scorecard.characteristics)
        reasons = (
            "to_json(list_filter([reason_1, reason_2, reason_3, reason_4], lambda code: code IS NOT NULL))"
        )
        named = "{'id': 'VARCHAR', 'written': 'VARCHAR'}"
        known = f"read_csv({quoted(str(people))}, header = false, columns = {named})"
        packed = f"concat('[', {lines}, ']')"
        query = (
            f"SELECT {number}, written, score, band, unscorable, {reasons}, {packed} FROM {rows} AS scores "
            f"JOIN {known} AS known ON known.id = scores.person_id ORDER BY written"
        )
        form = f"FORMAT csv, HEADER false, DELIMITER '{DELIMITER}', QUOTE '{QUOTE}', ESCAPE '{QUOTE}'"
        written = ask(connection, f"COPY ({query}) TO {quoted(str(out))} ({form})")
        return int(written[0][0])


def _types(connection: duckdb.DuckDBPyConnection, rows: str) -> dict[str, str]:
    """The type of each characteristic's answer."""
    return {name: type_ for name, type_, *_ in ask(connection, f"DESCRIBE SELECT * FROM {rows}")}


def _line(characteristic: Characteristic, type_: str) -> str:
    column = identifier(characteristic.name)
    # Numbers are their own JSON, and by far the most of what is written.
    plain = any(type_.startswith(f"STRUCT(answer {number},") for number in NUMBERS)
    answer = f"CAST({column}.answer AS VARCHAR)" if plain else f"CAST(to_json({column}.answer) AS VARCHAR)"
    attribute, points = f"to_json({column}.attribute)", f"CAST({column}.points AS VARCHAR)"
    if all(PLAIN.fullmatch(row.label) for row in characteristic.rows()):
        attribute = f"'\"', {column}.attribute, '\"'"
    return f"'[', coalesce({answer}, 'null'), ',', {attribute}, ',', coalesce({points}, 'null'), ']'"
