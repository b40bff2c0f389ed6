"""Whole points of an additive model: every table rounded by itself, and told what that moves at most."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from credence.scorecards.importing.additive import POINTS, Additive, Effect
from credence.scorecards.scale import Scale

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Whole:
    """A table in whole points.

    Attributes:
        effect: The table as it was read.
        points: Its points; None where there is no score.
        moved: The most points by which rounding moves one of them.
    """

    effect: Effect
    points: dict[tuple[int, ...], int | None]
    moved: Fraction

    @property
    def given(self) -> list[int]:
        """The points that somebody can get."""
        return [points for points in self.points.values() if points is not None]


@dataclass(frozen=True)
class Rounded:
    """A model in whole points; rounding moves a score by at most `moved` points."""

    base: int
    tables: tuple[Whole, ...]
    moved: Fraction


def rounded(model: Additive, scale: Scale) -> Rounded:
    """Whole points: as the file has them, or none for the worst answer where it has log odds."""
    if model.kind == POINTS:
        tables = [_table(effect, effect.values) for effect in model.effects]
        return _summed(model.base, tables)
    factor, offset = Fraction(scale.factor), Fraction(scale.offset)
    base = offset - factor * model.base
    tables = []
    for effect in model.effects:
        worst = max(value for value in effect.values.values() if value is not None)
        base -= factor * worst
        scaled = {p: None if v is None else factor * (worst - v) for p, v in effect.values.items()}
        tables.append(_table(effect, scaled))
    return _summed(base, tables)


def _summed(base: Fraction, tables: list[Whole]) -> Rounded:
    """The tables that move points; what one adds to everybody alike is part of the base."""
    constant = [table for table in tables if len(set(table.points.values())) == 1]
    total = base + sum(table.given[0] for table in constant)
    kept = tuple(table for table in tables if table not in constant)
    moved = abs(total - _whole(total)) + sum(table.moved for table in tables)
    return Rounded(_whole(total), kept, moved)


def _table(effect: Effect, values: dict[tuple[int, ...], Fraction | None]) -> Whole:
    points = {place: None if value is None else _whole(value) for place, value in values.items()}
    moved = [abs(v - _whole(v)) for v in values.values() if v is not None]
    return Whole(effect, points, max(moved))


def _whole(value: Fraction) -> int:
    return floor(value + HALF)
