"""An id says what it is of, and when it was made."""

from datetime import UTC, datetime, timedelta

import pytest

from credence.server.ids import PREFIXES, new_id

NOW = datetime(2026, 11, 6, 9, tzinfo=UTC)


def test_ids_are_sorted_by_the_time_they_were_made() -> None:
    made = [new_id("per", NOW + timedelta(milliseconds=n)) for n in range(300)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_has_a_prefix_and_26_signs() -> None:
    for prefix in PREFIXES:
        kind, _, body = new_id(prefix, NOW).partition("_")
        assert (kind, len(body)) == (prefix, 26)
        assert body.isalnum()
        assert body == body.lower()


def test_a_prefix_stands_for_something() -> None:
    with pytest.raises(AssertionError, match="xyz is no kind of thing"):
        new_id("xyz", NOW)
