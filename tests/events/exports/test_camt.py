from pathlib import Path

import pytest

from credence.errors import DefinitionError
from credence.events.exports.camt import read
from credence.events.exports.lines import Export, Line
from tests.events.exports.samples import export, month, movements

ENTRY = """<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-10-05</Dt></BookgDt><AcctSvcrRef>R-1</AcctSvcrRef><BkTxCd><Prtry><Cd>NTRF+116</Cd></Prtry></BkTxCd>{}</Ntry>
"""
DETAILS = "<NtryDtls><TxDtls>{}</TxDtls></NtryDtls>"
PARTIES = "<RltdPties><Dbtr><Nm>Ana Roth</Nm></Dbtr><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>"
PART = '<TxDtls>{}<AmtDtls><TxAmt><Amt Ccy="{}">{}</Amt></TxAmt></AmtDtls></TxDtls>'


def read_text(folder: Path, text: str) -> Export:
    (folder / "a.xml").write_text(text, encoding="utf-8")
    return read(folder / "a.xml")


def read_entry(folder: Path, details: str = "", old: str = "", new: str = "") -> list[Line]:
    """The lines of one entry."""
    (folder / "a.xml").write_bytes(export("camt", [ENTRY.format(details).replace(old, new)]))
    found = read(folder / "a.xml")
    assert found.torn == ()
    return list(found.lines[:-1])


def test_every_entry_part_and_closing_balance_of_a_month_is_a_line(tmp_path: Path) -> None:
    found = read_text(tmp_path, month("camt"))
    assert found.torn == ()
    assert len(found.lines) == len(movements("camt")) + 2  # one entry has two parts
    first, balance = found.lines[0], found.lines[-1]
    assert (first.occurred_at, first.minor, first.direction) == ("2026-10-05", 245000, "in")
    assert first.said.category == "PMNT-RCDT-ESCT PURPOSE-SALA"
    assert (first.said.counterparty, first.said.description) == ("Acme GmbH", "Oktober")
    assert (balance.said.category, balance.minor, balance.occurred_at) == ("BALANCE", 119811, "2026-10-31")


def test_later_versions_say_the_same_one_element_deeper(tmp_path: Path) -> None:
    older = read_text(tmp_path, month("camt"))
    text = month("camt").replace("camt.053.001.02", "camt.053.001.08")
    text = text.replace("<Sts>", "<Sts><Cd>").replace("</Sts>", "</Cd></Sts>")
    for side in ("Dbtr", "Cdtr"):
        text = text.replace(f"<{side}><Nm>", f"<{side}><Pty><Nm>").replace(
            f"</Nm></{side}>", f"</Nm></Pty></{side}>"
        )
    assert read_text(tmp_path, text) == older


def test_a_statement_may_lie_in_an_envelope(tmp_path: Path) -> None:
    head, body = month("camt").split("\n", 1)
    assert read_text(tmp_path, f"{head}<Envelope><AppHdr/>{body}</Envelope>").lines


def test_a_batch_is_its_parts_where_they_add_up(tmp_path: Path) -> None:
    parts = PART.format(PARTIES, "EUR", "10.00") + PART.format("", "EUR", "20.00")
    lines = read_entry(tmp_path, f"<NtryDtls>{parts}</NtryDtls>")
    assert [(line.minor, line.said.counterparty) for line in lines] == [(1000, "Shop"), (2000, "")]
    assert len({line.said.part for line in lines}) == 2


@pytest.mark.parametrize(
    "parts",
    [
        PART.format("", "EUR", "10.00") + PART.format("", "EUR", "19.00"),
        PART.format("", "USD", "10.00") + PART.format("", "USD", "20.00"),
        PART.format("<CdtDbtInd>CRDT</CdtDbtInd>", "EUR", "10.00") + PART.format("", "EUR", "20.00"),
        "<TxDtls/><TxDtls/>",
    ],
)
def test_a_batch_whose_parts_do_not_add_up_is_one_line(parts: str, tmp_path: Path) -> None:
    (line,) = read_entry(tmp_path, f"<NtryDtls>{parts}</NtryDtls>")
    assert (line.minor, line.said.counterparty) == (3000, "")


@pytest.mark.parametrize(
    ("details", "party"),
    [
        (PARTIES, "Shop"),
        (f"<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>{PARTIES}", "Ana Roth"),
        ("<RltdPties><UltmtCdtr><Nm>Club</Nm></UltmtCdtr><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>", "Club"),
    ],
)
def test_the_other_party_is_who_was_paid(details: str, party: str, tmp_path: Path) -> None:
    (line,) = read_entry(tmp_path, DETAILS.format(details))
    assert line.said.counterparty == party


def test_a_payment_that_came_back_keeps_the_party_it_went_to(tmp_path: Path) -> None:
    came_back = "<CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd>"
    (line,) = read_entry(tmp_path, DETAILS.format(PARTIES), "<CdtDbtInd>DBIT</CdtDbtInd>", came_back)
    assert (line.direction, line.said.counterparty, line.said.own_account) == ("in", "Shop", False)
    assert line.said.category == "NTRF+116 REVERSAL"


@pytest.mark.parametrize(
    ("details", "own"),
    [
        (PARTIES.replace("Shop", "ana roth"), True),
        (PARTIES, False),
        ("", None),
        (
            "<RltdPties><CdtrAcct><Id><IBAN>DE02 1203 0000 0000 2020 51</IBAN></Id></CdtrAcct></RltdPties>",
            True,
        ),
    ],
)
def test_the_other_side_is_ones_own_where_the_file_says_so(details: str, own: object, tmp_path: Path) -> None:
    (line,) = read_entry(tmp_path, DETAILS.format(details))
    assert line.said.own_account is own


@pytest.mark.parametrize(
    ("entry_reference", "own_reference", "reference"),
    [("R-1", "", "R-1"), ("NONREF", "T-1", "T-1"), ("NONREF", "NOTPROVIDED", "")],
)
def test_a_reference_that_is_none_is_no_reference(
    entry_reference: str, own_reference: str, reference: str, tmp_path: Path
) -> None:
    details = DETAILS.format(f"<Refs><AcctSvcrRef>{own_reference}</AcctSvcrRef></Refs>")
    (line,) = read_entry(tmp_path, details, "R-1", entry_reference)
    assert line.said.reference == reference


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("2026-10-05", "2026-13-05", "occurred_at"),
        ("<Dt>2026-10-05</Dt>", "", "occurred_at"),
        ("DBIT", "BOTH", "amount"),
        ('<Amt Ccy="EUR">30.00</Amt>', "", "amount"),
    ],
)
def test_an_entry_that_cannot_be_read_is_told(old: str, new: str, field: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(export("camt", [ENTRY.format("").replace(old, new)]))
    assert [(torn.row, torn.field) for torn in read(tmp_path / "a.xml").torn] == [(1, field)]


@pytest.mark.parametrize(
    ("status", "said"), [("<Sts>BOOK</Sts>", ""), ("<Sts>PDNG</Sts>", "PDNG"), ("", "unknown")]
)
def test_only_what_is_booked_has_no_status(status: str, said: str, tmp_path: Path) -> None:
    (line,) = read_entry(tmp_path, "", "<Sts>BOOK</Sts>", status)
    assert line.said.status == said


def test_a_closing_balance_that_says_nothing_is_told(tmp_path: Path) -> None:
    text = month("camt").replace('<Amt Ccy="EUR">1198.11</Amt>', "")
    assert [torn.field for torn in read_text(tmp_path, text).torn] == ["amount"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (month("camt")[:-30], "This is not XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
    ],
)
def test_broken_and_hostile_files_are_refused(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=sentence):
        read_text(tmp_path, text)
