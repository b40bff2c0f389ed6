import numpy as np
import pytest

from credence.training.reading.times import PERIODS_MOST, Times, times_of
from tests.training.tables import numbers, texts


def test_dates_are_days_or_months_in_their_order_whatever_the_hour() -> None:
    times, faults = times_of(texts("on", ["2021-03-02 08:00:00", "2020-12-31", "2021-03-02T23:59"]))
    assert faults == []
    assert times.labels == ("2020-12-31", "2021-03-02")
    assert times.places.tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([201305.0, 201212.0], ("2012-12", "2013-05")),
        ([20130531.0, 20121201.0], ("2012-12-01", "2013-05-31")),
        ([2013.0, 2009.0], ("2009", "2013")),
        ([201305.0, 201313.0], ("201305", "201313")),
        ([1.5, -2.0], ("-2", "1.5")),
    ],
)
def test_numbers_are_months_or_days_where_all_of_them_can_be(
    values: list[float], labels: tuple[str, ...]
) -> None:
    times, faults = times_of(numbers("on", list(values)))
    assert (times.labels, faults) == (labels, [])


def test_what_has_no_time_is_told() -> None:
    _, faults = times_of(texts("on", ["2021-03-02", None, "05/01/2021"]))
    assert faults == [
        "'on' is empty in 1 row, to be taken out for want of a time.",
        "'on' has '05/01/2021', which is neither a date like 2013-05-31 nor a number like 201305.",
    ]
    assert times_of(numbers("on", [2020.0, 2020.0]))[1] == [
        "'on' is 2020 in every row, so no later rows can be held out."
    ]
    assert times_of(numbers("on", [None]))[1] == [
        "'on' is empty in 1 row, to be taken out for want of a time."
    ]


@pytest.mark.parametrize(
    ("labels", "asked", "place"),
    [
        (("2020-01", "2020-03", "2021-01"), "2020-03", 1),
        (("2020-01", "2020-03", "2021-01"), "202002", 1),
        (("2020-01-05", "2020-03-01"), "2020-02", 1),
        (("2020-01-05", "2020-03-01"), "2022", 2),
        (("9", "10", "11"), "10", 1),
        (("9", "10", "11"), "later", 3),
    ],
)
def test_the_first_time_that_is_not_before_another_is_found(
    labels: tuple[str, ...], asked: str, place: int
) -> None:
    assert Times(labels, np.arange(len(labels))).first_from(asked) == place


def test_periods_are_months_quarters_or_years_as_few_as_can_be_read() -> None:
    days = [
        f"20{year}-{month:02d}-{day:02d}"
        for year in range(10, 25)
        for month in range(1, 13)
        for day in (1, 9)
    ]

    def labels(known: list[str]) -> tuple[str, ...]:
        return Times(tuple(known), np.arange(len(known))).periods().labels

    assert labels(days[:6]) == ("2010-01", "2010-02", "2010-03")
    assert labels(days[:48]) == tuple(f"{year} Q{n}" for year in (2010, 2011) for n in (1, 2, 3, 4))
    assert labels(days[: 24 * 6]) == ("2010", "2011", "2012", "2013", "2014", "2015")
    assert len(labels(days)) == PERIODS_MOST
    assert labels(days)[0] == "2010-01-01 to 2011-03-09"


def test_numbers_that_are_no_dates_are_periods_by_themselves_or_as_many_rows_each() -> None:
    few = Times(("1", "2"), np.array([0, 1, 1]))
    assert few.periods() is few
    many = Times(tuple(str(n) for n in range(100)), np.repeat(np.arange(100), 3)).periods()
    assert len(many.labels) == PERIODS_MOST
    assert (many.labels[0], many.labels[-1]) == ("0 to 7", "92 to 99")
    assert all(20 <= rows <= 30 for rows in np.bincount(many.places).tolist())
    heavy = Times(tuple(str(n) for n in range(20)), np.array([0] * 500 + list(range(1, 20)))).periods()
    assert heavy.labels[0] == "0"
