"""What comparisons need before the fit: columns kept beside, a package, a scale to align to."""

from dataclasses import replace
from math import exp, log
from pathlib import Path

import numpy as np

from credence.engines.outcomes import column_kinds
from credence.engines.sql.compile import columns_needed
from credence.errors import ScorecardNotFoundError, TrainingTableError
from credence.scorecards.load import load_scorecard
from credence.scorecards.scale import Scale
from credence.training.against.odds import OddsLine, odds_line
from credence.training.against.overrides import check_decisions
from credence.training.against.refused import read_refused
from credence.training.against.standing import by_columns, scores_of, standing
from credence.training.against.trees import booster
from credence.training.arrays import Floats
from credence.training.columns import Table
from credence.training.figures import SURE
from credence.training.order import Order

FLAT = (
    "'{}' does not rise with the odds of a good outcome on these rows ({:+.4f} for each point, give or take "
    "{:.4f}): there is no scale to align to. Higher must be better; leave --align out, or name another."
)
NEITHER = "--align names '{}', which is neither a column of the table nor a scorecard."
FEW = "'{}' has a score for {:,} rows of which {:,} are bad: too few to align to."
TEXTS = "'{}' holds texts: a scale is aligned to numbers."
# Of each outcome, among rows that the existing score scores.
LEAST = 20
# Digits of a scale that is read off data, so that any machine reads the same.
DIGITS = 6


def prepared(order: Order) -> Order:
    """The order with what comparisons look at kept beside.

    Raises:
        CeilingExtraMissingError: Boosted trees are asked for, and cannot be grown here.
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read, or a scorecard counts events.
        ScorecardNotFoundError: A scorecard is not there.
        DefinitionError: A scorecard's file has faults.
        TrainingTableError: The table lacks a column that a scorecard asks.
    """
    source, looks = order.source, order.looks
    if looks.ceiling:
        booster()
    cards = [looks.champion] if looks.champion else []
    kinds = column_kinds(source.path) if cards or looks.align else {}
    if looks.align and looks.align not in kinds:
        cards.append(_card(looks.align, source.path))
    asked = [name for card in cards for name in columns_needed(standing(card, source.path, kinds))]
    beside = [name for name in asked if name in {*source.leave_out, source.outcome}]
    if looks.align in kinds:
        beside.append(str(looks.align))
    return replace(order, source=replace(source, beside=(*source.beside, *dict.fromkeys(beside))))


def _card(name: str, table: Path) -> Path:
    try:
        load_scorecard(name)
    except ScorecardNotFoundError:
        raise TrainingTableError(table, [NEITHER.format(name)], []) from None
    return Path(name)


def aligned(order: Order, table: Table) -> Order:
    """The order with the scale of the existing score, where one is to be aligned to.

    Raises:
        TrainingTableError: The existing score does not rise with the odds, decisions cannot be read, or the
            table of the refused has other columns.
    """
    check_decisions(order, table)
    if order.looks.rejects is not None:
        read_refused(order.looks.rejects, table, order.source.seed)
    name = order.looks.align
    if name is None:
        return order
    scores = existing(name, table, order.source.path)
    known = ~np.isnan(scores)
    bad = table.bad[known]
    if min(bad.sum(), len(bad) - bad.sum()) < LEAST:
        faults = [FEW.format(name, len(bad), int(bad.sum()))]
        raise TrainingTableError(order.source.path, faults, [])
    line = odds_line(scores[known], bad)
    if line.slope - SURE * line.error <= 0:
        faults = [FLAT.format(name, line.slope, SURE * line.error)]
        raise TrainingTableError(order.source.path, faults, [])
    return replace(order, scale=scale_of(line, scores[known]))


def shown(name: str) -> str:
    """What is aligned to, without the folders of a scorecard's path."""
    return Path(name).name if Path(name).exists() else name


def existing(name: str, table: Table, path: Path) -> Floats:
    """The existing score of each row: of a column, or of a scorecard; NaN where there is none."""
    column = table.beside.get(name)
    if column is None:
        return scores_of(by_columns(load_scorecard(name), path, table.names), table, path)
    if column.numbers is None:
        raise TrainingTableError(path, [TEXTS.format(name)], [])
    return column.numbers


def scale_of(line: OddsLine, scores: Floats) -> Scale:
    """The scale of a line of odds over a score: its odds at the middle, and how fast they double."""
    middle = round(float(np.median(scores)))
    odds = exp(line.intercept + line.slope * middle)
    return Scale(middle, float(f"{odds:.{DIGITS}g}"), float(f"{log(2) / line.slope:.{DIGITS}g}"))
