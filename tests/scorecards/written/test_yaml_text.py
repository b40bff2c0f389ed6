"""Plain values as YAML: read as the same values, whatever the texts look like."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.scorecards.written.yaml_text import yaml_text
from credence.yaml_file import Node, parse

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def plain(node: Node) -> object:
    """A node as plain values again."""
    if isinstance(node.value, dict):
        return {name: plain(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return Fraction(node.value) if isinstance(node.value, Decimal) else node.value


def again(value: object) -> object:
    """A value, written and read; alone, and on a line with others."""
    definition = {"a": value, "measure": {"b": [value, value]}}
    found = plain(parse(yaml_text(definition), "it"))
    assert found == definition
    return found


@given(TEXTS.filter(lambda text: text.strip() != ""))
def test_any_text_is_read_as_it_was(text: str) -> None:
    again(text)


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "-1.5",
        "1e5",
        "007",
        "~",
        "null",
        "true",
        "no",
        "on",
        "",
        " x ",
        "a: b",
        "#",
        "- a",
        "1_000",
        "0x1F",
        "{}",
    ],
)
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    again(text)


@pytest.mark.parametrize("value", [0, -7, 10**18 - 1, Fraction("0.03"), Fraction(-1, 8), True, False, [], {}])
def test_numbers_and_truths_are_read_as_they_were(value: object) -> None:
    again(value)


def test_what_nobody_sees_is_written_as_escapes() -> None:
    text = yaml_text({"a": "x\u202ey\x85\U000e0001\n"})
    assert text.isascii()
    assert text == 'a: "x\\u202ey\\N\\U000E0001\\n"\n'
