"""Ten tries over three days, each a little later by chance that two workers share."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from credence.server.services.contesting.webhooks.retries import JITTER, TRIES, WAITS, next_try

NOW = datetime(2026, 11, 6, 9, tzinfo=UTC)


def test_the_waits_are_ten_tries_over_three_days() -> None:
    assert TRIES == 10
    assert sum(WAITS, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)


@given(st.text(max_size=30), st.integers(1, TRIES - 1))
def test_a_try_comes_after_its_wait_and_at_most_a_tenth_later(delivery: str, tries: int) -> None:
    again = next_try(delivery, tries, NOW)
    assert again is not None
    assert NOW + WAITS[tries - 1] <= again <= NOW + WAITS[tries - 1] * (1 + JITTER)
    assert again == next_try(delivery, tries, NOW)


def test_after_the_last_there_is_none() -> None:
    assert next_try("whd_1", TRIES, NOW) is None
