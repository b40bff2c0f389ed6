from pathlib import Path

from credence.events.exports.alipay import read
from tests.events.exports.samples import MONTH, export


def test_a_month_of_the_app_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(export("alipay"))
    first = read(tmp_path / "a.csv").lines[0]
    assert (first.occurred_at, first.minor, first.direction) == ("2026-10-02T21:32:14+08:00", 8620, "out")
    assert (first.said.counterparty, first.said.description) == ("国家电网", "电费缴纳")
    assert (first.said.category, first.said.status, first.said.account) == ("充值缴费", "交易成功", "余额宝")
    assert first.said.reference == first.said.order == "2026100222001"


def test_the_bill_of_the_web_is_read_up_to_its_summary(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes((MONTH / "alipay-web.csv").read_text(encoding="utf-8").encode("gbk"))
    found = read(tmp_path / "a.csv")
    assert [(line.occurred_at, line.minor) for line in found.lines] == [
        ("2026-10-01T10:00:05+08:00", 1280),
        ("2026-10-02T10:00:00+08:00", 3000),
    ]
    assert found.lines[0].said.category == "即时到账交易 已支出"
    assert (found.torn, found.notes) == ((), ())


def test_columns_may_stand_in_another_order() -> None:
    (line,) = read(MONTH / "alipay-older.csv").lines
    assert (line.minor, line.said.account, line.said.category) == (1800, "余额", "餐饮美食")
