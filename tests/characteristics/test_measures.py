"""Choosing the measure of a characteristic."""

from credence.characteristics.measures import READERS, UNREADABLE
from tests.characteristics.reading import faults, told


def test_every_measure_is_found_by_its_name() -> None:
    assert sorted(READERS) == sorted(
        [
            "age_of_oldest",
            "average",
            "average_of",
            "column",
            "count",
            "cross",
            "days_since",
            "distinct",
            "greatest",
            "greatest_of",
            "last_value",
            "least",
            "least_of",
            "longest_run",
            "months_with",
            "net_flow",
            "ratio",
            "share",
            "sum",
            "trend",
        ]
    )


def test_an_unknown_measure_is_answered_with_the_nearest_and_all_names() -> None:
    measure, (sentence,) = told("{cuont: {}}")
    assert measure is UNREADABLE
    assert sentence.startswith("names no measure. Did you mean 'count'? Measures: column, count, ")


def test_an_empty_measure_is_answered_with_all_names() -> None:
    assert faults("{}")[0].startswith("names no measure. Measures: column, ")


def test_two_measures_cannot_stand_together() -> None:
    assert faults("{count: {}, sum: {}}") == [
        "'count' and 'sum' cannot stand together: a characteristic has one measure."
    ]


def test_a_measure_is_a_mapping() -> None:
    assert faults("count") == ["must be a mapping (name: value), not 'count'."]
