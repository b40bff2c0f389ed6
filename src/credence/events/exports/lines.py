"""Lines of an export: what every format says of one movement, before anyone decides what it was."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from credence.events.exports.money import minor_units

IN, OUT, NEITHER = "in", "out", "neither"
DIRECTIONS = (IN, OUT, NEITHER)
# A row of digits this long may be the number of an account, a card or a telephone.
NUMBERS = re.compile(r"[0-9](?:[ -]?[0-9]){7,}")
SHOWN_DIGITS = 4
TEXT_MOST = 200
NOTHING_SAID = ("", "/", "-", "--")


@dataclass(frozen=True)
class Draft:
    """A line as the file writes it.

    Attributes:
        place: The line of the file where it begins.
        when: Its date or time.
        amount: Its amount; signed where the direction is not said apart.
        currency: Three letters.
        direction: `in`, `out` or `neither`; empty where the sign of the amount says it.
        counterparty: The other party's name.
        description: What the payer or the bank wrote.
        category: The format's own words for what it is, such as `DIRECTDEBIT` or `PMNT-RCDT-SALA`.
        status: Whether it has been carried out, in the format's own words.
        account: Which account it moved on; written into events only masked.
        holder: The account whose statement it is, in full: only hashed, to tell references apart.
        own_account: Whether the other side is an account of the same person; None where nobody can know.
        reference: The export's own number for it.
        part: Which part of what that number names.
        order: The number of a wallet's order.
        correction: `replaces` or `retracts`, where the line corrects another one, and
        target: that one's reference.
    """

    place: int
    when: str
    amount: str
    currency: str
    direction: str = ""
    counterparty: str = ""
    description: str = ""
    category: str = ""
    status: str = ""
    account: str = ""
    holder: str = ""
    own_account: bool | None = None
    reference: str = ""
    part: str = ""
    order: str = ""
    correction: str = ""
    target: str = ""


@dataclass(frozen=True)
class Line:
    """A line that can be read: its number among the export's lines, its time, and its minor units."""

    row: int
    occurred_at: str
    minor: int
    direction: str
    said: Draft


@dataclass(frozen=True)
class Torn:
    """A line that cannot be read: which, what is at fault, and a sentence."""

    row: int
    field: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Export:
    """All lines of a file, each of them either read or torn, and what else wants to be told."""

    lines: tuple[Line, ...]
    torn: tuple[Torn, ...]
    notes: tuple[str, ...] = ()


def read_lines(drafts: Iterable[Draft | Torn], moment: Callable[[str], str | None]) -> Export:
    """Read the amounts and times of drafts; `moment` gives a date or an instant, or None.

    Lines are numbered from 1 in the order of the file.
    """
    read = [_read(row, draft, moment) for row, draft in enumerate(drafts, start=1)]
    lines = tuple(line for line in read if isinstance(line, Line))
    return Export(lines, tuple(line for line in read if isinstance(line, Torn)))


def _read(row: int, draft: Draft | Torn, moment: Callable[[str], str | None]) -> Line | Torn:
    if isinstance(draft, Torn):
        return replace(draft, row=row)
    minor, occurred_at = minor_units(draft.amount, draft.currency), moment(draft.when)
    if occurred_at is None:
        also = "" if minor is not None else f", nor the amount, '{draft.amount} {draft.currency}'"
        return Torn(row, "occurred_at", draft.when, f"the date cannot be read{also}")
    if minor is None:
        sentence = "the amount cannot be read for certain in its currency"
        return Torn(row, "amount", f"{draft.amount} {draft.currency}".strip(), sentence)
    return Line(row, occurred_at, minor, draft.direction or _direction(minor), draft)


def _direction(minor: int) -> str:
    if minor == 0:
        return NEITHER
    return IN if minor > 0 else OUT


def one_line(text: str) -> str:
    """A text on one line; empty where the export only writes a stroke."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return "" if text in NOTHING_SAID else text


def masked(text: str) -> str:
    """A text as events keep it: of every number of eight digits or more only the last four."""
    return NUMBERS.sub(_end, one_line(text))[:TEXT_MOST].strip()


def _end(number: re.Match[str]) -> str:
    digits = [sign for sign in number.group() if sign.isdigit()]
    return f"****{''.join(digits[-SHOWN_DIGITS:])}"


def masked_account(account: str) -> str:
    """An account as events keep it: its last four signs, or the words of a wallet."""
    plain = account.replace(" ", "")
    if sum(sign.isdigit() for sign in plain) <= SHOWN_DIGITS:
        return masked(account)
    return f"****{plain[-SHOWN_DIGITS:]}" if plain.isascii() else masked(account)
