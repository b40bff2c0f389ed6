"""CAMT.053: the statement of ISO 20022, from version 2 on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from credence.errors import IntakeError
from credence.events.exports.documents import not_of_form, read_bytes
from credence.events.exports.lines import IN, NEITHER, OUT, Draft, Export, one_line, read_lines
from credence.events.exports.money import minor_units
from credence.xml_file import XmlElement, parse_xml

NAMESPACE = re.compile(
    r"urn:iso:std:iso:20022:tech:xsd:(?P<name>(?P<message>\w+\.\d+)\.\d+\.(?P<version>\d+))"
)
MESSAGE, VERSION_LEAST, STATEMENT = "camt.053", 2, "BkToCstmrStmt"
OTHERS = {
    "camt.052": "an interim report, whose entries may still change",
    "camt.054": "a notice of single entries, which are in the statement again",
}
DIRECTIONS = {"CRDT": IN, "DBIT": OUT}
SIGNS = {"CRDT": "", "DBIT": "-"}
# What banks write where they have no reference.
NO_REFERENCE = ("", "0", "NONREF", "NOTPROVIDED", "NOT PROVIDED")
CLOSING = "CLBD"
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*|[+-]\d{2}:\d{2}|Z)?")


def read(path: Path) -> Export:
    """Read every entry (a batch by its parts, where they add up) and every closing balance.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: It is something else than a CAMT.053 statement.
        DefinitionError: It is XML that is broken, or has a DOCTYPE.
    """
    data = read_bytes(path, "camt")
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").startswith(b"<"):
        raise not_of_form(path, "camt", data)
    root = parse_xml(data, str(path))
    document = root if root.tag == "Document" else next(_below(root, "Document"), root)
    _check(path, document, data)
    statements = list(_below(document, "Stmt"))
    own = {_account(statement) for statement in statements} - {""}
    drafts = [draft for statement in statements for draft in _drafts(statement, own)]
    return read_lines(drafts, _day)


def _check(path: Path, document: XmlElement, data: bytes) -> None:
    named = NAMESPACE.fullmatch(document.namespace)
    if named and named["message"] != MESSAGE:
        what = OTHERS.get(named["message"], "and no bank statement")
        raise IntakeError(path, f"it is {named['name']}, {what}. Ask the bank for camt.053.")
    if named and int(named["version"]) < VERSION_LEAST:
        raise IntakeError(path, f"it is {named['name']}. Versions from camt.053.001.02 on can be read.")
    if document.first(STATEMENT) is None:
        raise not_of_form(path, "camt", data)


def _below(element: XmlElement, tag: str) -> Iterator[XmlElement]:
    for child in element.children:
        if child.tag == tag:
            yield child
        else:
            yield from _below(child, tag)


def _at(element: XmlElement | None, way: str) -> XmlElement | None:
    for tag in way.split("/"):
        element = element.first(tag) if element else None
    return element


def _text(element: XmlElement | None, *ways: str) -> str:
    """The text at the end of the first way (`Acct/Id/IBAN`) that has one."""
    found = (_at(element, way) for way in ways)
    return next((one_line(end.text) for end in found if end and one_line(end.text)), "")


def _account(statement: XmlElement) -> str:
    return _text(statement, "Acct/Id/IBAN", "Acct/Id/Othr/Id").replace(" ", "")


@dataclass(frozen=True)
class _Entry:
    """An entry, and what its statement says of it."""

    element: XmlElement
    account: str
    owner: str
    own: set[str]

    def draft(self, details: XmlElement | None, part: str = "") -> Draft:
        """The entry as one line, with what its details say."""
        entry = self.element
        amount = _at(entry, "Amt")
        indicator = _text(entry, "CdtDbtInd")
        status = _text(entry, "Sts/Cd", "Sts")
        reference = _text(entry, "AcctSvcrRef")
        if reference in NO_REFERENCE:
            reference = _text(details, "Refs/AcctSvcrRef")
        direction = DIRECTIONS.get(indicator, "")
        party, party_account = self.party(details, direction)
        day = _text(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
        written = amount.text if amount and direction else f"{amount.text if amount else ''} {indicator}"
        return Draft(
            entry.line,
            day,
            written,
            amount.attributes.get("Ccy", "") if amount else "",
            direction,
            party,
            _described(entry, details),
            _category(entry, details),
            "" if status == "BOOK" else status or "unknown",
            self.account,
            self.account,
            self.is_own(party, party_account),
            "" if reference in NO_REFERENCE else reference,
            f"{day} {indicator} {written} {part}".strip(),
        )

    def party(self, details: XmlElement | None, direction: str) -> tuple[str, str]:
        """Name and account of the other side: who is paid, or who paid; who was, where it came back."""
        came_back = _at(details, "RtrInf") is not None or _reversed(self.element)
        parties, side = _at(details, "RltdPties"), "Dbtr" if (direction == IN) != came_back else "Cdtr"
        names = [f"{who}/{way}" for who in (f"Ultmt{side}", side) for way in ("Pty/Nm", "Nm")]
        accounts = (f"{side}Acct/Id/IBAN", f"{side}Acct/Id/Othr/Id")
        return _text(parties, *names), _text(parties, *accounts).replace(" ", "")

    def is_own(self, party: str, party_account: str) -> bool | None:
        """Whether the other side is the same person, as far as the file tells."""
        if party_account in self.own:
            return True
        return party.casefold() == self.owner.casefold() if party and self.owner else None


def _drafts(statement: XmlElement, own: set[str]) -> Iterator[Draft]:
    account, owner = _account(statement), _text(statement, "Acct/Ownr/Nm", "Acct/Nm")
    for element in statement.all("Ntry"):
        yield from _parts(_Entry(element, account, owner, own))
    kind = _text(statement, "Acct/Tp/Cd", "Acct/Tp/Prtry")
    for balance in statement.all("Bal"):
        if _text(balance, "Tp/CdOrPrtry/Cd") == CLOSING:
            yield _balance(balance, account, f"BALANCE {kind}".strip())


def _balance(balance: XmlElement, account: str, category: str) -> Draft:
    amount = _at(balance, "Amt")
    currency = amount.attributes.get("Ccy", "") if amount else ""
    written = SIGNS.get(_text(balance, "CdtDbtInd"), "?") + _text(balance, "Amt")
    day = _text(balance, "Dt/Dt", "Dt/DtTm")
    draft = Draft(balance.line, day, written, currency, NEITHER, category=category)
    return replace(draft, account=account, holder=account)


def _parts(entry: _Entry) -> list[Draft]:
    """An entry as lines: a batch by its parts if they add up to it, otherwise as one."""
    details = [below for group in entry.element.all("NtryDtls") for below in group.all("TxDtls")]
    if len(details) <= 1:
        return [entry.draft(next(iter(details), None))]
    whole = entry.draft(None)
    amounts = [_amount_of(below) for below in details]
    minors = [minor_units(text, currency) for text, currency in amounts]
    same = all(currency == whole.currency for _, currency in amounts)
    sides = {_text(below, "CdtDbtInd") for below in details} <= {"", _text(entry.element, "CdtDbtInd")}
    total = minor_units(whole.amount, whole.currency)
    if not (same and sides and None not in minors and sum(m or 0 for m in minors) == total):
        return [whole]
    parts = [entry.draft(below, f"part {number}") for number, below in enumerate(details, start=1)]
    return [
        replace(part, amount=text, place=below.line)
        for part, (text, _), below in zip(parts, amounts, details, strict=True)
    ]


def _amount_of(details: XmlElement) -> tuple[str, str]:
    amount = _at(details, "Amt") or _at(details, "AmtDtls/TxAmt/Amt")
    return (amount.text, amount.attributes.get("Ccy", "")) if amount else ("", "")


def _described(entry: XmlElement, details: XmlElement | None) -> str:
    notes = _at(details, "RmtInf")
    texts = [child.text for child in notes.all("Ustrd")] if notes else []
    texts += [_text(notes, "Strd/CdtrRefInf/Ref"), _text(notes, "Strd/AddtlRmtInf")]
    texts += [_text(details, "AddtlTxInf"), _text(entry, "AddtlNtryInf")]
    return one_line(" ".join(text for text in texts if text))


def _category(entry: XmlElement, details: XmlElement | None) -> str:
    """The codes of an entry: `PMNT-RCDT-SALA`, the bank's own, `PURPOSE-RENT`, `REVERSAL`, `RETURN-AM04`."""
    code = _at(details, "BkTxCd") or _at(entry, "BkTxCd")
    ways = ("Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd")
    purpose, reason = _text(details, "Purp/Cd"), _text(details, "RtrInf/Rsn/Cd")
    words = [
        "-".join(word for word in (_text(code, way) for way in ways) if word),
        _text(code, "Prtry/Cd"),
        f"PURPOSE-{purpose}" if purpose else "",
        "REVERSAL" if _reversed(entry) else "",
        f"RETURN-{reason}" if reason else "",
    ]
    return " ".join(word for word in words if word)


def _reversed(entry: XmlElement) -> bool:
    return _text(entry, "RvslInd") in {"true", "1"}


def _day(text: str) -> str | None:
    found = DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None
