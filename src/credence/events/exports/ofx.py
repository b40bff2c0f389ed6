"""OFX and QFX: statements of banks and cards, 1.x (SGML) and 2.x (XML)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from credence.errors import DefinitionError, Fault, IntakeError
from credence.events.exports.documents import decoded, not_of_form, read_bytes
from credence.events.exports.lines import NEITHER, Draft, Export, read_lines
from credence.events.exports.sgml import parse_sgml
from credence.xml_file import XmlElement, parse_xml

HEAD_BYTES = 4096
START = re.compile(rb"<OFX[\s>/]", re.IGNORECASE)
XML = re.compile(rb"<\?(xml|OFX)\s", re.IGNORECASE)
CHARSET = re.compile(rb"CHARSET:\s*([\w-]+)")
ENCODINGS = {"1252": "cp1252", "NONE": "cp1252", "936": "gb18030", "GBK": "gb18030", "8859-1": "latin-1"}
DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{6}([.][0-9]{3})?)?(\[[^\]]*\])?")
# A statement's element, the element of its account, and the word that its lines begin with.
STATEMENTS = {
    "STMTRS": ("BANKACCTFROM", ""),
    "CCSTMTRS": ("CCACCTFROM", "CARD "),
    "INVSTMTRS": ("INVACCTFROM", "INVESTMENT "),
}
BOOKED, PENDING = "STMTTRN", "STMTTRNP"
CORRECTIONS = {"REPLACE": "replaces", "DELETE": "retracts"}


def read(path: Path) -> Export:
    """Read every transaction and every ledger balance.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: It is something else than OFX.
        DefinitionError: It is OFX that is broken.
    """
    data = read_bytes(path, "ofx")
    if not START.search(data):
        raise not_of_form(path, "ofx", data)
    root = _parsed(path, data)
    statements = list(_all(root, tuple(STATEMENTS)))
    if not statements:
        raise IntakeError(path, "it holds no statement of an account.")
    written = _count(root)
    if sum(map(_count, statements)) != written:
        sentence = "Transactions lie outside any statement, so their account is not known. Download it again."
        raise DefinitionError(str(path), [Fault(root.line, root.path, sentence)])
    return read_lines(_drafts(statements), _day)


def _parsed(path: Path, data: bytes) -> XmlElement:
    if XML.search(data[:HEAD_BYTES]):
        return parse_xml(data, str(path))
    charset = CHARSET.search(data[:HEAD_BYTES])
    named = charset[1].decode() if charset else "NONE"
    text = decoded(data, ("utf-8-sig", ENCODINGS.get(named, named)))
    if text is None:
        sentence = f"The file is neither UTF-8 nor in the encoding it names, {named}. Download it again."
        raise DefinitionError(str(path), [Fault(1, "", sentence)])
    return parse_sgml(text, str(path))


def _count(element: XmlElement) -> int:
    """How many transactions lie in an element."""
    return (element.tag in {BOOKED, PENDING}) + sum(map(_count, element.children))


def _all(element: XmlElement, tags: tuple[str, ...]) -> Iterator[XmlElement]:
    for child in element.children:
        if child.tag in tags:
            yield child
        else:
            yield from _all(child, tags)


def _text(element: XmlElement | None, *tags: str) -> str:
    """The text at the end of a way of tags; empty where the way ends."""
    for tag in tags:
        element = element.first(tag) if element else None
    return element.text if element else ""


def _drafts(statements: list[XmlElement]) -> Iterator[Draft]:
    own = {_text(statement, STATEMENTS[statement.tag][0], "ACCTID") for statement in statements}
    for statement in statements:
        holder, word = STATEMENTS[statement.tag]
        account = _text(statement, holder, "ACCTID")
        full = f"{_text(statement, holder, 'BANKID')} {account}"
        currency = _text(statement, "CURDEF").upper()
        for element in _all(statement, (BOOKED, PENDING)):
            draft = _movement(element, currency, own, word)
            yield replace(draft, account=account, holder=full)
        for balance in statement.all("LEDGERBAL"):
            kind = word.strip() or _text(statement, holder, "ACCTTYPE").upper()
            amount, day = _text(balance, "BALAMT"), _text(balance, "DTASOF")
            said = f"BALANCE {kind}".strip()
            draft = Draft(balance.line, day, amount, currency, NEITHER, category=said)
            yield replace(draft, account=account, holder=full)


def _movement(element: XmlElement, currency: str, own: set[str], word: str) -> Draft:
    to = _text(element, "BANKACCTTO", "ACCTID") or _text(element, "CCACCTTO", "ACCTID")
    target = _text(element, "CORRECTFITID")
    return Draft(
        element.line,
        _text(element, "DTPOSTED"),
        _text(element, "TRNAMT"),
        _text(element, "CURRENCY", "CURSYM").upper() or currency,
        counterparty=_text(element, "NAME") or _text(element, "PAYEE", "NAME"),
        description=_text(element, "MEMO"),
        category=f"{word}{_text(element, 'TRNTYPE').upper()}".strip(),
        status="PENDING" if element.tag == PENDING else "",
        own_account=True if to and to in own else None,
        reference=_text(element, "FITID"),
        correction=CORRECTIONS.get(_text(element, "CORRECTACTION").upper(), "") if target else "",
        target=target,
    )


def _day(text: str) -> str | None:
    """The day as the bank writes it: its clock and its zone are often made up, the day is not."""
    found = DAY.fullmatch(text.replace(" ", ""))
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
