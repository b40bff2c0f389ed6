"""What could be made of columns, by their names: families of numbered ones, and pairs of like units."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import permutations

import numpy as np

from credence.characteristics.aggregates import Column as Asked
from credence.characteristics.aggregates import Derived
from credence.characteristics.measures.of_columns import COLUMNS
from credence.scorecards.proposed import in_words
from credence.training.arrays import Floats
from credence.training.columns import Column, Table
from credence.training.deriving.made import Made
from credence.training.written.definition import snake
from credence.yaml_file import parse

# Of fewer there is no family.
FAMILY = 3
# Fewer different values are grades or flags, of which no part is told.
VALUES_LEAST = 20
# Of more columns no pairs are looked at: those that come first in the table are.
LOOKED_AT = 30
WAYS = ("greatest", "least", "average")
# Units whose quotient says something: of alike ones the part by the whole, and an amount by a duration.
ALIKE, APART = (("amounts", "amounts"), ("counts", "counts")), (("amounts", "durations"),)


def candidates(table: Table, specials: Sequence[Fraction]) -> list[Made]:
    """Everything that could be made of a table's columns of numbers; none of a column that holds codes."""
    codes = [float(value) for value in specials]
    plain = [
        column
        for column in table.columns
        if column.numbers is not None and not np.isin(column.numbers, codes).any()
    ]
    taken = {column.name for column in table.columns}
    made: list[Made] = []
    for name, answer, question in (*_of_families([column.name for column in plain]), *_ratios(plain)):
        made.append(Made(snake(name, taken), answer, question))
        taken.add(made[-1].name)
    return made


def _of_families(names: list[str]) -> Iterator[tuple[str, Derived, str]]:
    """The greatest, least and average of columns whose names differ by a number."""
    stems: dict[tuple[str, str], list[str]] = {}
    for name in names:
        for number in re.finditer("[0-9]+", name):
            stem = (name[: number.start()], name[number.end() :])
            stems.setdefault(stem, []).append(name)
    for stem, family in stems.items():
        if len(family) >= FAMILY and len(family) in COLUMNS:
            columns = tuple(Asked(name, text=False) for name in family)
            for way in WAYS:
                question = (
                    f"What is the {way} of the {len(family)} from {said(family[0])} to {said(family[-1])}?"
                )
                yield f"{way} {' '.join(stem)}", Derived(way, columns), question


def _ratios(columns: list[Column]) -> Iterator[tuple[str, Derived, str]]:
    """Quotients of amounts, of counts, and of an amount by a duration, where both are never below zero."""
    units = {column.name: unit for column in columns if (unit := _unit(column.name))}
    known = {
        column.name: column.numbers
        for column in columns
        if column.name in units and column.numbers is not None and _measured(column.numbers)
    }
    for over, under in permutations(list(known)[:LOOKED_AT], 2):
        both = units[over], units[under]
        if both in APART or (both in ALIKE and _part(known[over], known[under])):
            answer = Derived("ratio", (Asked(over, text=False), Asked(under, text=False)))
            yield f"{over} to {under}", answer, f"How much is the {said(over)} beside the {said(under)}?"


def _measured(numbers: Floats) -> bool:
    known = numbers[~np.isnan(numbers)]
    return bool((known >= 0).all()) and len(np.unique(known)) >= VALUES_LEAST


def _part(over: Floats, under: Floats) -> bool:
    """Whether the first is a part of the second more often than the other way round."""
    return bool(np.nanmean(over <= under) > np.nanmean(under <= over))


def said(name: str) -> str:
    """The name of a column in words."""
    return in_words(snake(name, set()))


def _unit(name: str) -> str | None:
    """What a column is: a share where any word of its name says so, else what the first says that does."""
    words = snake(name, set()).split("_")
    if units()["shares"].intersection(words):
        return "shares"
    return next((unit for word in words for unit, some in units().items() if word in some), None)


@cache
def units() -> dict[str, frozenset[str]]:
    """The words that say a unit."""
    text = files("credence.training.deriving").joinpath("units.yaml").read_text(encoding="utf-8")
    return {unit: frozenset(node.words()) for unit, node in parse(text, "units.yaml").entries().items()}
