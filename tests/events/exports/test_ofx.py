from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from credence.errors import DefinitionError
from credence.events.exports.lines import Export
from credence.events.exports.ofx import read
from credence.events.exports.sgml import parse_sgml
from credence.xml_file import XmlElement
from tests.events.exports.samples import export, month, movements, only

XML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
"""
MOVEMENT = "<STMTTRN><TRNTYPE>POS<DTPOSTED>20261004<TRNAMT>-12.50<FITID>F-1{}</STMTTRN>\n"


def read_text(folder: Path, text: str, encoding: str = "utf-8") -> Export:
    (folder / "a.ofx").write_bytes(text.encode(encoding))
    return read(folder / "a.ofx")


def read_one(folder: Path, more: str = "") -> Export:
    (folder / "a.ofx").write_bytes(export("ofx", [MOVEMENT.format(more)]))
    return read(folder / "a.ofx")


def closed(element: XmlElement) -> str:
    """OFX 2: every value with its closing tag."""
    text = escape(element.text) + "".join(map(closed, element.children))
    return f"<{element.tag}>{text}</{element.tag}>"


def test_every_movement_and_balance_of_a_month_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.ofx").write_bytes(export("ofx"))
    found = read(tmp_path / "a.ofx")
    assert found.torn == ()
    assert len(found.lines) == len(movements("ofx")) + 1
    first, balance = found.lines[0], found.lines[-1]
    assert (first.occurred_at, first.minor, first.direction) == ("2026-10-01", 245000, "in")
    assert (first.said.counterparty, first.said.reference) == ("ACME INC PAYROLL", "F-1")
    assert (first.said.account, first.said.holder) == ("9876543210", "123456789 9876543210")
    assert (balance.said.category, balance.minor, balance.direction) == (
        "BALANCE CHECKING",
        116352,
        "neither",
    )


def test_what_is_xml_says_the_same(tmp_path: Path) -> None:
    older = read_text(tmp_path, month("ofx"))
    newer = read_text(tmp_path, XML_HEAD + closed(parse_sgml(month("ofx"), "a")))
    assert [(line.row, line.minor, line.said.reference, line.said.description) for line in newer.lines] == [
        (line.row, line.minor, line.said.reference, line.said.description) for line in older.lines
    ]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("1252", "cp1252"), ("ISO-8859-1", "latin-1"), ("8859-1", "latin-1"), ("NONE", "utf-8"), ("936", "gbk")],
)
def test_names_are_read_in_the_encoding_of_the_bank(charset: str, encoding: str, tmp_path: Path) -> None:
    name = "张三" if encoding == "gbk" else "Müller"
    text = month("ofx").replace("CHARSET:1252", f"CHARSET:{charset}").replace("J SMITH", name)
    assert read_text(tmp_path, text, encoding).lines[-2].said.counterparty == name


def test_without_headings_the_bank_is_taken_to_write_as_windows_does(tmp_path: Path) -> None:
    text = month("ofx")[month("ofx").index("<OFX>") :].replace("J SMITH", "Müller")
    assert read_text(tmp_path, text, "cp1252").lines[-2].said.counterparty == "Müller"


def test_bytes_in_no_encoding_that_is_named_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.ofx").write_bytes(export("ofx").replace(b"J SMITH", b"\x81\xff"))
    with pytest.raises(DefinitionError, match="neither UTF-8 nor in the encoding it names, 1252"):
        read(tmp_path / "a.ofx")


@pytest.mark.parametrize(
    "text",
    ['<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "b">]><OFX></OFX>', "<!DOCTYPE OFX><OFX></OFX>"],
)
def test_nothing_is_expanded(text: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="DOCTYPE"):
        read_text(tmp_path, text)


def test_a_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ofx").write_bytes(export("ofx")[:-120])
    with pytest.raises(DefinitionError, match="the file breaks off"):
        read(tmp_path / "a.ofx")


def test_a_transaction_outside_any_statement_is_not_lost(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="lie outside any statement"):
        read_text(tmp_path, f"<OFX><STMTRS></STMTRS>{MOVEMENT.format('')}</OFX>")


@pytest.mark.parametrize(
    ("more", "own"),
    [
        ("<BANKACCTTO><ACCTID>9876543210</BANKACCTTO>", True),
        ("<CCACCTTO><ACCTID>4444</CCACCTTO>", None),
        ("", None),
    ],
)
def test_only_an_account_of_the_file_is_known_to_be_ones_own(more: str, own: object, tmp_path: Path) -> None:
    assert only(read_one(tmp_path, more)).said.own_account is own


@pytest.mark.parametrize(
    ("more", "correction"),
    [
        ("<CORRECTFITID>F-0<CORRECTACTION>REPLACE", "replaces"),
        ("<CORRECTFITID>F-0<CORRECTACTION>DELETE", "retracts"),
        ("<CORRECTACTION>DELETE", ""),
    ],
)
def test_a_correction_names_what_it_corrects(more: str, correction: str, tmp_path: Path) -> None:
    assert only(read_one(tmp_path, more)).said.correction == correction


def test_the_currency_of_a_movement_goes_before_that_of_the_account(tmp_path: Path) -> None:
    said = only(read_one(tmp_path, "<CURRENCY><CURRATE>1<CURSYM>EUR</CURRENCY><PAYEE><NAME>Bar</PAYEE>")).said
    assert (said.currency, said.counterparty) == ("EUR", "Bar")


@pytest.mark.parametrize(
    ("old", "new", "category"),
    [
        ("STMTTRN>", "STMTTRNP>", "POS"),
        ("STMTRS>", "CCSTMTRS>", "CARD POS"),
        ("STMTRS>", "INVSTMTRS>", "INVESTMENT POS"),
    ],
)
def test_a_category_says_whose_type_it_is(old: str, new: str, category: str, tmp_path: Path) -> None:
    text = export("ofx", [MOVEMENT.format("")]).decode().replace(old, new)
    line = read_text(tmp_path, text).lines[0]
    assert line.said.category == category
    assert line.said.status == ("PENDING" if new == "STMTTRNP>" else "")


@pytest.mark.parametrize("when", ["2026", "20261340", "soon", ""])
def test_a_day_that_is_none_is_told_of_its_line(when: str, tmp_path: Path) -> None:
    (tmp_path / "a.ofx").write_bytes(export("ofx", [MOVEMENT.replace("20261004", when).format("")]))
    assert [torn.row for torn in read(tmp_path / "a.ofx").torn] == [1]
