"""OptBinning's table of a scorecard in CSV (`scorecard.table(style="detailed").to_csv(..., index=False)`).

Its bins are closed below and open above. Points are those of the table, or log odds where it was not scaled.
"""

import re
from ast import literal_eval
from fractions import Fraction

from credence.scorecards.importing.additive import LOG_ODDS, POINTS, Additive, Effect
from credence.scorecards.importing.bins import Bin, effect_of, interval_of
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.limits import exact
from credence.scorecards.importing.wishes import BAD, Wishes

NEEDED = ("Variable", "Bin", "Points")
NUMBERS = ("Points", "WoE", "Coefficient")
SPECIAL, MISSING = "Special", "Missing"
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
ARRAY = re.compile(r"\[(.*)\]", re.DOTALL)
CLOSE = 1e-9
UNSCALED = (
    "The points are log odds (the table was not scaled), and what everyone starts with is not in it: give "
    "--intercept, which is scorecard.estimator_.intercept_[0]."
)
BASED = (
    "The least points of every variable are 0, as with intercept_based=True, where what everyone starts with "
    "is not in the table: give --intercept, which is scorecard.intercept_, or 0 if it is none."
)
UPSIDE_DOWN = (
    "More points stand for more of the outcome that was modelled, which is {event}, and here more points are "
    "better. Fit with reverse_scorecard={other}, or say --event {others}."
)
Cells = dict[str, str]
Rows = list[tuple[int, Cells]]


def read_optbinning(source: Source, wishes: Wishes) -> Additive:
    """The sum that a table of OptBinning says.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It is no such table; all faults are told.
    """
    tables: dict[str, Rows] = {}
    for line, row in source.rows(NEEDED):
        tables.setdefault(row["Variable"], []).append((line, row))
    effects = [_effect(source, column, rows, wishes) for column, rows in tables.items()]
    source.settle()
    told = [
        "Limits are as the table writes them; scorecard.fit(..., show_digits=8) writes most of them.",
        "A text that no bin names gets the points of 'Special', as OptBinning does unless told otherwise.",
    ]
    kind = LOG_ODDS if _unscaled(tables) else POINTS
    if kind == LOG_ODDS and wishes.intercept is None:
        source.fault("", UNSCALED)
    if kind == POINTS and wishes.intercept is None and all(_least(effect) == 0 for effect in effects):
        source.fault("", BASED)
    if kind == POINTS and _rises(tables) is (wishes.event == BAD):
        other = ("False", "good") if wishes.event == BAD else ("True", "bad")
        source.fault("Points", UPSIDE_DOWN.format(event=wishes.event, other=other[0], others=other[1]))
    source.settle()
    return Additive(tuple(effects), wishes.intercept or Fraction(0), kind, tuple(told))


def _effect(source: Source, column: str, rows: Rows, wishes: Wishes) -> Effect:
    bins: list[Bin] = []
    others: dict[str, Fraction] = {}
    for line, row in rows:
        try:
            given = {n: exact(float(row[n])) for n in NUMBERS if n == "Points" or row.get(n)}
            value = given["Points"]
            if row["Bin"] in {SPECIAL, MISSING}:
                others[row["Bin"]] = value
            else:
                bins.append(_bin(row["Bin"], value, line))
        except (ValueError, SyntaxError) as error:
            source.fault(
                f"{column}, {' '.join(row['Bin'].split())}", f"This row cannot be read: {error}.", line
            )
    special = others.get(SPECIAL)
    numbers = any(b.interval for b in bins)
    if numbers and special is not None and wishes.specials:
        bins.insert(0, Bin(special, rows[0][0], values=wishes.specials))
    elif numbers and _count(rows) > 0:
        said = f"{_count(rows):,} rows had special codes, and the table does not name them: give --special."
        source.fault(column, said, rows[0][0])
    return effect_of(source, column, bins, (others.get(MISSING), special))


def _bin(text: str, value: Fraction, line: int) -> Bin:
    """A row of the table.

    Raises:
        ValueError: It is neither an interval nor an array of values.
    """
    interval = interval_of(text)
    if interval is not None:
        return Bin(value, line, interval)
    array = ARRAY.search(text)
    if array is None or "..." in array[1]:
        sentence = "it is neither an interval nor all values of a bin"
        raise ValueError(sentence)
    quoted = [str(literal_eval(part)) for part in QUOTED.findall(array[1])]
    plain = [exact(float(part)) for part in array[1].replace(",", " ").split()] if not quoted else []
    return Bin(value, line, values=(*quoted, *plain))


def _count(rows: Rows) -> int:
    counts = [row.get("Count", "") for _line, row in rows if row["Bin"] == SPECIAL]
    return sum(int(count) for count in counts if count.isdecimal())


def _parts(tables: dict[str, Rows]) -> list[tuple[str, float, float]]:
    """For each usual bin of a detailed table its variable, its part of the log odds, and its points."""
    found = []
    for column, rows in tables.items():
        for _line, row in rows:
            if row["Bin"] not in {SPECIAL, MISSING} and row.get("WoE") and row.get("Coefficient"):
                part = float(row["WoE"]) * float(row["Coefficient"])
                found.append((column, part, float(row["Points"])))
    return found


def _unscaled(tables: dict[str, Rows]) -> bool:
    parts = _parts(tables)
    return bool(parts) and all(abs(part - points) < CLOSE for _column, part, points in parts)


def _rises(tables: dict[str, Rows]) -> bool | None:
    """Whether more points stand for more of what was modelled; None where the table does not tell."""
    slopes = [
        (points - points_0) * (part - part_0)
        for column, part, points in _parts(tables)
        for column_0, part_0, points_0 in _parts(tables)
        if column == column_0
    ]
    total = sum(slopes)
    return None if total == 0 else total > 0


def _least(effect: Effect) -> Fraction:
    return min(value for value in effect.values.values() if value is not None)
