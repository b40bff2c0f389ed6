"""People with an existing score, a decision and a scorecard in use, for tests of comparisons."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from credence.scorecards.scale import Scale
from credence.training.against.prepared import aligned, prepared
from credence.training.arrays import Floats
from credence.training.columns import Table
from credence.training.evidence import Evidence
from credence.training.fit import Wishes, fit
from credence.training.order import Looks, Order
from credence.training.sample import Sample
from credence.training.splits import BY_CHANCE
from credence.training.table import Source, folds_of, read_table
from tests.training.tables import answers, write_csv

# Looks at two of the four columns, and gives nobody whose purpose is unheard of a score.
OLD = """\
name: old
version: 3
title: In use for years
setting: lab
points_base: 500
reasons: {debt_high: Debt is high, age_low: Age is low, purpose_odd: The purpose is not one we know}
characteristics:
  debt:
    question: How much does the person owe?
    measure: {column: Debt}
    attributes:
      - {below: 20, points: 40}
      - {below: 50, points: 20, reason: debt_high}
      - {points: 0, reason: debt_high}
    missing: {points: 10, reason: debt_high}
  age:
    question: How old is the person?
    measure: {column: age}
    attributes:
      - {below: 40, points: 0, reason: age_low}
      - {points: 10}
    missing: {points: 0, reason: age_low}
  purpose:
    question: What is it for?
    measure: {column: purpose, type: text}
    attributes:
      - {in: [car, home, study], points: 0}
      - {unscorable: purpose_odd}
    missing: {unscorable: purpose_odd}
"""


def people(folder: Path, **columns: list[object]) -> Path:
    """Write the made-up people, with some columns replaced or added."""
    return write_csv(folder / "people.csv", answers() | columns)


def old(folder: Path, text: str = OLD) -> Path:
    """Write a scorecard in use."""
    path = folder / "old.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def order_of(path: Path, looks: Looks, *leave_out: str) -> Order:
    """What is asked for."""
    source = Source(path, "ended", leave_out=leave_out, beside=looks.beside, splitting=BY_CHANCE)
    return Order(source, looks=looks)


def evidence_of(order: Order) -> Evidence:
    """A fit of what is asked for."""
    order = prepared(order)
    table = read_table(order.source)
    order = aligned(order, table)
    return Evidence(order, table, fit(table, Wishes(order.scale)))


def sample(scores: Floats, bad: Floats, scale: Scale) -> Sample:
    """People with scores and outcomes alone."""
    table = Table((), bad, folds_of(bad), 0)
    chances: Floats = 1 / (1 + np.exp((scores - scale.offset) / scale.factor))
    return Sample("out of fold", table, scores, chances)


def looking(evidence: Evidence, looks: Looks) -> Evidence:
    """The same fit, looked at otherwise."""
    return replace(evidence, order=replace(evidence.order, looks=looks))
