"""The bytes of an export, and what people give instead of one: a PDF, an archive, a workbook, a web page."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from credence.errors import IntakeError, SourceNotFoundError

SIZE_MOST = 64 * 1024 * 1024
ENCRYPTED = 0x1
# What a file begins with, and what to do with it instead.
BEGINNINGS = {
    b"%PDF": "it is a PDF, made for printing. Ask for the same statement as a file for programs: {form}.",
    b"\xd0\xcf\x11\xe0": "it is an Excel workbook. Open it and save it as CSV (UTF-8), or ask for {form}.",
    b"\x1f\x8b": "it is packed with gzip. Unpack it and give the file inside.",
    b"7z\xbc\xaf": "it is a 7z archive. Unpack it and give the file inside.",
    b"Rar!": "it is a RAR archive. Unpack it and give the file inside.",
    b"<!doctype html": "it is a web page. Perhaps the login had run out: download the file again.",
    b"<html": "it is a web page. Perhaps the login had run out: download the file again.",
}
TITLES = {
    "ofx": "an OFX or QFX file",
    "camt": "a CAMT.053 file",
    "alipay": "the CSV file of Alipay (支付宝)",
    "wechat": "the CSV file of WeChat Pay (微信支付)",
}
# Words that only one format has; the first that is found decides.
MARKS = {
    "camt": ("camt.05", "BkToCstmrStmt"),
    "ofx": ("OFXHEADER", "<OFX>", "<ofx>"),
    "wechat": ("微信支付账单", "交易单号"),
    "alipay": ("支付宝", "交易订单号", "商家订单号"),
}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
TEXTS = ("utf-8-sig", "gb18030")
LOOKED_AT = 65536


def read_bytes(path: Path, form: str) -> bytes:
    """The bytes of a file that may be an export of this form.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: It is empty, too large, or something that cannot be read for its kind.
    """
    if not path.is_file():
        raise SourceNotFoundError(path)
    if path.stat().st_size > SIZE_MOST:
        raise IntakeError(path, f"it has more than {SIZE_MOST // 1024 // 1024} MB, which no statement has.")
    data = path.read_bytes()
    if not data.strip():
        raise IntakeError(path, "it is empty. Download it again.")
    if data.startswith(b"PK"):
        raise IntakeError(path, _said_of_zip(path, form))
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, sentence in BEGINNINGS.items():
        if start.startswith(beginning.lower()):
            raise IntakeError(path, sentence.format(form=TITLES[form]))
    return data


def _said_of_zip(path: Path, form: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
    except zipfile.BadZipFile:
        return "it is a zip archive that breaks off. Download it again."
    if any(file.filename.startswith("xl/") for file in inside):
        return BEGINNINGS[b"\xd0\xcf\x11\xe0"].format(form=TITLES[form])
    if any(file.flag_bits & ENCRYPTED for file in inside):
        return (
            "it is a zip archive with a password. Unpack it with the password you were sent, and give "
            "the file inside."
        )
    return "it is a zip archive. Unpack it and give the file inside."


def decoded(data: bytes, encodings: tuple[str, ...] = TEXTS) -> str | None:
    """The text of bytes in the first encoding that fits without a single fault; None where none does."""
    if data.startswith(UTF_16):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return None


def not_of_form(path: Path, form: str, data: bytes) -> IntakeError:
    """What to say of a file that is not an export of this form, and which it may be."""
    other = next(_others(form, _beginning(data)), None)
    advice = f"It looks like {TITLES[other]}: give --as {other}." if other else "Was it changed, or cut?"
    return IntakeError(path, f"it is not {TITLES[form]}. {advice}")


def form_of(data: bytes) -> str | None:
    """Which export bytes look like, by words that only one format has; None where they look like none."""
    text = _beginning(data)
    return next((form for form, marks in MARKS.items() if any(mark in text for mark in marks)), None)


def _beginning(data: bytes) -> str:
    """The first signs of bytes in whatever encoding they may be."""
    return data[:LOOKED_AT].decode("utf-8", "ignore") + data[:LOOKED_AT].decode("gb18030", "ignore")


def _others(form: str, text: str) -> Iterator[str]:
    for other, marks in MARKS.items():
        if other != form and any(mark in text for mark in marks):
            yield other
