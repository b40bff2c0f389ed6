"""Content is the same however it is written, and another where anything that matters differs."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from credence.server.services.contesting.rows import Row
from credence.server.services.contesting.tombstones import row_content

ROW: Row = {
    "furnisher": "f", "person_id": "p", "kind": "payment.settled", "occurred_at": "2026-10-20",
    "amount": 1500, "deposit_waived": True,
}  # fmt: skip


def test_content_is_the_same_as_texts_or_as_values_and_under_any_name() -> None:
    texts = ROW | {"amount": " 1500", "deposit_waived": "true", "event_id": "another", "replaces": "e1"}
    assert row_content(texts, "UTC") == row_content(ROW, "UTC")
    days = ROW | {"due_date": date(2026, 10, 1)}
    assert row_content(days, "UTC") == row_content(ROW | {"due_date": "2026-10-01"}, "UTC")
    times = ROW | {"seen": datetime(2026, 10, 1, 8)}  # noqa: DTZ001 - as the log keeps it
    assert row_content(times, "UTC") == row_content(ROW | {"seen": "2026-10-01T08:00:00+00:00"}, "UTC")


def test_the_day_is_that_of_the_log() -> None:
    late = ROW | {"occurred_at": "2026-10-19T20:00:00Z"}
    assert row_content(late, "Asia/Shanghai") == row_content(ROW, "Asia/Shanghai")
    assert row_content(late, "UTC") != row_content(ROW, "UTC")


@given(st.sampled_from(["furnisher", "person_id", "kind", "occurred_at", "amount"]), st.text(max_size=5))
def test_whatever_matters_makes_other_content(name: str, value: str) -> None:
    assert row_content(ROW | {name: f"x{value}"}, "UTC") != row_content(ROW, "UTC")
