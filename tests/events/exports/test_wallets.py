"""What the bills of both wallets share."""

from pathlib import Path

import pytest

from credence.events.exports.lines import Export
from credence.events.exports.take import EXPORTS
from tests.events.exports.samples import export, movements

ROW = "2026-10-11 09:00:00,商户消费,店,茶,支出,¥1.00,零钱,支付成功,4200010\t,1\t,/\n"


def read_rows(folder: Path, *rows: str) -> Export:
    path = folder / "bill.csv"
    path.write_bytes(export("wechat", list(rows)))
    return EXPORTS["wechat"](path)


@pytest.mark.parametrize("form", ["alipay", "wechat"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_bill_says_the_same_in_every_encoding(form: str, encoding: str, tmp_path: Path) -> None:
    usual, other = tmp_path / "usual.csv", tmp_path / "other.csv"
    usual.write_bytes(export(form))
    text = export(form).decode("gb18030" if form == "alipay" else "utf-8-sig")
    other.write_bytes(text.encode(encoding))
    found = EXPORTS[form](other)
    assert found == EXPORTS[form](usual)
    assert (len(found.lines), found.torn, found.notes) == (len(movements(form)), (), ())


def test_a_line_is_where_it_stands_in_the_file(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ROW, ROW.replace("茶", '"绿\n茶"'), ROW)
    assert [line.said.place for line in found.lines] == [8, 9, 11]


def test_times_are_those_of_beijing(tmp_path: Path) -> None:
    assert read_rows(tmp_path, ROW).lines[0].occurred_at == "2026-10-11T09:00:00+08:00"


@pytest.mark.parametrize("time", ["2026/10/11 9:00", "2026-10-11 09:00", "2026/10/11 09:00:00"])
def test_times_that_a_workbook_has_rewritten_are_read(time: str, tmp_path: Path) -> None:
    (line,) = read_rows(tmp_path, f"2026-{ROW[5:]}".replace("2026-10-11 09:00:00", time)).lines
    assert line.occurred_at == "2026-10-11T09:00:00+08:00"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ROW.replace("茶", "茶,杯"),
            "the row has 12 cells where the headings have 11; does a text hold a comma?",
        ),
        (ROW[:40] + "\n", "the row has 7 cells where the headings have 11; was the file cut?"),
        (ROW.replace("¥1.00", '"¥1,000"'), "the amount cannot be read for certain in its currency"),
        (ROW.replace("10-11", "13-11"), "the date cannot be read"),
        (
            ROW.replace("茶", f'"{"茶" * 140_000}"'),
            "the row has 1 cells where the headings have 11; was the file cut?",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_taken(
    row: str, sentence: str, tmp_path: Path
) -> None:
    found = read_rows(tmp_path, ROW, row, ROW)
    assert [(torn.row, torn.sentence) for torn in found.torn] == [(2, sentence)]
    assert [line.row for line in found.lines] == [1, 3]


def test_what_follows_the_last_rule_and_empty_rows_are_no_lines(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ROW, ",,,,,,,,,,\n", "\n", ROW, "--------,,\n", "共1笔\n")
    assert [line.row for line in found.lines] == [1, 2]


def test_a_bill_with_fewer_rows_than_it_says_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    path.write_bytes(export("wechat", [ROW]).replace("共1笔".encode(), "共66笔".encode()))
    note = "The file says that it has 66 records, and 1 are in it. Is it whole?"
    assert EXPORTS["wechat"](path).notes == (note,)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [("商户消费", "店-退款", "refund"), ("茶", "退款-茶", "refund"), ("支付成功", "已全额退款", "")],
)
def test_a_refund_is_another_part_of_its_order(old: str, new: str, part: str, tmp_path: Path) -> None:
    assert read_rows(tmp_path, ROW.replace(old, new)).lines[0].said.part == part
