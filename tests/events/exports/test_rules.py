from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError, SourceNotFoundError
from credence.events.exports.lines import Draft, Line, read_lines
from credence.events.exports.rules import Rule, pattern, read_rules, rules_for
from credence.events.exports.take import EXPORTS
from credence.events.vocabulary import shipped
from credence.yaml_file import parse
from tests.events.exports.samples import FILES, FORMS, MONTH

GOLDEN = Path(__file__).parent / "golden"
HEAD = "version: 1\nrules:\n"


def rules(text: str) -> tuple[Rule, ...]:
    return read_rules(parse(text, "own.yaml"), "own.yaml", shipped())


def rule(when: str) -> Rule:
    (read,) = rules(f"{HEAD}  - {{when: {when}, ignore: it does not count}}\n")
    return read


def line(said: dict[str, object], amount: str = "-12.50") -> Line:
    usual = {"place": 1, "when": "2026-10-01", "amount": amount, "currency": "EUR"}
    return read_lines([msgspec.convert(usual | said, Draft)], str).lines[0]


def name(read: Line) -> str:
    return read.said.counterparty or read.said.description


def kind_of(form: str, read: Line) -> str:
    """What the shipped rules make of a line: its kind with its fields, or why it is left out."""
    found = next((rule for rule in rules_for(shipped()) if rule.fits(form, read)), Rule())
    return found.ignore or " ".join([found.kind, *found.fields.values()]).strip()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("rent", "Rent October"),
        ("city  power", "CITY POWER & LIGHT"),
        ("miete*", "Mietezahlung"),
        ("*versicherung*", "Kfz-Haftpflichtversicherungen AG"),
        ("payment*thank you*", "Payment - Thank you!"),
        ("退款", "商户-退款"),
        ("电费", "国家电网电费缴纳"),
        ("(1234)", "中国银行\uff081234\uff09"),
        ("PMNT-CCRD-*", "PMNT-CCRD-POSD REVERSAL"),
        ("*-INTR", "ACMT-MCOP-INTR"),
        ("*", "anything"),
        ("a.b", "a.b"),
    ],
)
def test_words_are_found_whole_whatever_their_case_and_width(words: str, text: str) -> None:
    assert rule(f'{{description: "{words}"}}').fits("ofx", line({"description": text}))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("rent", "Current account"),
        ("rent", "parents"),
        ("miete", "Mietezahlung"),
        ("CASH", "CASHBACK"),
        ("*", ""),
        ("a.b", "axb"),
    ],
)
def test_half_a_word_is_not_found(words: str, text: str) -> None:
    assert not rule(f'{{description: "{words}"}}').fits("ofx", line({"description": text}))


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_words_are_given_can_be_searched_for(words: str, text: str) -> None:
    pattern(words).search(text)


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ("{format: ofx}", True),
        ("{format: [camt, alipay]}", False),
        ("{direction: [out, in]}", True),
        ("{direction: neither}", False),
        ("{own_account: true}", False),
        ("{own_account: false}", False),
        ("{text: [shop, bar]}", True),
        ("{text: shop, category: POS}", True),
        ("{text: shop, category: ATM}", False),
        ("{counterparty: tea}", False),
        ("{amount: {currency: EUR, at_least: 12.50}}", True),
        ("{amount: {currency: EUR, at_most: 12.49}}", False),
        ("{amount: {currency: EUR, at_least: 12.51}}", False),
        ("{amount: {currency: USD}}", False),
    ],
)
def test_a_rule_fits_where_all_it_asks_holds(when: str, fits: object) -> None:
    said = line({"counterparty": "A Shop", "description": "tea", "category": "CARD POS"})
    assert rule(when).fits("ofx", said) is fits


def test_ones_own_rules_are_asked_first(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"{HEAD}  - {{when: {{text: bar}}, kind: payment.settled}}\n", encoding="utf-8")
    assert rules_for(shipped(), own)[0].kind == "payment.settled"
    assert rules_for(shipped(), own)[1:] == rules_for(shipped())
    with pytest.raises(SourceNotFoundError):
        rules_for(shipped(), tmp_path / "none.yaml")


def test_every_fault_of_a_file_of_rules_is_told() -> None:
    text = """version: 2
rules:
  - {when: {text: a}}
  - {when: {text: a}, kind: bill.settled, ignore: why}
  - {when: {}, ignore: why}
  - {kind: bill.payed}
  - {when: {text: a}, kind: bill.paid}
  - {when: {text: a}, kind: bill.settled, fields: {service: steam, rule: x, amount: 3}}
  - {when: {text: a}, ignore: why, fields: {service: power}}
  - {when: {text: a}, kind: mark.retracts}
  - {when: {format: pdf, direction: up, own_account: 1, amount: {at_least: much}}, ignore: why}
"""
    with pytest.raises(DefinitionError) as caught:
        rules(text)
    assert str(caught.value).splitlines() == (GOLDEN / "rules.txt").read_text().splitlines()


@pytest.mark.parametrize("text", ["rules: []", "version: 1", "version: 1\nrules: 3"])
def test_a_file_that_is_no_table_of_rules_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError):
        rules(text)


def test_fields_are_read_by_their_type() -> None:
    (read,) = rules(
        f"{HEAD}  - {{when: {{text: a}}, kind: bill.paid, fields: {{days_late: 0, service: gas}}}}\n"
    )
    assert read.fields == {"days_late": "0", "service": "gas"}
    (read,) = rules(
        f"{HEAD}  - {{when: {{text: a}}, kind: rental.started, fields: {{deposit_waived: true, item: x}}}}\n"
    )
    assert read.fields == {"deposit_waived": "true", "item": "x"}
    (read,) = rules(
        f"{HEAD}  - {{when: {{text: a}}, kind: rental.started, fields: {{deposit_waived: false}}}}\n"
    )
    assert read.fields == {"deposit_waived": "false"}


@pytest.mark.parametrize("form", FORMS)
def test_a_month_is_sorted_as_a_person_would(form: str) -> None:
    lines = EXPORTS[form](MONTH / FILES[form]).lines
    found = [f"{name(read)} {read.said.category}: {kind_of(form, read)}" for read in lines]
    assert found == (GOLDEN / f"{form}.txt").read_text(encoding="utf-8").splitlines()


OWN, CREDIT = (
    "it moved between your own accounts",
    "it belongs to a credit, and only the lender knows what was due",
)
# Form, direction, category, text, what else is said, and what it is.
CASES: list[tuple[str, str, str, str, dict[str, object], str]] = [
    ("ofx", "out", "INT", "Overdraft interest", {}, "overdraft.charged"),
    ("ofx", "out", "INT", "Interest", {}, ""),
    ("ofx", "out", "FEE", "NSF returned item fee", {}, "fee.charged"),
    ("ofx", "in", "CREDIT", "RETURNED ITEM", {}, "payment.returned"),
    ("ofx", "out", "DEBIT", "RETURNED ITEM", {}, ""),
    ("ofx", "in", "CARD POS", "Bar", {}, "payment.refunded"),
    ("ofx", "out", "CARD DEBIT", "Bar", {}, "card.used"),
    ("ofx", "in", "CARD CREDIT", "PAYMENT - THANK YOU", {}, CREDIT),
    ("ofx", "out", "INVESTMENT DEBIT", "", {}, "it is a booking of an investment account"),
    ("ofx", "out", "POS", "Bar", {"status": "PENDING"}, "it is not booked yet"),
    ("ofx", "out", "DEBIT", "RENT-A-CAR Intl", {}, "payment.settled"),
    ("ofx", "out", "DEBIT", "Current account", {}, ""),
    ("ofx", "in", "XFER", "", {"own_account": True}, OWN),
    ("ofx", "in", "CREDIT", "J SMITH", {}, ""),
    ("ofx", "neither", "BALANCE SAVINGS", "", {}, "savings.reported"),
    ("ofx", "neither", "BALANCE CARD", "", {}, "it is the balance of a card, a credit or an investment"),
    ("camt", "in", "PMNT-RDDT-ESDD RETURN-AM04", "", {}, "payment.returned"),
    ("camt", "in", "PMNT-RDDT-ESDD RETURN-MD06", "", {}, "payment.refunded"),
    ("camt", "in", "PMNT-RCDT-ESCT", "", {}, ""),
    ("camt", "in", "PMNT-RCDT-ESCT", "", {"own_account": False}, "transfer.received"),
    ("camt", "in", "PMNT-RCDT-ESCT", "Gehalt Oktober", {}, "income.received salary"),
    ("camt", "out", "PMNT-ICDT-ESCT PURPOSE-SAVG", "", {}, "it was put into savings of your own"),
    ("camt", "out", "ACMT-MCOP-INTR", "", {}, ""),
    ("alipay", "out", "服饰装扮", "", {"status": "交易关闭", "account": "余额"}, "payment.settled"),
    ("alipay", "out", "服饰装扮", "", {"status": "交易关闭"}, "payment.closed"),
    ("alipay", "out", "服饰装扮", "", {"status": "等待付款"}, "it has not been paid yet"),
    ("alipay", "out", "保险", "", {"status": "交易成功"}, "insurance.paid"),
    ("alipay", "in", "日用百货", "二手", {"status": "交易成功"}, "payment.received"),
    ("alipay", "out", "新的分类", "", {"status": "新的状态"}, ""),
    ("wechat", "in", "微信红包-退款", "", {"status": "已全额退款"}, "payment.refunded"),
    ("wechat", "neither", "零钱提现", "", {"status": "提现失败"}, "it did not go through"),
]


@pytest.mark.parametrize(("form", "direction", "category", "text", "more", "kind"), CASES)
def test_what_a_statement_does_not_tell_is_not_guessed(
    form: str, direction: str, category: str, text: str, more: dict[str, object], kind: str
) -> None:
    said = {"direction": direction, "category": category, "counterparty": text} | more
    assert kind_of(form, line(said, "5")) == kind
