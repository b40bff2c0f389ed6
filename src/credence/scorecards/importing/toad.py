"""toad's cards: `card.export(to_json="card.json")`, or `to_csv`. Intervals are closed below and open above.

Without a row `nan` toad takes a missing number for -1; a text that no row names gets the fewest points.
"""

from fractions import Fraction

from credence.scorecards.importing.additive import POINTS, Additive, Effect
from credence.scorecards.importing.bins import Bin, effect_of, interval_of
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.limits import exact

NEEDED = ("name", "value", "score")
MISSING, OTHER = "nan", "else"
# What toad takes a missing number for.
FILLED = Fraction(-1)
TOLD = "toad writes points with two decimals; what follows them is not in the file."
Card = dict[str, dict[str, float]]


def read_toad(source: Source) -> Additive:
    """The sum that a card of toad says.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It is no such card; all faults are told.
    """
    text = source.text()
    card = source.json(Card, text) if text.lstrip().startswith("{") else _table(source)
    effects = [_effect(source, column, scores) for column, scores in card.items() if scores]
    source.settle()
    return Additive(tuple(e for e in effects if e is not None), Fraction(0), POINTS, (TOLD,))


def _table(source: Source) -> Card:
    card: Card = {}
    for line, row in source.rows(NEEDED):
        try:
            card.setdefault(row["name"], {})[row["value"]] = float(row["score"])
        except ValueError:
            source.fault(row["name"], f"'{row['score']}' is no number of points.", line)
    return card


def _effect(source: Source, column: str, scores: dict[str, float]) -> Effect | None:
    try:
        points = {text: exact(score) for text, score in scores.items()}
        bins = [_bin(text, value) for text, value in points.items() if text not in {MISSING, OTHER}]
        unseen = points.get(OTHER, min(points.values()))
        numbers = [b for b in bins if b.interval]
        filled = next((b.value for b in numbers if b.interval and _holds(b.interval, FILLED)), unseen)
        return effect_of(source, column, bins, (points.get(MISSING, filled), unseen))
    except ValueError as error:
        source.fault(column, f"These points cannot be read: {error}.")
        return None


def _bin(text: str, value: Fraction) -> Bin:
    interval = interval_of(text)
    return Bin(value, 1, interval) if interval else Bin(value, 1, values=tuple(text.split(",")))


def _holds(interval: tuple[Fraction | None, Fraction | None], number: Fraction) -> bool:
    low, high = interval
    return (low is None or low <= number) and (high is None or number < high)
