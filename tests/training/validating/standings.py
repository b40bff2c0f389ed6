"""Scorecards that stand, and tables that they are judged by."""

from dataclasses import replace
from pathlib import Path

from credence.scorecards.scale import Scale
from credence.training.order import Looks, Order
from credence.training.splits import Splitting
from credence.training.table import Source
from credence.training.validating.order import Asked
from credence.training.validating.run import validate
from credence.training.validating.written import Validated
from tests.training.against.worlds import OLD
from tests.training.tables import answers, dated, write_csv

SCALE = Scale(500, 2, 20)
# A crossing, points that follow the answer, and a question that moves no points.
MORE = """\
  both:
    question: Does a young person owe much?
    measure: {cross: [debt, age]}
    attributes:
      - {when: {debt: {at_least: 50}, age: {below: 30}}, points: 0, reason: debt_high}
      - {points: 12}
  late:
    question: How late was the person?
    measure: {column: late}
    attributes:
      - {in: [-9], points: 0, label: no record}
      - {points: {times: -2, plus: 0, rounding: floor, at_least: -6}, reason: debt_high}
    missing: {points: 0}
  same:
    question: How old is the person, asked again?
    measure: {column: age}
    attributes:
      - {points: 0}
    missing: {points: 0}
"""
COUNTING = """\
name: counting
version: 1
title: Of events
setting: lab
points_base: 500
reasons: {often: Often overdrawn, new: Nothing is known}
scorable_when:
  - {code: new, sentence: Nothing is known, measure: {count: {}}, at_least: 1}
characteristics:
  age:
    question: How often was the account overdrawn?
    measure: {count: {kind: overdraft.charged}}
    points_each: {points: -1, cap: -40, reason: often}
"""


def card(folder: Path, text: str = OLD) -> str:
    """A folder with a scorecard, by its path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scorecard.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def asked(folder: Path, text: str = OLD, *, scale: Scale | None = SCALE, **changes: object) -> Asked:
    """A scorecard to be judged by the made-up people; changes are those of an order."""
    people = write_csv(folder / "people.csv", dated(600))
    order = Order(Source(people, "ended"), looks=Looks())
    return Asked(card(folder / "old", text), replace(order, **changes), scale)  # type: ignore[arg-type]


def by_time(folder: Path, looks: Looks, text: str = OLD) -> Asked:
    """The same with the time named, and what is looked at."""
    found = asked(folder, text, looks=looks)
    source = replace(found.order.source, beside=looks.beside, splitting=Splitting(time="observed_on"))
    return replace(found, order=replace(found.order, source=source))


def validated(folder: Path, text: str = OLD, **changes: object) -> Validated:
    """What is found of a scorecard."""
    return validate(asked(folder, text, **changes))  # type: ignore[arg-type]


def undated(folder: Path) -> Path:
    """The people without a time."""
    return write_csv(folder / "people.csv", answers(600))
