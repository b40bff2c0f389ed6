"""The card in FICO's shape: shares, codes, and inquiries as a fifth reason."""

from collections import Counter

from credence import EventLog, Moment
from credence.scorecards.load import load_scorecard
from credence.scoring.explain import explain
from tests.world import AS_OF, LATER, Row, event, record

CARD = load_scorecard("fico")
# Those of FICO's published list that the card uses.
CODES = [1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20, 21, 22, 28]


def report(event_id: str, day: str = "2026-11-01", /, **said: object) -> Row:
    usual: Row = {
        "account": "card",
        "portfolio": "revolving",
        "status": "current",
        "days_past_due": 0,
        "opened_on": "2025-01-01",
        "balance": 90_000,
        "credit_limit": 100_000,
        "currency": "USD",
    }
    return event("account.reported", day, event_id, **usual | said)


def inquiry(event_id: str, inquiry: str) -> Row:
    return event("inquiry.made", "2026-10-01", event_id, inquiry=inquiry, purpose="credit_line")


def test_the_shares_are_whole_points_nearest_to_35_30_15_10_and_10_percent() -> None:
    most: Counter[str] = Counter()
    for characteristic in CARD.characteristics:
        most[str(characteristic.category)] += characteristic.points_most or 0
    assert list(most.values()) == [193, 165, 82, 55, 55]
    exact = [share * 5.5 for share in (35, 30, 15, 10, 10)]
    assert all(abs(points - share) <= 0.5 for points, share in zip(most.values(), exact, strict=True))
    assert (CARD.points_base, CARD.range, sum(most.values())) == (300, (300, 850), 550)


def test_reason_codes_have_the_numbers_that_lenders_know() -> None:
    assert list(CARD.reasons) == [f"{code:02}" for code in CODES]


def test_inquiries_are_told_as_a_fifth_reason_where_they_cost_points(log: EventLog) -> None:
    record(log, report("1"), inquiry("2", "hard"))
    told = explain(CARD, log, "ana", Moment(AS_OF, LATER)).reasons
    assert [reason.code for reason in told] == ["10", "14", "04", "12", "08"]
    assert (told[-1].code, told[-1].points) == ("08", 5.0)


def test_looking_at_ones_own_record_is_no_reason(log: EventLog) -> None:
    record(log, report("1"), inquiry("2", "soft"))
    told = explain(CARD, log, "ana", Moment(AS_OF, LATER)).reasons
    assert len(told) == 4
    assert "08" not in [reason.code for reason in told]


def test_a_disputed_report_costs_nothing_while_it_is_looked_into(log: EventLog) -> None:
    late = report("2", "2026-10-02", account="phone", status="late", days_past_due=95, past_due=500)
    record(log, report("1"), late)
    before = explain(CARD, log, "ana", Moment(AS_OF, LATER)).score
    mark = event("mark.suspends", "2026-11-03", "3", target="2", target_furnisher="bank")
    record(log, mark | {"furnisher": "bureau"})
    after = explain(CARD, log, "ana", Moment(AS_OF, LATER)).score
    assert before is not None
    assert after is not None
    assert after - before > 80
