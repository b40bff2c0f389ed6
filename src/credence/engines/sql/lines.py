"""Points that follow the answer, as SQL: the twin of `scorecards.lines.points_at`."""

from math import lcm

from credence.engines.sql.answers import AnswerSql
from credence.scorecards.model import Line


def points_sql(line: Line, answer: AnswerSql) -> str:
    """The points of a line at an answer; exact answers are computed in whole numbers of 128 bits."""
    least, most = line.limits
    if not answer.exact:
        return f"CAST({_rounded(line, answer.value, least, most)} AS BIGINT)"
    return f"CAST(least(greatest({_exact(line, answer)}, {least}), {most}) AS BIGINT)"


def _rounded(line: Line, value: str, least: int, most: int) -> str:
    """The number of a column, in doubles; limited before it is rounded, so that it fits."""
    total = f"{value} * {_double(float(line.times))} + {_double(float(line.plus))}"
    total += f" + {_double(0.5 if line.rounding == 'half_up' else 0.0)}"
    function = "ceil" if line.rounding == "ceiling" else "floor"
    return f"{function}(least(greatest({total}, {_double(float(least))}), {_double(float(most))}))"


def _double(number: float) -> str:
    return f"CAST('{number!r}' AS DOUBLE)"


def _exact(line: Line, answer: AnswerSql) -> str:
    """A whole quotient rounded down (or up, as the opposite of the opposite rounded down)."""
    unit = lcm(line.times.denominator, line.plus.denominator)
    top = answer.top or f"CAST({answer.value} AS HUGEINT)"
    # Who has no answer has no points that follow it, and may have a divisor of zero.
    bottom = f"nullif({answer.bottom}, 0)" if answer.bottom else "CAST(1 AS HUGEINT)"
    above = f"({top} * {int(line.times * unit)} + {bottom} * {int(line.plus * unit)})"
    below = f"({bottom} * {unit})"
    if line.rounding == "ceiling":
        return f"-{floored(f'(-{above})', below)}"
    if line.rounding == "half_up":
        return floored(f"({above} * 2 + {below})", f"({below} * 2)")
    return floored(above, below)


def floored(top: str, bottom: str) -> str:
    """Division of whole numbers, rounded down below zero too; the divisor is above zero."""
    rest = f"((({top} % {bottom}) + {bottom}) % {bottom})"
    return f"(({top} - {rest}) // {bottom})"
