"""Made-up tables of people with outcomes, for tests of training."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np

from credence.training.columns import Column, Table
from credence.training.fit import Fit, Wishes, fit
from credence.training.table import folds_of

ROWS = 1200


def answers(rows: int = ROWS, seed: int = 7) -> dict[str, list[object]]:
    """People of whom debt is bad, age is good, a purpose matters, and a code of -9 means something else."""
    chance = np.random.Generator(np.random.PCG64(seed))
    debt = np.round(chance.gamma(2, 20, rows), 1)
    age = chance.integers(18, 80, rows)
    coded = chance.random(rows) < 0.2
    unknown = chance.random(rows) < 0.1
    purpose = chance.choice(["car", "home", "study"], rows, p=[0.5, 0.3, 0.2])
    late = np.where(coded, -9, chance.integers(0, 4, rows))
    logits = debt / 25 - (age - 45) / 25 + (purpose == "study") - 2.0 + np.where(late > 0, late / 2, 0)
    bad = chance.random(rows) < 1 / (1 + np.exp(-logits - unknown))
    return {
        "Debt": [None if gone else float(x) for x, gone in zip(debt, unknown, strict=True)],
        "age": [int(x) for x in age],
        "purpose": [str(x) for x in purpose],
        "late": [int(x) for x in late],
        "ended": ["bad" if x else "good" for x in bad],
    }


def dated(rows: int = ROWS, seed: int = 7) -> dict[str, list[object]]:
    """The same people, seen on the first of a month over two years, three in a row the same person.

    In the last months debts are greater, and regions are as many rows each.
    """
    made = answers(rows, seed)
    months = [24 * number // rows for number in range(rows)]
    debts = made["Debt"]
    return {
        "person_id": [f"p{number // 3}" for number in range(rows)],
        "observed_on": [f"{2021 + month // 12}-{month % 12 + 1:02d}-01" for month in months],
        "region": [("north", "south", "west")[number % 3] for number in range(rows)],
        **made,
        "Debt": [
            float(str(debt)) + 60 if month > 20 and debt is not None else debt
            for debt, month in zip(debts, months, strict=True)
        ],
    }


def odd(seed: int) -> dict[str, list[object]]:
    """A random table with columns of every kind: codes, holes, long tails, tiny numbers, strange names."""
    chance = np.random.Generator(np.random.PCG64(seed))
    rows = int(chance.integers(250, 500))
    bad = chance.random(rows) < 0.4
    kinds = [
        lambda: np.round(chance.normal(size=rows) + bad, int(chance.integers(0, 4))),
        lambda: chance.integers(0, 5, rows) + bad,
        lambda: 10.0 ** np.clip(chance.normal(size=rows) * 4 + bad, -12, 12),
        lambda: chance.choice([-9, -8, 0, 1], rows),
        lambda: chance.choice(list("abcdefghij"), rows),
        lambda: np.where(chance.random(rows) < 0.3 + 0.4 * bad, "x y", "ü"),
        lambda: (chance.normal(size=rows) + bad) * 1e-9,
        lambda: np.floor(chance.random(rows) * 40) / 7,
    ]
    made: dict[str, list[object]] = {}
    for name, kind in zip(["Amount", "x-y z", "a.b", "score"], chance.permutation(8), strict=False):
        holes = chance.random(rows) < chance.choice([0.0, 0.2])
        values = np.asarray(kinds[kind]()).tolist()
        made[name] = [None if hole else value for value, hole in zip(values, holes, strict=True)]
    told = np.round(chance.normal(size=rows) + 2 * bad, 2).tolist()
    return made | {"told": told, "end": [int(value) for value in bad]}


def write_csv(path: Path, columns: dict[str, list[object]], order: list[int] | None = None) -> Path:
    """Write columns as a CSV file, its rows in some order."""
    rows = list(zip(*columns.values(), strict=True))
    rows = [rows[number] for number in order] if order else rows
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in [tuple(columns), *rows]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_parquet(path: Path, query: str) -> Path:
    """Write what a query gives as a Parquet file."""
    duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def numbers(name: str, values: Sequence[float | None]) -> Column:
    """A column of numbers, None where there is nothing."""
    return Column(name, np.array([np.nan if value is None else value for value in values], dtype=np.float64))


def texts(name: str, values: Sequence[str | None]) -> Column:
    """A column of texts."""
    return Column(name, texts=np.array(values, dtype=object))


def table(columns: list[Column], bad: list[float]) -> Table:
    """A table of columns."""
    outcome = np.array(bad, dtype=np.float64)
    return Table(tuple(columns), outcome, folds_of(outcome), 0)


def people(rows: int = ROWS, seed: int = 7) -> Table:
    """The made-up people as a table."""
    made = answers(rows, seed)
    columns = [
        Column("Debt", np.array([np.nan if x is None else x for x in made["Debt"]], dtype=np.float64)),
        Column("age", np.array(made["age"], dtype=np.float64)),
        Column("purpose", texts=np.array(made["purpose"], dtype=object)),
        Column("late", np.array(made["late"], dtype=np.float64)),
    ]
    return table(columns, [float(end == "bad") for end in made["ended"]])


def fitted(wishes: Wishes | None = None) -> Fit:
    """The made-up people's fit."""
    return fit(people(), wishes or Wishes())
