"""Which events a measure looks at, and what cannot be asked of them."""

import pytest

from credence.characteristics.filters import Condition, Filter, Reading, meets, read_filter, saying
from credence.yaml_file import parse
from tests.characteristics.reading import words


def told(text: str) -> tuple[Filter, list[str]]:
    node = parse(f"a: {{{text}}}", "file").entries()["a"]
    return read_filter(node.entries(), node, Reading(words(), 12)), [f.sentence for f in node.faults]


def conditions(text: str) -> tuple[Condition, ...]:
    events, faults = told(f"kind: account.reported, where: {{{text}}}")
    assert faults == []
    return events.where


def test_kinds_are_kept_sorted_and_once() -> None:
    assert told("kind: [rent.paid, bill.paid, rent.paid]") == (Filter(("bill.paid", "rent.paid")), [])


def test_a_filter_may_take_the_latest_of_each_account() -> None:
    events, faults = told("kind: account.reported, latest: account, currency: CNY")
    assert (events, faults) == (Filter(("account.reported",), currency="CNY", latest="account"), [])


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("days_past_due: {at_least: 30}", Condition("days_past_due", "at_least", (30,))),
        ("status: paid", Condition("status", "in", ("paid",))),
        ("status: {in: [paid, settled]}", Condition("status", "in", ("paid", "settled"))),
        ("account: {equals: a1}", Condition("account", "in", ("a1",))),
        ("days_past_due: [30, 60]", Condition("days_past_due", "in", (30, 60))),
        ("opened_on: {present: true}", Condition("opened_on", "present", (True,))),
    ],
)
def test_conditions_are_read_by_the_type_of_their_field(text: str, condition: Condition) -> None:
    assert conditions(text) == (condition,)


def test_a_flag_is_true_or_false() -> None:
    events, _ = told("kind: rental.started, where: {deposit_waived: true}")
    assert events.where == (Condition("deposit_waived", "in", (True,)),)


def test_two_tests_of_one_field_are_two_conditions() -> None:
    assert [c.test for c in conditions("days_past_due: {above: 0, below: 30}")] == ["above", "below"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind: bill.payed", "'bill.payed' is not a kind of event. Did you mean 'bill.paid'?"),
        ("kind: mark.suspends", "'mark.suspends' is a mark, which never counts itself."),
        ("kind: []", "is an empty list: name a kind, or leave 'kind' out to count every kind."),
        ("kind: ['']", "must be a text, not ''."),
        ("currency: yuan", "must be the three letters of a currency, like CNY, not 'yuan'."),
        ("currency: 5", "must be a text, not '5'."),
        ("latest: acount", "There is no field 'acount'. Did you mean 'account'?"),
        ("latest: []", "must be a text, not a list."),
        ("kind: bill.paid, latest: item", "'bill.paid' has no field 'item'."),
        ("where: 3", "must be a mapping (name: value), not '3'."),
        ("where: {days_lat: 3}", "There is no field 'days_lat'. Did you mean 'days_late'?"),
        ("where: {days_late: few}", "must be a whole number, not 'few'."),
        (
            "where: {days_late: {}}",
            "asks nothing of 'days_late'. Ask with one of: at_most, at_least, below, ",
        ),
        ("where: {service: {in: []}}", "is an empty list: no event could ever meet it."),
        ("where: {service: powr}", "'powr' is not one of: power, gas, water, phone, internet, heating, "),
        ("where: {service: {below: 3}}", "'below' compares numbers, and 'service' is of the type choice."),
        (
            "where: {due_date: 2026-11-06}",
            "'due_date' is a date: only 'present: true' or 'present: false' can ",
        ),
        ("where: {amount: {above: 500}}", "An amount of money is looked at: name its 'currency'."),
    ],
)
def test_what_cannot_be_asked_is_answered(text: str, sentence: str) -> None:
    (said,) = told(text)[1]
    assert said.startswith(sentence)


@pytest.mark.parametrize("asked", ["{above: 0}", "{present: true}"])
def test_the_sign_and_the_presence_of_an_amount_need_no_currency(asked: str) -> None:
    assert told(f"kind: bill.paid, where: {{amount: {asked}}}")[1] == []


@pytest.mark.parametrize(
    ("test", "values", "met"),
    [
        ("at_most", (3,), [2, 3]),
        ("at_least", (3,), [3, 4]),
        ("below", (3,), [2]),
        ("above", (3,), [4]),
        ("in", (2, 4), [2, 4]),
        ("present", (True,), [2, 3, 4]),
        ("present", (False,), [None]),
    ],
)
def test_a_field_that_says_nothing_meets_only_its_absence(
    test: str, values: tuple[int, ...], met: list[int | None]
) -> None:
    condition = Condition("days_late", test, values)
    assert [value for value in (None, 2, 3, 4) if meets(condition, value)] == met


def test_saying_adds_that_a_field_is_present() -> None:
    present = Condition("amount", "present", (True,))
    assert saying(Filter(("bill.paid",)), "amount") == Filter(("bill.paid",), (present,))
