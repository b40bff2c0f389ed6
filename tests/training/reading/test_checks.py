import numpy as np
import pytest

from credence.training.columns import Column
from credence.training.reading.checks import faults_of
from tests.training.tables import numbers, texts

BAD = np.array([0.0, 1.0] * 100)
FINE = numbers("fine", [float(n % 7) for n in range(200)])


@pytest.mark.parametrize(
    ("column", "why"),
    [
        (numbers("x", [None] * 200), "is empty in every row"),
        (texts("x", [None] * 200), "is empty in every row"),
        (numbers("x", [3.0] * 200), "is '3' in every row"),
        (texts("x", ["red"] * 200), "is 'red' in every row"),
        (numbers("x", [float("inf"), *[1.0, 2.0] * 99, 3.0]), "holds numbers beyond"),
        (numbers("x", [1e16, *[1.0, 2.0] * 99, 3.0]), "holds numbers beyond"),
        (texts("x", [f"name {n}" for n in range(200)]), "has 200 different texts (one is 'name 0')"),
        (numbers("x", [5.0, 1.0] * 100), "alone tells the outcome"),
        (texts("x", ["no", "yes"] * 100), "alone tells the outcome"),
        (numbers("x", [None, 1.0] * 100), "alone tells the outcome"),
        (numbers("x", [float(n % 7) for n in range(200)]), "says the same as 'fine' in every row"),
    ],
)
def test_a_column_that_cannot_be_asked_is_named_with_the_reason(column: Column, why: str) -> None:
    found = faults_of((FINE, column), BAD)
    assert list(found) == ["x"]
    assert found["x"].startswith(why)


def test_columns_that_tell_something_have_no_faults() -> None:
    half = numbers("half", [None if n % 3 else 1.0 for n in range(200)])
    some = texts("some", [f"kind {n % 5}" for n in range(200)])
    assert faults_of((FINE, half, some), BAD) == {}


def test_leaks_are_not_looked_for_where_the_outcome_is_not_understood() -> None:
    assert faults_of((numbers("x", [5.0, 1.0] * 100),), None) == {}


def test_every_fault_is_told_at_once() -> None:
    found = faults_of((numbers("a", [3.0] * 200), FINE, numbers("b", [None] * 200)), BAD)
    assert set(found) == {"a", "b"}
