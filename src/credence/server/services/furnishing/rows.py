"""Rows as furnishers send them: read from a body in one go, or row by row where one cannot be read."""

import re
from typing import Literal

import msgspec

from credence.errors import InvalidRequestError

ROWS_MOST = 10_000
Form = Literal["json", "lines"]
Value = str | int | float | bool | None
WHERE = re.compile(r" - at `\$\.?([^`]*)`$")


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """An event as a furnisher sends it; what is missing is told later, with all else that is wrong."""

    event_id: str | None = None
    person: str | None = None
    kind: str | None = None
    occurred_at: str | None = None
    reported_at: str | None = None
    replaces: str | None = None
    retracts: str | None = None
    evidence: str | None = None
    fields: dict[str, Value] = msgspec.field(default_factory=dict)


class Fault(msgspec.Struct):
    """What is wrong with a row: the field ("" for the row as a whole), and a sentence."""

    field: str
    detail: str


LIST = msgspec.json.Decoder(list[Row])
ONE = msgspec.json.Decoder(Row)
RAW_ONE = msgspec.json.Decoder(msgspec.Raw)
RAW = msgspec.json.Decoder(list[msgspec.Raw])
Sent = list[Row | Fault]


def read(body: bytes, form: Form) -> Sent:
    """The rows of a body, in order; one that cannot be read is a fault, and the others are taken.

    Raises:
        InvalidRequestError: The body is no JSON at all, has no rows, or too many.
    """
    rows: Sent = _lines(body) if form == "lines" else _array(body)
    if not 1 <= len(rows) <= ROWS_MOST:
        sentence = f"Send 1 to {ROWS_MOST:,} events at a time; these are {len(rows):,}."
        raise InvalidRequestError(sentence)
    return rows


def _lines(body: bytes) -> Sent:
    try:
        return list(ONE.decode_lines(body))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return [_one(line) for line in body.split(b"\n") if line.strip()]


def _array(body: bytes) -> Sent:
    try:
        if body.lstrip()[:1] == b"{":
            return [ONE.decode(body)]
        return list(LIST.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _each(body)


def _each(body: bytes) -> Sent:
    try:
        rows = RAW.decode(body) if body.lstrip()[:1] == b"[" else [RAW_ONE.decode(body)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        sentence = f"The body is not JSON: {error}."
        raise InvalidRequestError(sentence) from None
    return [_one(bytes(row)) for row in rows]


def _one(text: bytes) -> Row | Fault:
    try:
        return ONE.decode(text)
    except msgspec.ValidationError as error:
        said = WHERE.search(str(error))
        sentence = WHERE.sub("", str(error)).replace("`", "'")
        name = said[1].split(".")[0].split("[")[0] if said else ""
        return Fault(name, f"{sentence}.")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Fault("", "This is not a JSON object.")
