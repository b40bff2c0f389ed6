"""Overrides: where people decided otherwise than a cut-off would have, and how that ended."""

from dataclasses import dataclass

import numpy as np

from credence.errors import TrainingTableError
from credence.training import figures
from credence.training.against.paired import DIGITS, percent
from credence.training.arrays import Flags
from credence.training.columns import Column, Table
from credence.training.judged import Judged
from credence.training.order import Order
from credence.training.report.section import Grid, Section
from credence.training.sample import Sample
from credence.training.table import said

# What an acceptance is called.
ACCEPTANCES = ("1", "true", "yes", "accept", "accepted", "approve", "approved", "granted")
UNKNOWN = "'{}' is one of: {} One of them must say that somebody was accepted: {}."
SHOWN = 8
SHOWS = (
    "A low-side override was accepted below the cut-off, a high-side one refused at it or above. An outcome "
    "of somebody who was refused was seen elsewhere, or under other terms. Where low-side overrides end "
    "better than their scores say, whoever decided knew something that the scorecard does not ask."
)


@dataclass(frozen=True)
class Decided:
    """People by what somebody decided and what the cut-off would.

    Attributes:
        kind: in line, low-side override, or high-side override.
        accepted: Whether they were accepted.
        above: Whether they score the cut-off or more.
        rows: How many.
        bad: How many with a bad outcome.
        seen: Their share; None of nobody.
        low: The lower end of its interval of 95 %.
        high: The upper end.
        predicted: The mean chance that their scores stand for.
    """

    kind: str
    accepted: bool
    above: bool
    rows: int
    bad: int
    seen: float | None = None
    low: float | None = None
    high: float | None = None
    predicted: float | None = None


@dataclass(frozen=True)
class Overrides:
    """The override table: `low_side` is the share of those below the cut-off, `high_side` of those above."""

    cut_off: int
    sample: str
    undecided: int
    low_side: float | None
    high_side: float | None
    decided: list[Decided]


def check_decisions(order: Order, table: Table) -> None:
    """Make sure that the column of decisions, where one is named, says who was accepted.

    Raises:
        TrainingTableError: It does not.
    """
    name = order.looks.decision
    if name is None:
        return
    values = _values(table.beside[name])
    if not {value.lower() for value in values} & {*ACCEPTANCES}:
        shown = ", ".join(values[:SHOWN]) + (", ..." if len(values) > SHOWN else ".")
        raise TrainingTableError(order.source.path, [UNKNOWN.format(name, shown, ", ".join(ACCEPTANCES))], [])


def _values(column: Column) -> list[str]:
    return [said(str(value)) for value in column.numbered()[0]]


def overrides(evidence: Judged) -> Section | None:
    """Look at overrides, where a column says what was decided."""
    name = evidence.order.looks.decision
    if name is None:
        return None
    found = counted(evidence.headline, name, evidence.cut_off)
    rows = tuple(
        (
            "accepted" if of.accepted else "refused",
            "at or above" if of.above else "below",
            of.kind,
            of.rows,
            of.bad,
            *[percent(share) for share in (of.seen, of.low, of.high, of.predicted)],
        )
        for of in found.decided
    )
    columns = ("decided", "cut-off", "", "rows", "bad", "bad, %", "95 % from", "to", "predicted, %")
    says = (_says(found), SHOWS)
    return Section("overrides", "Overrides", says, found, (Grid("By decision and cut-off", columns, rows),))


def counted(sample: Sample, name: str, cut_off: int) -> Overrides:
    """Count people by decision and cut-off."""
    column = sample.table.beside[name]
    known = ~column.missing
    accepting = [value.lower() in ACCEPTANCES for value in _values(column)]
    accepted = np.array([*accepting, False], dtype=bool)[column.numbered()[1]]
    above = sample.scores >= cut_off
    decided = [
        _decided(sample, known & (accepted == one) & (above == other), accepted=one, above=other)
        for one in (True, False)
        for other in (True, False)
    ]
    low, high = (_share(known & (above != side), accepted == side) for side in (True, False))
    return Overrides(cut_off, sample.name, int((~known).sum()), low, high, decided)


def _share(among: Flags, which: Flags) -> float | None:
    return round(float(which[among].mean()), DIGITS) if among.any() else None


def _decided(sample: Sample, rows: Flags, *, accepted: bool, above: bool) -> Decided:
    count, bad = int(rows.sum()), int(sample.bad[rows].sum())
    kind = "in line" if accepted == above else "low-side override" if accepted else "high-side override"
    if not count:
        return Decided(kind, accepted, above, 0, 0)
    low, high = figures.wilson(bad, count)
    shares = (bad / count, low, high, float(sample.chances[rows].mean()))
    return Decided(kind, accepted, above, count, bad, *[round(share, DIGITS) for share in shares])


def _says(found: Overrides) -> str:
    low, high = (None if x is None else 100 * x for x in (found.low_side, found.high_side))
    parts = [
        f"{low:.1f} % of those below the cut-off were accepted" if low is not None else "",
        f"{high:.1f} % of those at it or above were refused" if high is not None else "",
    ]
    return f"Cut-off {found.cut_off}, rows {found.sample}: {' and '.join(part for part in parts if part)}."
