from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.events.keys import bucket_of, bucket_sql, event_key, key_sql

# Texts as they can lie in a log: anything but half a surrogate pair.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@given(person=texts, buckets=st.integers(1, 4096))
def test_a_person_has_the_same_bucket_in_python_and_in_sql(
    connection: duckdb.DuckDBPyConnection, person: str, buckets: int
) -> None:
    found = connection.execute(f"SELECT {bucket_sql('$1', buckets)}", [person]).fetchone()
    assert found == (bucket_of(person, buckets),)


@given(furnisher=texts, event_id=texts)
def test_an_event_has_the_same_key_in_python_and_in_sql(
    connection: duckdb.DuckDBPyConnection, furnisher: str, event_id: str
) -> None:
    found = connection.execute(f"SELECT {key_sql('$1', '$2')}", [furnisher, event_id]).fetchone()
    assert found == (event_key(furnisher, event_id),)
    assert 0 <= event_key(furnisher, event_id) < 2**63


def test_furnisher_and_event_id_do_not_run_into_each_other() -> None:
    assert event_key("bank1", "2") != event_key("bank", "12")


def test_people_are_spread_evenly_over_the_buckets() -> None:
    sizes = [0] * 16
    for number in range(16_000):
        sizes[bucket_of(f"person {number}", 16)] += 1
    assert min(sizes) > 850
    assert max(sizes) < 1150
