import json
from datetime import date
from pathlib import Path

import pytest

from credence import EventLog, load_scorecard
from credence.engines.found import Found
from tests.both_engines import answer, card, line, scored
from tests.world import AS_OF, Row, event, record

CNY: dict[str, object] = {"field": "amount", "currency": "CNY"}
PAID: dict[str, object] = {"kind": "payment.settled"} | CNY


def paid(day: str, event_id: str, amount: int, currency: str = "CNY", **said: object) -> Row:
    return event("payment.settled", day, event_id, amount=amount, currency=currency, **said)


@pytest.fixture
def shopping(log: EventLog) -> EventLog:
    """Four payments, one of them in another currency."""
    record(
        log,
        paid("2026-06-01", "1", 100, counterparty="grocer"),
        paid("2026-09-10", "2", 250, counterparty="bakery"),
        paid("2026-10-31", "3", 51, counterparty="grocer"),
        paid("2026-10-31", "4", 7, "EUR"),
    )
    return log


@pytest.mark.parametrize(
    ("measure", "months", "expected"),
    [
        ({"count": {"kind": "payment.settled"}}, 12, 4),
        ({"sum": PAID}, 12, 401),
        ({"sum": PAID}, 1, 51),
        ({"average": PAID}, 12, 401 / 3),
        ({"greatest": PAID}, 12, 250),
        ({"least": PAID}, 12, 51),
        ({"distinct": {"kind": "payment.settled", "field": "counterparty"}}, 12, 2),
        ({"days_since": {"kind": "payment.settled"}}, 12, 6),
        ({"age_of_oldest": {"kind": "payment.settled", "unit": "months"}}, 12, 5),
        ({"months_with": {"kind": "payment.settled"}}, 12, 3),
        ({"longest_run": {"kind": "payment.settled"}}, 12, 2),
        ({"trend": PAID, "recent": 1}, 4, 51 * 4 / 301),
        ({"last_value": {"kind": "payment.settled", "field": "counterparty"}}, 12, "grocer"),
        ({"sum": {"kind": "payment.received"} | CNY}, 12, None),
        ({"days_since": {"kind": "payment.received"}}, 12, None),
        ({"last_value": {"kind": "payment.received", "field": "counterparty"}}, 12, None),
        ({"net_flow": {"in": {"kind": "payment.received"} | CNY, "out": PAID}}, 12, -401),
    ],
)
def test_a_measure_answers_alike_in_both_engines(
    shopping: EventLog, tmp_path: Path, measure: dict[str, object], months: int, expected: object
) -> None:
    text = [{"in": ["nothing"], "points": 0}, {"points": 1}]
    attributes = {"attributes": text} if "last_value" in measure else {}

    assert answer(card(tmp_path, measure, months=months, **attributes), shopping, AS_OF) == expected


def test_the_answer_tells_which_events_it_came_from(shopping: EventLog, tmp_path: Path) -> None:
    def used(measure: dict[str, object]) -> list[object]:
        return [e["event_id"] for e in line(card(tmp_path, measure), shopping, AS_OF).evidence]

    assert used({"greatest": PAID}) == ["2"]
    assert used({"sum": PAID}) == ["1", "2", "3"]
    assert used({"days_since": {"kind": "payment.received"}}) == []
    assert sorted(map(str, used({"days_since": {"kind": "payment.settled"}}))) == ["3", "4"]


def test_only_the_last_state_of_each_account_is_added_up(log: EventLog, tmp_path: Path) -> None:
    state = {"currency": "CNY", "credit_limit": 100}
    record(
        log,
        event("account.reported", "2026-08-01", "1", account="a", balance=90, **state),
        event("account.reported", "2026-09-01", "2", account="a", balance=20, **state),
        event("account.reported", "2026-09-01", "3", account="b", balance=30, **state),
    )
    latest = {"kind": "account.reported", "latest": "account", "currency": "CNY"}
    measure = {"share": latest | {"field": "balance"}, "of": latest | {"field": "credit_limit"}}

    assert answer(card(tmp_path, measure), log, AS_OF) == 0.25
    assert answer(card(tmp_path, measure), log, date(2026, 8, 15)) == 0.9


def test_a_share_of_nothing_or_of_less_than_nothing_is_missing(log: EventLog, tmp_path: Path) -> None:
    record(
        log,
        event("account.reported", "2026-09-01", "1", account="a", balance=5, credit_limit=0, currency="CNY"),
    )
    of = {"kind": "account.reported", "currency": "CNY"}
    measure = {"share": of | {"field": "balance"}, "of": of | {"field": "credit_limit"}}

    found = line(card(tmp_path, measure), log, AS_OF)

    assert (found.found.value, found.attribute) == (None, "missing")


def test_a_limit_is_compared_exactly_where_floating_point_would_slip(log: EventLog, tmp_path: Path) -> None:
    bills = [
        event("bill.paid", f"2026-09-{n:02d}", str(n), days_late=0 if n < 4 else 9) for n in range(1, 11)
    ]
    record(log, *bills)
    late = {"kind": "bill.paid", "where": {"days_late": {"at_most": 0}}}
    measure = {"share": late, "of": {"kind": "bill.paid"}}
    attributes = [{"below": 0.3, "points": 0}, {"below": 0.30000001, "points": 1}, {"points": 2}]

    assert line(card(tmp_path, measure, attributes=attributes), log, AS_OF).points == 1


def test_sums_of_the_greatest_amounts_are_exact(log: EventLog, tmp_path: Path) -> None:
    record(log, *(paid("2026-09-01", str(n), 10**13 - n) for n in range(50)))

    assert answer(card(tmp_path, {"sum": PAID}), log, AS_OF) == 50 * 10**13 - sum(range(50))


def test_an_answer_that_is_a_text_has_no_number_to_compare() -> None:
    assert Found("late").exact is None
    assert Found(2).exact == 2
    assert Found(0.5).exact == 0.5


def test_a_flag_is_asked_as_true_or_false(log: EventLog, tmp_path: Path) -> None:
    record(log, event("rental.started", "2026-09-01", "1", deposit_waived="true", item="bike"))
    record(log, event("rental.started", "2026-09-02", "2", deposit_waived=False, item="bike"))
    waived = {"count": {"kind": "rental.started", "where": {"deposit_waived": True}}}

    assert answer(card(tmp_path, waived), log, AS_OF) == 1


def test_points_for_each_event_stop_at_their_cap_and_go_on_without_one(log: EventLog, tmp_path: Path) -> None:
    bills = [event("bill.unpaid", "2026-09-02", str(n), due_date="2026-09-01") for n in range(4)]
    record(log, *bills)

    def points(each: dict[str, int]) -> int | None:
        asked = {"measure": {"count": {"kind": "bill.unpaid"}}, "points_each": each}
        whole = {"name": "each", "version": 1, "title": "Each", "setting": "lab", "points_base": 0}
        (tmp_path / "each.yaml").write_text(json.dumps(whole | {"characteristics": {"asked": asked}}))
        return scored(load_scorecard(tmp_path / "each.yaml"), log, AS_OF).score

    assert points({"points": -30}) == -120
    assert points({"points": -30, "cap": -100}) == -100
    assert points({"points": 5, "cap": 12}) == 12


def test_conditions_compare_numbers_in_every_direction(shopping: EventLog, tmp_path: Path) -> None:
    def many(test: dict[str, int]) -> object:
        where = {"kind": "payment.settled", "currency": "CNY", "where": {"amount": test}}
        return answer(card(tmp_path, {"count": where}), shopping, AS_OF)

    assert (many({"above": 51}), many({"at_least": 51}), many({"below": 100}), many({"at_most": 100})) == (
        2,
        3,
        1,
        2,
    )


def test_a_condition_may_ask_whether_a_field_says_anything(shopping: EventLog, tmp_path: Path) -> None:
    def many(present: object) -> object:
        where = {"kind": "payment.settled", "where": {"counterparty": {"present": present}}}
        return answer(card(tmp_path, {"count": where}), shopping, AS_OF)

    assert (many(present=True), many(present=False)) == (3, 1)


def test_a_condition_may_name_texts(shopping: EventLog, tmp_path: Path) -> None:
    of_grocer = {"kind": "payment.settled", "where": {"counterparty": ["grocer", "nobody"]}}

    assert answer(card(tmp_path, {"count": of_grocer}), shopping, AS_OF) == 2
