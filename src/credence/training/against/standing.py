"""A scorecard in use, scored by the library's own engine over the rows of a table."""

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from credence.characteristics.aggregates import Column as Answer
from credence.characteristics.aggregates import aggregates_of, is_text
from credence.engines.flat import score_columns
from credence.engines.sql.compile import columns_needed, columns_of
from credence.engines.tables import check_flat
from credence.errors import TrainingTableError, nearest
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Attribute, Characteristic, Line, PointsEach, Rest, Scorecard
from credence.training.arrays import Floats, Texts
from credence.training.columns import Column, Table

ASKED_OF_EVENTS = (
    "'{}' asks '{}' of events, and there is no column of that name. 'credence samples' makes a table of what "
    "it answers."
)


def standing(scorecard: Path | Scorecard, table: Path, kinds: dict[str, str]) -> Scorecard:
    """A scorecard that can score the rows of a table.

    Raises:
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: Its file has faults.
        IntakeError: It counts events, and a table has none.
        TrainingTableError: It asks a column that the table has not.
    """
    loaded = scorecard if isinstance(scorecard, Scorecard) else load_scorecard(scorecard)
    found = by_columns(loaded, table, kinds)
    lacking = [name for name in columns_needed(found) if name not in kinds]
    if lacking:
        faults = [
            f"'{found.name}' asks '{name}', and there is no such column.{nearest(name, list(kinds))}"
            for name in lacking
        ]
        raise TrainingTableError(table, faults, [])
    return found


def by_columns(card: Scorecard, table: Path, names: Collection[str]) -> Scorecard:
    """The scorecard asking columns of a table that are called like its characteristics, in place of events.

    Rules of whom to score that count events are left out: the rows of a sample are of people who were known.

    Raises:
        IntakeError: It counts events, and the table has no such column at all.
        TrainingTableError: A characteristic that counts events has no such column.
    """
    counting = [each for each in card.characteristics if aggregates_of(each.measure.answer)]
    faults = [ASKED_OF_EVENTS.format(card.name, each.name) for each in counting if each.name not in names]
    if counting and len(faults) == len(counting):
        check_flat(card, table)
    if faults:
        raise TrainingTableError(table, faults, [])
    rules = tuple(
        rule
        for rule in card.scorable_when
        if not any(aggregates_of(each.measure.answer) for each in rule.alternatives)
    )
    asked = tuple(_of_column(each) if each in counting else each for each in card.characteristics)
    return replace(card, characteristics=asked, scorable_when=rules)


def _of_column(characteristic: Characteristic) -> Characteristic:
    measure = characteristic.measure
    column = Answer(characteristic.name, is_text(measure.answer))
    asked = replace(characteristic, measure=replace(measure, answer=column))
    return asked if asked.each is None else replace(asked, attributes=(_followed(asked.each),), each=None)


def _followed(each: PointsEach) -> Attribute:
    """The same points for a number of events that stands in a column."""
    least, most = sorted((0, each.most))
    return Attribute(Rest(), Line(Fraction(each.points), Fraction(0), "floor", least, most), each.label)


def scores_of(scorecard: Scorecard, table: Table, path: Path) -> Floats:
    """The score of each row, NaN where it has none; the table keeps every column that is asked.

    Raises:
        TrainingTableError: A column has texts where the scorecard asks a number.
    """
    columns = dict(table.beside) | {column.name: column for column in table.columns}
    odd = [c.name for c in columns_of(scorecard) if not c.text and columns[c.name].numbers is None]
    if odd:
        faults = [f"'{scorecard.name}' asks '{name}' as a number, and it holds texts." for name in odd]
        raise TrainingTableError(path, faults, [])
    found = score_columns(scorecard, {name: _array(columns[name]) for name in columns_needed(scorecard)})
    return np.asarray(np.ma.filled(np.ma.asarray(found).astype(np.float64), np.nan), dtype=np.float64)


def _array(column: Column) -> Floats | Texts | None:
    return column.texts if column.numbers is None else column.numbers
