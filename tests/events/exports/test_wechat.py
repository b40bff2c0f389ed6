from pathlib import Path

from credence.events.exports.wechat import read
from tests.events.exports.samples import export


def test_a_month_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(export("wechat"))
    first, second, *_ = read(tmp_path / "a.csv").lines
    assert (first.occurred_at, first.minor, first.direction) == ("2026-10-01T12:45:27+08:00", 2816, "out")
    assert (first.said.counterparty, first.said.category) == ("米线店", "商户消费")
    assert (first.said.account, first.said.reference) == ("中国银行(1234)", "4200001")
    assert (second.direction, second.said.account) == ("in", "")


def test_what_is_neither_income_nor_spending_has_no_direction(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(export("wechat"))
    directions = {line.said.category: line.direction for line in read(tmp_path / "a.csv").lines}
    assert directions["零钱提现"] == directions["信用卡还款"] == "neither"
