"""Files that are something else than an export: every word that is said of them."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from credence.errors import IntakeError, SourceNotFoundError
from credence.events.exports import documents
from credence.events.exports.documents import decoded, form_of, read_bytes
from credence.events.exports.take import EXPORTS
from tests.events.exports.samples import FORMS, export


def archive(name: str, *, encrypted: bool = False) -> bytes:
    """A zip archive of one file; a password is only claimed, as its headings would."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr(zipfile.ZipInfo(name), "bill")
    data = held.getvalue()
    if not encrypted:
        return data
    place = data.index(b"PK\x01\x02") + 8
    return data[:6] + b"\x01" + data[7:place] + b"\x01" + data[place + 1 :]


CAMT_052 = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"><BkToCstmrAcctRpt/></Document>'
CAMT_01 = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.01"><BkToCstmrStmtV01/></Document>'
PAIN = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>'
NOTEBOOK = "记录时间,分类,收支类型,金额,备注,账户,来源,标签\n".encode()
PDF = "it is a PDF, made for printing. Ask for the same statement as a file for programs: {}."
WEB = "it is a web page. Perhaps the login had run out: download the file again."
WORKBOOK = "it is an Excel workbook. Open it and save it as CSV (UTF-8), or ask for {}."
ENCRYPTED = (
    "it is a zip archive with a password. Unpack it with the password you were sent, "
    "and give the file inside."
)
INTERIM = (
    "it is camt.052.001.08, an interim report, whose entries may still change. Ask the bank for camt.053."
)
BYTES = "it is neither UTF-8 nor GBK text. Give it as it was downloaded, or save it as CSV (UTF-8)."
OWN_NOTES = (
    "it is the export of the notebook (记账本), whose entries are the person's own. "
    "Ask for the bill: 账单, 开具交易流水证明, 用于个人对账."
)
EMPTY = "it is empty. Download it again."
OTHER = "it is not {}. It looks like {}: give --as {}."
UNKNOWN = "it is not {}. Was it changed, or cut?"
OFX, CAMT = "an OFX or QFX file", "a CAMT.053 file"
ALIPAY, WECHAT = "the CSV file of Alipay (支付宝)", "the CSV file of WeChat Pay (微信支付)"
BROKEN: list[tuple[str, bytes, str]] = [
    ("ofx", b"%PDF-1.7", PDF.format(OFX)),
    ("camt", b"", EMPTY),
    ("wechat", b" \r\n", EMPTY),
    ("alipay", archive("bill.csv", encrypted=True), ENCRYPTED),
    ("wechat", archive("bill.csv"), "it is a zip archive. Unpack it and give the file inside."),
    ("wechat", archive("bill.csv")[:30], "it is a zip archive that breaks off. Download it again."),
    ("wechat", archive("xl/workbook.xml"), WORKBOOK.format(WECHAT)),
    ("camt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WORKBOOK.format(CAMT)),
    ("ofx", b"\x1f\x8b\x08\x00", "it is packed with gzip. Unpack it and give the file inside."),
    ("alipay", b"7z\xbc\xaf'\x1c", "it is a 7z archive. Unpack it and give the file inside."),
    ("alipay", b"Rar!\x1a\x07", "it is a RAR archive. Unpack it and give the file inside."),
    ("ofx", b"\xef\xbb\xbf\n<!DOCTYPE HTML><html>", WEB),
    ("camt", b"<HTML><body>Login</body></HTML>", WEB),
    ("ofx", export("camt"), OTHER.format(OFX, CAMT, "camt")),
    ("camt", export("ofx"), OTHER.format(CAMT, OFX, "ofx")),
    ("alipay", export("wechat"), OTHER.format(ALIPAY, WECHAT, "wechat")),
    ("wechat", export("alipay"), OTHER.format(WECHAT, ALIPAY, "alipay")),
    ("ofx", b"date,amount\n", UNKNOWN.format(OFX)),
    ("camt", b"<Statement/>", UNKNOWN.format(CAMT)),
    ("alipay", b"date,amount\n", UNKNOWN.format(ALIPAY)),
    ("camt", CAMT_052, INTERIM),
    ("camt", PAIN, "it is pain.001.001.03, and no bank statement. Ask the bank for camt.053."),
    ("camt", CAMT_01, "it is camt.053.001.01. Versions from camt.053.001.02 on can be read."),
    ("wechat", b"\xff\x80\xff", BYTES),
    ("alipay", NOTEBOOK, OWN_NOTES),
    ("ofx", b"<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>", "it holds no statement of an account."),
]


@pytest.mark.parametrize(
    ("form", "data", "sentence"), BROKEN, ids=[f"{form}: {sentence}" for form, _, sentence in BROKEN]
)
def test_what_is_no_export_is_answered_with_what_to_do(
    form: str, data: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "statement"
    path.write_bytes(data)
    with pytest.raises(IntakeError) as caught:
        EXPORTS[form](path)
    assert str(caught.value) == f"{path}: {sentence}"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_not_there_is_not_read(form: str, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        EXPORTS[form](tmp_path / "none")
    with pytest.raises(SourceNotFoundError):
        EXPORTS[form](tmp_path)


def test_a_file_larger_than_any_statement_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "SIZE_MOST", 8)
    (tmp_path / "a").write_bytes(b"123456789")
    with pytest.raises(IntakeError, match="which no statement has"):
        read_bytes(tmp_path / "a", "ofx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_text_is_read_in_the_encoding_it_has(encoding: str) -> None:
    assert decoded("支付宝 1".encode(encoding)) == "支付宝 1"


def test_text_is_not_read_in_an_encoding_that_nobody_knows() -> None:
    assert decoded(b"\xff", ("klingon",)) is None


def test_a_file_is_known_by_words_that_only_its_format_has() -> None:
    assert [form_of(export(form)) for form in FORMS] == list(FORMS)
    assert form_of(b"day;amount\n2026-10-02;12.00\n") is None
