"""Every measure is written as it can be read."""

import pytest

from credence.characteristics.measures import READERS
from credence.scorecards.written.measures import measure_of
from credence.scorecards.written.yaml_text import yaml_text
from tests.characteristics.reading import good

ACCOUNTS = "kind: account.reported, latest: account"
MONEY = "field: amount, currency: CNY"
BALANCE = "field: balance, currency: CNY"
MEASURES = [
    "{count: {}}",
    "{count: {kind: bill.unpaid}}",
    "{count: {kind: [account.charged_off, bill.unpaid]}}",
    "{count: {kind: account.reported, where: {status: late}}}",
    "{count: {kind: account.reported, where: {status: [late, paid]}}}",
    "{count: {kind: account.reported, where: {status: {equals: late, in: [late, paid]}}}}",
    "{count: {kind: account.reported, where: {status: {in: [late, paid], equals: [late, current]}}}}",
    "{count: {where: {counterparty: {present: false}, amount: {above: 0, at_most: 9}}, currency: EUR}}",
    "{share: {kind: bill.paid, where: {days_late: {at_most: 0}}}, of: {kind: [bill.paid, bill.unpaid]}}",
    f"{{share: {{{ACCOUNTS}, {BALANCE}}}, of: {{{ACCOUNTS}, {BALANCE}}}}}",
    f"{{sum: {{kind: payment.settled, {MONEY}}}}}",
    f"{{average: {{kind: payment.settled, {MONEY}}}}}",
    f"{{greatest: {{kind: payment.settled, {MONEY}}}}}",
    f"{{least: {{{ACCOUNTS}, field: balance, currency: CNY}}}}",
    f"{{net_flow: {{in: {{kind: payment.received, {MONEY}}}, out: {{kind: payment.settled, {MONEY}}}}}}}",
    "{days_since: {kind: bill.unpaid, unit: months}}",
    "{age_of_oldest: {kind: account.reported, date: opened_on}}",
    "{months_with: {kind: rent.paid}}",
    "{longest_run: {}}",
    "{distinct: {kind: payment.settled, field: counterparty}}",
    "{trend: {kind: payment.settled}, recent: 1}",
    f"{{trend: {{kind: payment.settled, {MONEY}}}, recent: 3}}",
    "{last_value: {kind: account.reported, field: status}}",
    "{column: income}",
    "{column: rent or own, type: text, context: rental}",
    "{ratio: balance, to: credit limit}",
    "{ratio: balance, to: limit, context: credit}",
    "{greatest_of: [delay_1, delay_2]}",
    "{least_of: [delay_2, delay_1], context: credit}",
    "{average_of: [bill_1, bill_2, bill_3]}",
    "{cross: [one, two]}",
]


@pytest.mark.parametrize("text", MEASURES)
def test_a_measure_is_written_as_it_can_be_read(text: str) -> None:
    read = good(text)
    again = yaml_text({"measure": measure_of(read)}).removeprefix("measure: ").strip()
    assert good(again) == read


def test_no_measure_is_forgotten() -> None:
    assert {name for name in READERS if not any(f"{{{name}:" in text for text in MEASURES)} == set()
