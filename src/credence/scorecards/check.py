"""Warnings about a scorecard that loads: rows that nobody can reach, points that go another way than said."""

from fractions import Fraction

from credence.characteristics.aggregates import Months, Number, Quotient, aggregates_of
from credence.characteristics.filters import Filter
from credence.scorecards.attributes import written
from credence.scorecards.lines import said
from credence.scorecards.model import Below, Characteristic, OneOf, Rest, Scorecard


def warnings(scorecard: Scorecard) -> list[str]:
    """What an analyst should look at again, one sentence each."""
    return [w for characteristic in scorecard.characteristics for w in _of(characteristic)]


def _of(characteristic: Characteristic) -> list[str]:
    found = _unreachable(characteristic) + _repeated(characteristic)
    against = not_monotone(characteristic, characteristic.monotone or "")
    found += [] if against is None else [against]
    return [f"characteristics.{characteristic.name}: {sentence}" for sentence in found]


def _unreachable(characteristic: Characteristic) -> list[str]:
    """Rows beyond what the measure can answer, and values that a limit above them takes."""
    least, most = _limits(characteristic)
    found: list[str] = []
    above: Below | None = None
    for row in characteristic.attributes:
        last = most is not None and above is not None and _takes(above, most)
        if isinstance(row.test, Below | Rest) and most is not None and last:
            found.append(f"'{row.label}' reaches nobody: no answer is over {said(most)}.")
        if isinstance(row.test, OneOf) and above is not None:
            found += _taken(row.test, above)
        if isinstance(row.test, Below):
            if least is not None and row.test.limit <= least and not _takes(row.test, least):
                found.append(f"'{row.label}' reaches nobody: no answer is under {said(least)}.")
            above = row.test
    return found


def _takes(test: Below, value: Fraction) -> bool:
    return value < test.limit or (test.inclusive and value == test.limit)


def _taken(test: OneOf, above: Below) -> list[str]:
    return [
        f"'{said(value)}' reaches nobody: '{written(above)}' above takes it. Put it first."
        for value in test.values
        if isinstance(value, Fraction) and _takes(above, value)
    ]


def _limits(characteristic: Characteristic) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that the measure can answer, where that is known."""
    answer = characteristic.measure.answer
    if isinstance(answer, Months):
        return Fraction(0), Fraction(characteristic.months or 0)
    if not all(a.function in ("count", "distinct") for a in aggregates_of(answer)):
        return None, None
    if isinstance(answer, Quotient):
        share = characteristic.measure.name == "share"
        nested = share and _within(answer.numerator.events, answer.denominator.events)
        return Fraction(0), Fraction(1) if nested else None
    return (Fraction(0), None) if isinstance(answer, Number) else (None, None)


def _within(part: Filter, whole: Filter) -> bool:
    """Whether every event of the part is surely one of the whole."""
    kinds = not whole.kinds or (part.kinds and set(part.kinds) <= set(whole.kinds))
    currency = whole.currency in (None, part.currency)
    return bool(kinds) and set(whole.where) <= set(part.where) and currency and part.latest == whole.latest


def _repeated(characteristic: Characteristic) -> list[str]:
    seen: set[str | Fraction] = set()
    found = []
    for row in characteristic.attributes:
        values = row.test.values if isinstance(row.test, OneOf) else ()
        again = [value for value in values if value in seen]
        found += [
            f"'{v if isinstance(v, str) else said(v)}' stands above already; here it reaches nobody."
            for v in again
        ]
        seen.update(values)
    return found


def not_monotone(characteristic: Characteristic, direction: str) -> str | None:
    """How points go where they do not rise, or fall, as a direction says; None where they do."""
    rows = [row for row in characteristic.attributes if isinstance(row.test, Below | Rest)]
    points = [row.points for row in rows if isinstance(row.points, int) and row.unscorable is None]
    wanted = {"rising": sorted(points), "falling": sorted(points, reverse=True)}.get(direction, points)
    if points == wanted:
        return None
    return f"points are said to be {direction}, and are {', '.join(map(str, points))}."
