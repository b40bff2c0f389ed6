"""A month of each export in the files of `month/`, made up after the public descriptions; nobody's own."""

import re
from pathlib import Path

from credence.events.exports.lines import Export, Line

MONTH = Path(__file__).parent / "month"
FILES = {"ofx": "ofx.ofx", "camt": "camt.xml", "alipay": "alipay.csv", "wechat": "wechat.csv"}
# How each is written where it comes from.
ENCODINGS = {"ofx": "cp1252", "camt": "utf-8", "alipay": "gb18030", "wechat": "utf-8-sig"}
MOVEMENTS = {
    "ofx": re.compile(r"<STMTTRN>.*?</STMTTRN>\n", re.DOTALL),
    "camt": re.compile(r"<Ntry>.*?</Ntry>\n", re.DOTALL),
    "alipay": re.compile(r"^2026-.*\n", re.MULTILINE),
    "wechat": re.compile(r"^2026-.*\n", re.MULTILINE),
}
FORMS = tuple(FILES)
# How many lines of each month become events, are left out, and are not categorised.
COUNTS = {"ofx": (8, 0, 2), "camt": (9, 2, 1), "alipay": (7, 2, 1), "wechat": (6, 4, 1)}


def month(form: str) -> str:
    """The text of a month."""
    return (MONTH / FILES[form]).read_text(encoding="utf-8")


def movements(form: str) -> list[str]:
    """The movements of a month, as they are written."""
    return MOVEMENTS[form].findall(month(form))


def export(form: str, chosen: list[str] | None = None) -> bytes:
    """The bytes of a month, or of other movements in its place."""
    text = month(form)
    if chosen is not None:
        found = list(MOVEMENTS[form].finditer(text))
        text = text[: found[0].start()] + "".join(chosen) + text[found[-1].end() :]
        text = re.sub("共[0-9]+笔", f"共{len(chosen)}笔", text)
    ends = "\n" if form == "camt" else "\r\n"
    return text.replace("\n", ends).encode(ENCODINGS[form])


def only(found: Export) -> Line:
    """The first line of an export in which nothing is torn."""
    assert found.torn == ()
    return found.lines[0]
