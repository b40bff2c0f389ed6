"""Reading YAML so that every fault has its place, whatever bytes come in."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError, SourceNotFoundError
from credence.yaml_file import NUMBER_MOST, Node, parse, read, settle


def one(text: str) -> Node:
    """The value of the only entry."""
    return parse(f"a: {text}", "file").entries()["a"]


def sentences(node: Node) -> list[str]:
    return [str(fault) for fault in node.faults]


def stopped(text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        parse(text, "file")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("+7", 7),
        ("-9", -9),
        ("0.10", Decimal("0.10")),
        (".5", Decimal("0.5")),
        ("1e-05", Decimal("0.00001")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-11-06", "2026-11-06"),
        ("'1'", "1"),
        ('"true"', "true"),
        (".inf", ".inf"),
        ("9" * 70, "9" * 70),
    ],
)
def test_unquoted_values_are_read_as_yaml_1_2_says(text: str, value: object) -> None:
    assert one(text).value == value
    assert type(one(text).value) is type(value)


def test_every_value_knows_its_path_and_line() -> None:
    node = parse("a:\n  - x\n  - b: 3\n", "file")
    inner = node.entries()["a"].items()[1].entries()["b"]
    assert (inner.path, inner.line, inner.value) == ("a[2].b", 3, 3)


def test_values_in_the_asked_form_are_given_without_a_fault() -> None:
    node = parse("{t: hello, i: 3, n: 0.25, f: true, c: red, w: [a, b], one: a}", "file")
    got = node.entries()
    assert got["t"].text() == "hello"
    assert got["i"].integer(1, 3) == 3
    assert got["n"].number() == Fraction(1, 4)
    assert got["f"].flag() is True
    assert got["c"].choice(["red", "blue"]) == "red"
    assert [got["w"].words(), got["one"].words()] == [["a", "b"], ["a"]]
    settle(node, "file")


def test_a_value_in_another_form_is_a_fault_and_a_harmless_stand_in() -> None:
    node = one("[1]")
    stand_ins = [node.entries(), node.text(), node.integer(3), node.number(), node.flag(), node.choice(["x"])]
    assert stand_ins == [{}, "", 3, 0, False, ""]
    assert sentences(node) == [
        "line 1, a: must be a mapping (name: value), not a list.",
        "line 1, a: must be a text, not a list.",
        "line 1, a: must be a whole number, not a list.",
        "line 1, a: must be a number, not a list.",
        "line 1, a: must be true or false, not a list.",
        "line 1, a: must be a text, not a list.",
    ]


def test_a_text_where_a_list_is_wanted_is_a_fault() -> None:
    node = one("x")
    assert node.items() == []
    assert sentences(node) == ["line 1, a: must be a list, not 'x'."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{b: 1}", "a mapping"),
        ("[]", "a list"),
        ("", "nothing"),
        ("true", "'true'"),
        ("0.50", "'0.50'"),
        ('"two\\nlines"', "'two lines'"),
        ("x" * 70, f"'{'x' * 60}...'"),
    ],
)
def test_a_fault_names_a_value_as_a_person_would(text: str, said: str) -> None:
    assert one(text).said() == said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0", "must be at least 1, not 0."),
        ("6", "must be at most 5, not 6."),
        ("true", "must be a whole number, not 'true'."),
        ("1.0", "must be a whole number, not '1.0'."),
    ],
)
def test_a_whole_number_has_limits(text: str, sentence: str) -> None:
    node = one(text)
    assert node.integer(1, 5) == 1
    assert sentences(node) == [f"line 1, a: {sentence}"]


@pytest.mark.parametrize("text", [str(NUMBER_MOST + 1), "1e99", "1e-99", str(-NUMBER_MOST - 1)])
def test_a_number_no_engine_could_keep_apart_is_a_fault(text: str) -> None:
    node = one(text)
    node.number()
    assert "at most 18 digits" in sentences(node)[0]


def test_true_is_no_number() -> None:
    node = one("true")
    assert node.number() == 0
    assert sentences(node) == ["line 1, a: must be a number, not 'true'."]


def test_a_day_is_written_as_iso_8601_has_it() -> None:
    assert one("2026-11-06").day() == one("'2026-11-06'").day() == date(2026, 11, 6)
    wrong = one("6 November")
    assert wrong.day() == date.min
    assert sentences(wrong) == ["line 1, a: must be a date, written like 2026-11-06."]


def test_a_word_outside_a_list_is_answered_with_the_nearest() -> None:
    node = one("rising_")
    assert node.choice(["rising", "falling"]) == "rising_"
    assert sentences(node) == ["line 1, a: 'rising_' is not one of: rising, falling. Did you mean 'rising'?"]


def test_missing_and_unknown_keys_are_told_together() -> None:
    node = parse("nmae: x\nother: 1\n", "file")
    assert node.keyed(["name"], ["title"]) == {}
    assert sentences(node) == [
        "line 1, nmae: 'nmae' is not known here. Did you mean 'name'? Known: name, title.",
        "line 2, other: 'other' is not known here. Known: name, title.",
        "line 1: 'name' is missing.",
    ]


def test_keys_of_something_else_than_a_mapping_are_not_said_to_be_missing() -> None:
    node = one("3")
    assert node.keyed(["name"]) == {}
    assert sentences(node) == ["line 1, a: must be a mapping (name: value), not '3'."]


def test_a_name_given_twice_is_a_fault_at_the_second() -> None:
    assert sentences(parse("a: 1\nb: 2\na: 3\n", "file")) == ["line 3, a: 'a' is given twice: keep one."]


@pytest.mark.parametrize(
    ("text", "said"), [("? [b]\n: 1", "a list"), ("? {b: c}\n: 1", "a mapping"), ("'': 1", "''")]
)
def test_a_name_is_a_text(text: str, said: str) -> None:
    assert sentences(parse(text, "file")) == [f"line 1: A name before a colon must be a text, not {said}."]


def test_a_second_document_is_a_fault() -> None:
    node = parse("a: 1\n---\nb: 2\n", "file")
    assert sentences(node) == ["line 2: A second document begins here: keep one in a file."]


def test_every_alias_is_told_before_anything_grows() -> None:
    laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert stopped(laughs).count("write the value out") == 4


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 20_000, "{a: " * 9_000])
def test_endless_nesting_is_stopped(text: str) -> None:
    assert "nested deeper than 30 levels" in stopped(text)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n"])
def test_an_empty_file_says_so(text: str) -> None:
    assert stopped(text) == "file has 1 fault:\n  line 1: The file is empty."


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a:\n\tb: 1", "Indent with spaces, not tabs"),
        ("a: b: c", "Put a text that holds a colon in quotes."),
        ("a: [1, 2", "Look at the brackets, quotes and indentation"),
    ],
)
def test_what_is_not_yaml_is_answered_with_advice(text: str, advice: str) -> None:
    assert advice in stopped(text)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x80", "\ufffe", "\ud800"])
def test_a_character_that_yaml_forbids_is_named_with_its_line(character: str) -> None:
    words = stopped(f"a: é\nb: {character}")
    assert (
        words
        == f"file has 1 fault:\n  line 2: The character {character!a} cannot stand in YAML: take it out."
    )


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert list(read(path).entries()) == ["a"]


def test_a_file_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes("title: Prüfung".encode("latin-1"))
    with pytest.raises(DefinitionError, match="not UTF-8 text"):
        read(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match=r"There is no file at .*nothing\.yaml"):
        read(tmp_path / "nothing.yaml")


def test_faults_noted_while_reading_are_raised_at_the_end() -> None:
    node = one("[]")
    node.text()
    with pytest.raises(DefinitionError, match="file has 1 fault"):
        settle(node, "file")


@given(st.text() | st.binary().map(lambda some: some.decode("utf-8", "replace")))
def test_any_text_is_read_or_answered_with_faults(text: str) -> None:
    with suppress(DefinitionError):
        assert parse(text, "file").path == ""
