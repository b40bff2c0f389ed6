"""Errors write their own sentences: what, where, what to do."""

import pickle
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from inspect import signature
from pathlib import Path

import pytest

from credence import errors
from credence.errors import CredenceError, DefinitionError, Fault, nearest

PLACE = Path("data")
# A fact of each type that errors are made from.
FACTS: dict[object, object] = {
    str: "this or that",
    int: 1,
    int | None: 600,
    Path: PLACE,
    Path | str: PLACE,
    datetime: datetime(2026, 11, 6, 9, tzinfo=UTC),
    timedelta: timedelta(minutes=15),
    list[str]: ["everyday"],
    list[Path]: [PLACE],
    Mapping[str, str]: {"partner": "par_1"},
    dict[str, str] | None: {"/amount": "It is no number."},
    list[Fault]: [Fault(1, "", "The file is empty.")],
}


def leaves(kind: type[CredenceError] = CredenceError) -> Iterator[type[CredenceError]]:
    """Classes that nothing is derived from."""
    for child in kind.__subclasses__():
        yield from leaves(child)
    if not kind.__subclasses__() and kind.__module__.startswith(errors.__name__):
        yield kind


def example(kind: type[CredenceError]) -> CredenceError:
    """An error of a kind, made from a fact of each type that it asks for."""
    asked = [one for one in signature(kind).parameters.values() if one.kind is not one.KEYWORD_ONLY]
    return kind(*(FACTS[parameter.annotation] for parameter in asked))


@pytest.mark.parametrize("kind", list(leaves()))
def test_an_error_says_something_without_blame(kind: type[CredenceError]) -> None:
    words = str(example(kind))
    assert len(words.split()) > 1
    assert not {"invalid", "failed", "illegal"} & set(words.lower().split())


@pytest.mark.parametrize("kind", list(leaves()))
def test_an_error_arrives_from_another_process_as_it_is(kind: type[CredenceError]) -> None:
    error = example(kind)
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(arrived), str(arrived), vars(arrived)) == (kind, str(error), vars(error))


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in leaves()]
    assert len(codes) == len(set(codes))


def test_every_error_stands_in_the_tree_of_the_module() -> None:
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in leaves())


def test_an_old_log_is_upgraded_and_a_newer_one_needs_a_newer_credence() -> None:
    assert "Run 'credence events upgrade --log data'." in str(errors.LogFormatError(PLACE, 1, 2))
    assert "install that version" in str(errors.LogFormatError(PLACE, 3, 2))


def test_faults_are_told_once_in_the_order_of_their_lines() -> None:
    faults = [Fault(9, "b", "Late."), Fault(2, "a", "Early."), Fault(9, "b", "Late.")]
    assert str(DefinitionError("card.yaml", faults)) == (
        "card.yaml has 2 faults:\n  line 2, a: Early.\n  line 9, b: Late."
    )


def test_a_fault_is_one_line_whatever_it_names() -> None:
    assert str(Fault(3, "a", "'two\nlines' is not known.")) == "line 3, a: 'two lines' is not known."


def test_a_slip_of_the_pen_is_answered_with_the_nearest_word() -> None:
    assert nearest("meassure", ["measure", "months"]) == " Did you mean 'measure'?"
    assert nearest("xyz", ["measure", "months"]) == ""
