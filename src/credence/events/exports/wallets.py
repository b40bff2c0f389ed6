"""Bills of wallets: CSV with notes before the headings, in the encoding of the wallet's day."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import StringIO
from pathlib import Path

from credence.errors import IntakeError
from credence.events.exports.documents import decoded, not_of_form, read_bytes
from credence.events.exports.lines import IN, NEITHER, OUT, Draft, Export, Torn, read_lines

DIRECTIONS = {"收入": IN, "支出": OUT}
REFUND, RULE = "退款", "----"
CURRENCY = "CNY"
# Both wallets write the clock of Beijing, wherever the person is.
OFFSET = "+08:00"
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
RECORDS = re.compile(r"共\s*([0-9]+)\s*笔记录")
CELL_MOST = 200
UNREADABLE = "it is neither UTF-8 nor GBK text. Give it as it was downloaded, or save it as CSV (UTF-8)."


@dataclass(frozen=True)
class Wallet:
    """How a wallet names its columns; a part of a line may be made of several, or have several names.

    `needed` are the columns by which the headings are known, each with the names it has had.
    """

    form: str
    when: tuple[str, ...]
    amount: tuple[str, ...]
    reference: tuple[str, ...]
    category: tuple[str, ...]
    description: tuple[str, ...]
    account: tuple[str, ...]
    status: tuple[str, ...]

    @property
    def needed(self) -> tuple[tuple[str, ...], ...]:
        """The columns without which a row is not the headings."""
        return (self.when, self.amount, self.reference, self.status, ("收/支",), ("交易对方",))


def read_wallet(path: Path, wallet: Wallet) -> Export:
    """Read every row of a bill.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: It is something else than a bill of this wallet.
    """
    data = read_bytes(path, wallet.form)
    text = decoded(data)
    if text is None:
        raise IntakeError(path, UNREADABLE)
    rows = _rows(text)
    headings: list[str] = []
    for _, cells in rows:
        if all(any(name in cells for name in names) for names in wallet.needed):
            headings = cells
            break
    if not headings:
        raise not_of_form(path, wallet.form, data)
    export = read_lines(_drafts(rows, headings, wallet), _instant)
    return replace(export, notes=tuple(_notes(text, export)))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins; cells without the spaces and tabs around them."""
    lines = StringIO(text.replace("\0", ""), newline="")
    reader = csv.reader(lines)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = ["\0"]
        yield before + 1, [cell.strip() for cell in cells]
        before = reader.line_num


def _drafts(
    rows: Iterator[tuple[int, list[str]]], headings: list[str], wallet: Wallet
) -> Iterator[Draft | Torn]:
    for place, cells in rows:
        if cells and cells[0].startswith(RULE):
            return
        if not any(cells):
            continue
        if len(cells) == len(headings):
            yield _draft(place, dict(zip(headings, cells, strict=True)), wallet)
        else:
            yield Torn(0, "", ",".join(cells)[:CELL_MOST], _said_of_width(len(cells), len(headings)))


def _said_of_width(given: int, width: int) -> str:
    said = f"the row has {given} cells where the headings have {width}"
    return f"{said}; does a text hold a comma?" if given > width else f"{said}; was the file cut?"


def _draft(place: int, cells: dict[str, str], wallet: Wallet) -> Draft:
    def first(names: tuple[str, ...]) -> str:
        return next((cells[name] for name in names if cells.get(name)), "")

    category = " ".join(cells[name] for name in wallet.category if cells.get(name))
    status, description, reference = first(wallet.status), first(wallet.description), first(wallet.reference)
    refunded = REFUND in category or status.startswith(REFUND) or description.startswith(REFUND)
    account = first(wallet.account)
    return Draft(
        place,
        first(wallet.when),
        first(wallet.amount),
        CURRENCY,
        DIRECTIONS.get(cells.get("收/支", ""), NEITHER),
        cells.get("交易对方", ""),
        description,
        category,
        status,
        "" if account == "/" else account,
        reference=reference,
        part="refund" if refunded else "",
        order=reference,
    )


def _instant(text: str) -> str | None:
    for form in TIMES:
        try:
            return f"{datetime.strptime(text, form).isoformat()}{OFFSET}"  # noqa: DTZ007 - it has its offset
        except ValueError:
            continue
    return None


def _notes(text: str, export: Export) -> Iterator[str]:
    found = RECORDS.search(text)
    rows = len(export.lines) + len(export.torn)
    if found and int(found[1]) != rows:
        yield f"The file says that it has {int(found[1]):,} records, and {rows:,} are in it. Is it whole?"
