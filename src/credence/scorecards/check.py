"""Warnings about a scorecard that loads: rows that nobody can reach, points that do not go the way they say."""

from fractions import Fraction

from credence.characteristics.aggregates import Months, Number, Quotient, aggregates_of
from credence.scorecards.attributes import said
from credence.scorecards.model import Below, Characteristic, OneOf, Rest, Scorecard


def warnings(scorecard: Scorecard) -> list[str]:
    """What an analyst should look at again, one sentence each."""
    return [w for characteristic in scorecard.characteristics for w in _of(characteristic)]


def _of(characteristic: Characteristic) -> list[str]:
    found = _unreachable(characteristic) + _repeated(characteristic)
    if characteristic.monotone:
        found += _not_monotone(characteristic)
    return [f"characteristics.{characteristic.name}: {sentence}" for sentence in found]


def _unreachable(characteristic: Characteristic) -> list[str]:
    """Rows beyond what the measure can answer."""
    least, most = _limits(characteristic)
    found, floor = [], None
    for row in characteristic.attributes:
        if isinstance(row.test, Below):
            if least is not None and row.test.limit <= least:
                found.append(
                    f"'below: {said(row.test.limit)}' reaches nobody: no answer is under {said(least)}."
                )
            floor = row.test.limit
        elif isinstance(row.test, Rest) and most is not None and floor is not None and floor > most:
            found.append(f"'{row.label}' reaches nobody: no answer is over {said(most)}.")
    return found


def _limits(characteristic: Characteristic) -> tuple[Fraction | None, Fraction | None]:
    answer = characteristic.measure.answer
    if isinstance(answer, Months):
        return Fraction(0), Fraction(characteristic.months or 0)
    counted = all(a.function in ("count", "distinct") for a in aggregates_of(answer))
    if isinstance(answer, Number) and counted:
        return Fraction(0), None
    if isinstance(answer, Quotient) and counted:
        inside = set(answer.numerator.events.kinds) <= set(answer.denominator.events.kinds)
        return Fraction(0), Fraction(1) if inside and characteristic.measure.unit == "share" else None
    return None, None


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


def _not_monotone(characteristic: Characteristic) -> list[str]:
    points = [row.points for row in characteristic.attributes if isinstance(row.test, Below | Rest)]
    wanted = sorted(points, reverse=characteristic.monotone == "falling")
    if points == wanted:
        return []
    return [f"points are said to be {characteristic.monotone}, and are {', '.join(map(str, points))}."]
