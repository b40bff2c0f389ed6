"""Measures as they stand in a file: the inverse of reading them."""

from collections.abc import Callable

from credence.characteristics.aggregates import (
    Aggregate,
    Ago,
    Answer,
    Column,
    Crossing,
    Derived,
    Difference,
    Quotient,
    aggregates_of,
)
from credence.characteristics.filters import Condition, Filter
from credence.characteristics.measure import Measure
from credence.characteristics.measures import of_columns

Entries = dict[str, object]


def measure_of(measure: Measure) -> Entries:
    """The entries of `measure` in a file."""
    return WRITERS.get(measure.name, _plain)(measure, measure.answer)


def _column(measure: Measure, answer: Answer) -> Entries:
    assert isinstance(answer, Column), "that is what a column answers"
    kind: Entries = {"type": "text"} if answer.text else {}
    return {"column": answer.name} | kind | ({"context": measure.context} if measure.context else {})


def _derived(measure: Measure, answer: Answer) -> Entries:
    assert isinstance(answer, Derived), "that is what several columns answer"
    return made_of(answer, measure.context)


def made_of(answer: Derived, context: str | None) -> Entries:
    """The entries of a number made of several columns."""
    names = [column.name for column in answer.columns]
    ratio: Entries = {"ratio": names[0], "to": names[-1]}
    made: Entries = ratio if answer.way == "ratio" else {f"{answer.way}_of": names}
    return made | ({"context": context} if context else {})


def _cross(_measure: Measure, answer: Answer) -> Entries:
    assert isinstance(answer, Crossing), "that is what a crossing answers"
    return {"cross": list(answer.names)}


def _net_flow(_measure: Measure, answer: Answer) -> Entries:
    assert isinstance(answer, Difference), "that is what a net flow answers"
    return {"net_flow": {"in": _body(answer.plus), "out": _body(answer.minus)}}


def _share(_measure: Measure, answer: Answer) -> Entries:
    assert isinstance(answer, Quotient), "that is what a share answers"
    return {"share": _body(answer.numerator), "of": _body(answer.denominator)}


def _trend(_measure: Measure, answer: Answer) -> Entries:
    assert isinstance(answer, Quotient), "that is what a trend answers"
    return {"trend": _body(answer.numerator), "recent": answer.over}


def _ago(measure: Measure, answer: Answer) -> Entries:
    assert isinstance(answer, Ago), "that is what an age answers"
    body, field = filter_of(answer.aggregate.events), answer.aggregate.field
    body |= {"date": field} if field != "occurred_on" else {}
    return {measure.name: body | ({"unit": answer.unit} if answer.unit != "days" else {})}


def _plain(measure: Measure, answer: Answer) -> Entries:
    """A measure whose body is a filter, with the field that is looked at, if any."""
    return {measure.name: _body(aggregates_of(answer)[0])}


WRITERS: dict[str, Callable[[Measure, Answer], Entries]] = {
    "column": _column,
    **dict.fromkeys(of_columns.NAMES, _derived),
    "cross": _cross,
    "net_flow": _net_flow,
    "share": _share,
    "trend": _trend,
    "days_since": _ago,
    "age_of_oldest": _ago,
}


def _body(aggregate: Aggregate) -> Entries:
    field: Entries = {"field": aggregate.field} if aggregate.field else {}
    return filter_of(aggregate.events) | field


def filter_of(events: Filter) -> Entries:
    """The entries of a filter in a measure's body."""
    kinds: object = events.kinds[0] if len(events.kinds) == 1 else list(events.kinds)
    where: dict[str, Entries] = {}
    for condition in events.where:
        tests = where.setdefault(condition.field, {})
        tests[_test(condition, tests)] = _asked(condition)
    parts = {"kind": kinds, "where": where, "currency": events.currency, "latest": events.latest}
    return {name: part for name, part in parts.items() if part}


def _test(condition: Condition, given: Entries) -> str:
    """The name of a condition's test: `equals` and `in` say the same, and may stand beside each other."""
    if condition.test != "in":
        return condition.test
    name = "equals" if len(condition.values) == 1 else "in"
    return name if name not in given else {"equals": "in", "in": "equals"}[name]


def _asked(condition: Condition) -> object:
    return condition.values[0] if len(condition.values) == 1 else list(condition.values)
