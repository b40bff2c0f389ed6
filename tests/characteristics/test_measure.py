"""What measures share when they are read: their filter and their field."""

from credence.characteristics.filters import Filter, Reading
from credence.characteristics.measure import field_in, filter_of, name_in
from credence.yaml_file import Node, parse
from tests.characteristics.reading import words


def body(text: str) -> Node:
    return parse(f"a: {text}", "file").entries()["a"]


def test_a_filter_may_have_keys_of_the_measure_beside_it() -> None:
    node = body("{kind: bill.paid, field: days_late, other: 1}")
    events = filter_of(node, Reading(words(), None), extra=("field",))
    assert events == Filter(("bill.paid",))
    assert [fault.path for fault in node.faults] == ["a.other"]


def test_a_name_is_found_only_where_a_text_stands() -> None:
    assert name_in(body("{field: amount}"), "field") == "amount"
    assert [name_in(body(text), "field") for text in ("{field: 3}", "{}", "amount")] == [None, None, None]


def test_a_field_is_asked_for_with_a_question() -> None:
    node = body("{}")
    assert field_in(node, ("integer",), (), Reading(words(), None), "of what?") == ""
    assert [fault.sentence for fault in node.faults] == ["'field' is missing: of what?"]
