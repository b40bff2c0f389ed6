"""An event in a form's fields, and back."""

from datetime import date, datetime

import pytest

from credence.errors import AmountWrongError
from credence.events.vocabulary import shipped
from credence.server.web.furnisher.as_sent import as_sent, plain, replacement


def test_what_an_event_says_stands_first_and_what_it_needs() -> None:
    event = {"kind": "bill.unpaid", "occurred_at": date(2026, 9, 20), "amount": 4250, "currency": "EUR"}
    sent = as_sent(event, shipped())
    assert sent.occurred_at == "2026-09-20"
    assert {one.name: one.value for one in sent.said} == {
        "due_date": "", "amount": "42.50", "currency": "EUR",
    }  # fmt: skip
    assert [one.shown for one in sent.said if one.name == "amount"] == ["42.50 EUR"]
    assert "service" in [one.name for one in sent.unsaid]


def test_values_are_told_as_furnishers_send_them() -> None:
    values = None, True, date(2026, 9, 3), datetime(2026, 9, 3, 14, 5), 3  # noqa: DTZ001 - as the log has them
    assert [plain(value) for value in values] == ["", "true", "2026-09-03", "2026-09-03T14:05:00Z", "3"]


def test_a_form_says_only_what_the_kind_may_say() -> None:
    kind = shipped().kinds["bill.unpaid"]
    given = {"event_id": " u-2 ", "occurred_at": "2026-09-20", "field_due_date": "2026-09-10"}
    strange = {"field_trait": "x", "field_amount": " ", "kind": "bill.paid", "person_id": "somebody"}
    assert replacement(kind, shipped(), given | strange) == {
        "due_date": "2026-09-10", "event_id": "u-2", "occurred_at": "2026-09-20", "kind": "bill.unpaid",
    }  # fmt: skip


def test_amounts_are_filled_in_as_people_write_them() -> None:
    kind = shipped().kinds["bill.unpaid"]
    said = {"field_amount": "42.5", "field_currency": "EUR"}
    assert replacement(kind, shipped(), said)["amount"] == 4250
    with pytest.raises(AmountWrongError, match="Say the currency"):
        replacement(kind, shipped(), {"field_amount": "42.5"})
