"""Random policies and random scores with a table of people, seeded: what the engines are compared on."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import duckdb

from credence.engines.found import Value
from credence.engines.policies.clauses import (
    ANSWER,
    COLUMN,
    LIST,
    SCORE,
    STATUSES,
    UNSCORABLE,
    Among,
    Asked,
    Clause,
    Decided,
    Known,
    Range,
    Ranges,
    Subject,
    Test,
)
from credence.engines.policies.decided import Scored

SUBJECTS = (
    Subject(SCORE, whole=True),
    Subject(UNSCORABLE, text=True),
    Subject(ANSWER, "on time"),
    Subject(ANSWER, "unpaid", whole=True),
    Subject(ANSWER, "state", text=True),
    Subject(LIST, "court", text=True),
    Subject(COLUMN, "income"),
    Subject(COLUMN, 'ho"me', text=True),
)
# Limits, and values at, just below and just above them; 0.1 is no float, and the greatest are no neat ones.
LIMITS = [Fraction(n) for n in ("0", "0.1", "1", "2.5", "650", "650.5", "700", "-3", "1e17")]
NUMBERS = (0, 1, 2, 3, 649, 650, 651, 700, -3, -4, 10**17)
FLOATS = (
    0.0,
    -0.0,
    0.1,
    0.1 + 2**-56,
    0.09999999999999999,
    1.0,
    2.5,
    650.5,
    1e17,
    float("inf"),
    float("-inf"),
)
TEXTS = ("a", "b", "it's", "")
DAYS = (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
HEAD = "'small' AS scorecard, CAST(1 AS INTEGER) AS version, 'f00d' AS definition_hash"
TYPES = {
    "person_id": "VARCHAR", "as_of": "DATE", "score": "INTEGER", "band": "VARCHAR", "unscorable": "VARCHAR",
    "on time": "DOUBLE", "unpaid": "BIGINT", "state": "VARCHAR",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody with a score or none, and what is known besides; in the table of people if `listed`."""

    name: str
    as_of: date
    values: dict[Subject, Value]
    listed: bool


def random_test(chance: Random, subject: Subject) -> Test:
    """A test that may stand in a policy."""
    if chance.random() < 0.15 and subject.kind != LIST:
        return Known(chance.random() < 0.5)
    if subject.text:
        words = STATUSES if subject.kind == LIST else TEXTS
        return Among(tuple(chance.sample(words, chance.randint(1, 2))))
    return Ranges(tuple(random_range(chance) for _ in range(chance.randint(1, 2))))


def random_range(chance: Random) -> Range:
    low, high = sorted(chance.choices(LIMITS, k=2))
    one = chance.choice([Range(low, low), Range(low=low), Range(high=high), Range(low, high)])
    return Range(one.low, one.high, chance.random() < 0.5, chance.random() < 0.5)


def random_decided(chance: Random) -> Decided:
    """A table of random rows, with some places decided against the person."""
    rows = tuple(random_asked(chance) for _ in range(chance.randint(1, 4)))
    subjects = tuple(dict.fromkeys(clause.subject for row in rows for clause in row.clauses))
    places = [place for place in range(len(rows) + 2) if chance.random() < 0.6]
    return Decided(rows, subjects, frozenset(places))


def random_asked(chance: Random) -> Asked:
    asked = chance.sample(SUBJECTS, chance.randint(1, 3))
    first, last = sorted(chance.choices(DAYS, k=2))
    days = chance.choice([(None, None), (None, None), (first, None), (None, last), (first, last)])
    return Asked(tuple(Clause(s, random_test(chance, s), s.place) for s in asked), *days)


def random_person(chance: Random, number: int) -> Person:
    """Somebody of whom each thing is known or not; who is not in the table is of unknown status."""
    listed = chance.random() < 0.8
    values: dict[Subject, Value] = {}
    for subject in SUBJECTS:
        known = chance.random() < 0.8 and (listed or subject.kind not in (LIST, COLUMN))
        texts = STATUSES if subject.kind == LIST else TEXTS
        some: tuple[Value, ...] = texts if subject.text else NUMBERS if subject.whole else FLOATS
        values[subject] = chance.choice(some) if known else "unknown" if subject.kind == LIST else None
    score, code = SUBJECTS[:2]
    values[score] = chance.choice([649, 650, 651, 700, 0])
    values[code] = chance.choice(TEXTS)
    values[code if chance.random() < 0.7 else score] = None
    return Person(f"p-{number}", chance.choice(DAYS), values, listed)


def write(folder: Path, people: list[Person]) -> Scored:
    """The people as `credence score` writes them, and as a table of people beside it."""
    with duckdb.connect() as connection:
        write_scores(connection, folder / "scores.parquet", people)
        write_people(connection, folder / "people.parquet", [p for p in people if p.listed])
    return Scored(folder / "scores.parquet", folder / "people.parquet")


def write_scores(connection: duckdb.DuckDBPyConnection, path: Path, people: list[Person]) -> None:
    """Only what a policy reads of a file of scores."""
    score, code, *answers = SUBJECTS[:5]
    rows = [
        [p.name, p.as_of, p.values[score], "low", p.values[code], *(p.values[s] for s in answers)]
        for p in people
    ]
    structs = ", ".join(f'struct_pack(answer := "{s.name}") AS "{s.name}"' for s in answers)
    codes = ", ".join(f"'R{n}' AS reason_{n}" for n in range(1, 5))
    plain = "person_id, as_of, TIMESTAMP '2026-11-06' AS known_at, CAST(7 AS BIGINT) AS snapshot, score, band"
    columns = ", ".join(f'"{name}" {kind}' for name, kind in TYPES.items())
    connection.execute(f"CREATE TABLE scored ({columns})")
    connection.executemany(f"INSERT INTO scored VALUES ({', '.join('?' * len(TYPES))})", rows)
    query = f"SELECT {HEAD}, {plain}, unscorable, {codes}, {structs} FROM scored"
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def write_people(connection: duckdb.DuckDBPyConnection, path: Path, people: list[Person]) -> None:
    """A number that is not known is none (NaN) in the table, as other programs write it."""
    court, income, home = SUBJECTS[5:]
    nan = float("nan")
    rows = [
        [p.name, p.values[court], nan if p.values[income] is None else p.values[income], p.values[home]]
        for p in people
    ]
    connection.execute(
        'CREATE TABLE beside (person_id VARCHAR, court VARCHAR, income DOUBLE, "ho""me" VARCHAR)'
    )
    if rows:
        connection.executemany("INSERT INTO beside VALUES (?, ?, ?, ?)", rows)
    connection.execute(f"COPY beside TO '{path}' (FORMAT parquet)")
