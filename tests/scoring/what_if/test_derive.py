"""Which moves follow from a scorecard: those that its filters, attributes and advice leave open."""

from pathlib import Path

import pytest

from credence import Moment, load_scorecard
from credence.engines.counting import counted_events
from credence.events.vocabulary import shipped
from credence.scoring.what_if.derive import Move, moves_of
from credence.scoring.what_if.moves import load_moves
from credence.scoring.what_if.parts import FOREVER
from tests.scoring.what_if.asking import Entry, as_event, card
from tests.world import AS_OF, Row, event

REST: list[Entry] = [{"points": 0}]


def counting(**events: object) -> Entry:
    return {"measure": {"count": events}, "attributes": [{"below": 1, "points": 0}, {"points": 1}]}


def of_field(function: str, kind: str, field: str, *attributes: Entry, **more: object) -> Entry:
    measure = {function: {"kind": kind, "field": field} | more}
    return {"measure": measure, "attributes": [*attributes, {"points": 1}], "missing": {"points": 0}}


def moves(folder: Path, *asked: Entry, rows: tuple[Row, ...] = (), own: str = "") -> list[Move]:
    path = folder / "own.yaml"
    path.write_text(own, encoding="utf-8")
    scorecard = card(folder, {f"c{n}": entry for n, entry in enumerate(asked)})
    events = [as_event(row, shipped()) for row in (event("bill.settled", "2026-10-01", "s"), *rows)]
    counted = counted_events(events, scorecard, shipped(), Moment(AS_OF, FOREVER))
    return moves_of(scorecard, shipped(), counted, load_moves(shipped(), path if own else None))


def names(found: list[Move]) -> list[str]:
    return [move.kind.name for move in found]


def test_only_kinds_that_a_measure_looks_at_become_moves(tmp_path: Path) -> None:
    assert names(moves(tmp_path, counting(kind=["bill.paid", "bill.unpaid"]))) == ["bill_on_time"]


def test_what_is_not_for_advice_gives_no_moves(tmp_path: Path) -> None:
    assert moves(tmp_path, counting(kind="bill.paid") | {"advice": False}) == []


def test_nobody_is_told_to_have_been_known_for_longer(tmp_path: Path) -> None:
    age: Entry = {"measure": {"age_of_oldest": {}}, "attributes": REST, "missing": {"points": 0}}
    assert moves(tmp_path, age) == []


def test_of_moves_that_every_measure_sees_alike_the_easiest_is_kept(tmp_path: Path) -> None:
    asked = counting(kind=["employment.verified", "identity.verified", "phone.verified"])
    assert names(moves(tmp_path, asked)) == ["identity"]


def test_moves_that_one_measure_tells_apart_are_both_kept(tmp_path: Path) -> None:
    both = counting(kind=["identity.verified", "phone.verified"]), counting(kind="phone.verified")
    assert names(moves(tmp_path, *both)) == ["identity", "phone"]


@pytest.mark.parametrize(
    ("rows", "found"), [((), []), ((event("lease.started", "2026-09-01", "l"),), ["rent_on_time"])]
)
def test_the_rent_is_paid_by_those_who_rent(tmp_path: Path, rows: tuple[Row, ...], found: list[str]) -> None:
    assert names(moves(tmp_path, counting(kind="rent.paid"), rows=rows)) == found


def test_an_event_repeats_what_the_last_of_its_kind_said(tmp_path: Path) -> None:
    rows = (event("bill.paid", "2026-09-01", "b", days_late=3, counterparty="City Power"),)
    (move,) = moves(tmp_path, counting(kind="bill.paid"), rows=rows)
    assert move.said == {"days_late": 0, "counterparty": "City Power"}


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"service": ["gas", "water"]}, {"service": "gas"}),
        ({"service": {"present": True}}, {"service": "as asked"}),
        ({"service": {"present": False}}, {}),
        ({"days_late": {"at_most": 0}}, {}),
    ],
)
def test_fields_are_chosen_so_that_a_filter_is_met(tmp_path: Path, where: Entry, said: Entry) -> None:
    (move,) = moves(tmp_path, counting(kind="bill.paid", where=where))
    assert move.said == {"days_late": 0} | said


def test_what_cannot_be_chosen_is_no_move(tmp_path: Path) -> None:
    asked = counting(kind="bill.paid", where={"days_late": {"at_least": 5}})
    assert moves(tmp_path, asked) == []


def test_what_a_kind_needs_and_nobody_knows_is_filled_in(tmp_path: Path) -> None:
    own = (
        "version: 1\nmoves:\n  cash: {title: Pay cash in, kind: deposit.made, effort: 1}\n"
        "  service: {title: Have gas, kind: service.started, effort: 1}\n"
    )
    summed = of_field("sum", "deposit.made", "amount", {"below": 5, "points": 0}, currency="CNY")
    cash, service = moves(tmp_path, summed, counting(kind="service.started"), own=own)
    assert cash.said == {"amount": 10_000, "currency": "CNY"}
    assert service.said == {"service": "power"}


def test_another_currency_is_not_what_is_asked(tmp_path: Path) -> None:
    rows = (event("contribution.paid", "2026-09-01", "c", amount=5, currency="EUR"),)
    summed = of_field("sum", "contribution.paid", "amount", {"below": 5, "points": 0}, currency="CNY")
    assert moves(tmp_path, summed, rows=rows) == []


def test_a_number_that_can_be_steered_is_aimed_at_each_attribute(tmp_path: Path) -> None:
    attributes: list[Entry] = [{"below": 5, "points": 0}, {"up_to": 14, "points": 1}]
    other = counting(kind="bill.paid")
    found = moves(tmp_path, of_field("least", "balance.reported", "cover_days", *attributes), other)
    covers = [move for move in found if move.kind.name == "cover"]
    assert [(move.said["cover_days"], move.effort) for move in covers] == [(5, 3), (15, 4)]
    assert covers[0].title == "Keep enough in the account for 5 days of your usual spending"
    assert covers[0].group == covers[1].group


STATE = {"account": "a", "status": "current", "balance": 900, "credit_limit": 1000, "currency": "CNY"}
USED: Entry = {
    "measure": {
        "share": {"kind": "account.reported", "latest": "account", "field": "balance", "currency": "CNY"},
        "of": {"kind": "account.reported", "latest": "account", "field": "credit_limit", "currency": "CNY"},
    },
    "attributes": [{"below": 0.3, "points": 2}, {"up_to": 0.5, "points": 1}, {"points": 0}],
    "missing": {"points": 0},
}


def test_what_is_owed_is_paid_down_to_a_share_of_the_limit(tmp_path: Path) -> None:
    rows = (
        event("account.reported", "2026-09-01", "1", **STATE),
        event("account.reported", "2026-09-02", "2", **(STATE | {"account": "b", "balance": 400})),
        event(
            "account.reported", "2026-09-03", "3", account="c", status="current", balance=7, currency="CNY"
        ),
        event("account.reported", "2026-09-04", "4", **(STATE | {"account": "d", "closed_on": "2026-09-01"})),
    )
    found = moves(tmp_path, USED, rows=rows)
    assert [(move.said["account"], move.said["balance"]) for move in found] == [
        ("a", 500),
        ("a", 299),
        ("b", 299),
    ]
    assert found[0].title == "Pay down what you owe on the account a to 5.00 CNY"
    assert found[0].group == found[1].group != found[2].group


def test_what_is_overdue_is_paid_on_each_account(tmp_path: Path) -> None:
    asked = counting(kind="account.reported", latest="account", where={"days_past_due": {"at_least": 30}})
    late = STATE | {"status": "late", "days_past_due": 60}
    rows = (
        event("account.reported", "2026-09-01", "1", **late),
        event("account.reported", "2026-09-02", "2", **(late | {"account": "b"})),
    )
    found = moves(tmp_path, asked, rows=rows)
    assert [(move.title, move.said["status"], move.said["days_past_due"]) for move in found] == [
        (f"Pay what is overdue on the account {name}", "current", 0) for name in "ab"
    ]


def test_a_live_scorecard_that_counts_everything_gets_no_barred_moves() -> None:
    everyday = load_scorecard("everyday")
    found = moves_of(everyday, shipped(), [], load_moves(shipped()))
    assert "identity" in names(found)
    assert not {move.kind.kind for move in found} & set(everyday.barred_kinds)
