"""A scorecard as the plain values of its file: mappings, lists, texts, numbers."""

from collections.abc import Mapping

from credence.events.vocabulary import ANYWHERE
from credence.scorecards.attributes import label_of
from credence.scorecards.model import (
    MISSING,
    Attribute,
    Below,
    Cell,
    Characteristic,
    Line,
    OneOf,
    PointsEach,
    Requirement,
    Rule,
    Scorecard,
    Test,
    When,
)
from credence.scorecards.written.measures import Entries, measure_of


def definition_of(scorecard: Scorecard) -> Entries:
    """Everything that a scorecard's file says, in the order of the reference."""
    baseline = scorecard.baseline
    bands = [_given({"below": band.below, "name": band.name}) for band in scorecard.bands]
    categories = {name: {"title": c.title, "meaning": c.meaning} for name, c in scorecard.categories.items()}
    return {
        "name": scorecard.name,
        "version": scorecard.version,
        "title": scorecard.title,
        "setting": scorecard.setting,
        **_given({"purpose": list(scorecard.purpose), "range": list(scorecard.range or ())}),
        "points_base": scorecard.points_base,
        **_given(
            {
                "jurisdiction": scorecard.jurisdiction if scorecard.jurisdiction != ANYWHERE else None,
                "evaluated_on_day": scorecard.evaluated_on_day,
                "scorable_when": [_rule(rule) for rule in scorecard.scorable_when],
                "bands": bands,
                "categories": categories,
                "reasons": dict(scorecard.reasons),
                "reasons_always": list(scorecard.reasons_always),
                "reason_points": scorecard.reason_points if scorecard.reason_points != "below" else None,
                "baseline": {"method": baseline.method, "points": dict(baseline.points)}
                if baseline
                else None,
            }
        ),
        "characteristics": {c.name: _characteristic(c) for c in scorecard.characteristics},
    }


def _given(parts: Mapping[str, object]) -> Entries:
    """The parts that say something; zero does, and false."""
    return {name: part for name, part in parts.items() if part not in (None, [], {}, ())}


def _rule(rule: Rule) -> Entries:
    read_ones = [_requirement(requirement) for requirement in rule.alternatives]
    asked: Entries = read_ones[0] if len(read_ones) == 1 else {"any": read_ones}
    return asked | {"code": rule.code, "sentence": rule.sentence}


def _requirement(requirement: Requirement) -> Entries:
    window = _given({"months": requirement.months})
    return {"measure": measure_of(requirement.measure)} | window | {requirement.test: requirement.limit}


def _characteristic(characteristic: Characteristic) -> Entries:
    question = characteristic.question if characteristic.question != characteristic.name else None
    rows = [
        _attribute(row, list(characteristic.attributes[:n]))
        for n, row in enumerate(characteristic.attributes)
    ]
    missing = characteristic.missing
    return _given(
        {
            "category": characteristic.category,
            "question": question,
            "months": characteristic.months,
            "monotone": characteristic.monotone,
            "advice": None if characteristic.advice else False,
            "measure": measure_of(characteristic.measure),
            "points_each": _each(characteristic.each) if characteristic.each else None,
            "attributes": rows,
            "missing": _gives(missing) if missing else None,
        }
    )


def _attribute(row: Attribute, above: list[Attribute]) -> Entries:
    label = row.label if row.label != label_of(row.test, above) else None
    return test_of(row.test) | _gives(row) | _given({"label": label})


def _gives(row: Attribute) -> Entries:
    """What an attribute gives: points, or the code of why there is no score; and its reason."""
    if row.unscorable is not None:
        return {"unscorable": row.unscorable} | _given({"reason": row.reason})
    points = line_of(row.points) if isinstance(row.points, Line) else row.points
    return {"points": points} | _given({"reason": row.reason})


def line_of(line: Line) -> Entries:
    """Points that follow the answer, as they stand in a file."""
    limits = _given({"at_least": line.at_least, "at_most": line.at_most})
    return {"times": line.times, "plus": line.plus, "rounding": line.rounding} | limits


def _each(each: PointsEach) -> Entries:
    label = each.label if each.label != "each" else None
    return {"points": each.points} | _given({"cap": each.cap, "reason": each.reason, "label": label})


def test_of(test: Test) -> Entries:
    """A test as it stands in a file; nothing for the one that takes the rest."""
    if isinstance(test, Below):
        return {"up_to" if test.inclusive else "below": test.limit}
    if isinstance(test, OneOf):
        return _values(test)
    return {"when": {cell.name: _cell(cell) for cell in test.cells}} if isinstance(test, When) else {}


def _values(test: OneOf) -> Entries:
    return {"equals": test.values[0]} if len(test.values) == 1 else {"in": list(test.values)}


def _cell(cell: Cell) -> Entries:
    if cell.missing:
        return {MISSING: True}
    limits = _given({"at_least": cell.at_least, "below": cell.below, "up_to": cell.up_to})
    return limits | (_values(cell.one_of) if cell.one_of else {})
