"""Text for the terminal: as wide as it looks, wrapped where its script allows, with nothing hidden in it."""

import re
import unicodedata

from rich.cells import cell_len, chop_cells

# Scripts written without spaces: a line may end after any of their characters.
WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003fffd"
# ... but none begins with one of these.
CLOSING = "\u3001\u3002\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u201d\u2019"
PIECES = re.compile(rf"\s*(?:[{WIDE}]|[^\s{WIDE}]+)[{CLOSING}]*")
# Marks that turn the direction of what follows, and can make a text look like another.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text with a mark in place of each character that would steer the terminal."""
    return "".join("\ufffd" if _steers(letter) else letter for letter in text)


def _steers(letter: str) -> bool:
    return letter in TURNING or (unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n")


def wrap(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """The text in lines of at most so many columns; the first and the others begin with their indents."""
    lines, line, text = [], first, " ".join(plain(text).split())
    for piece in PIECES.findall(text):
        joined = line + (piece if line.strip() else piece.lstrip())
        if line.strip() and cell_len(joined) > width:
            lines.append(line)
            joined = others + piece.lstrip()
        line = joined
        while cell_len(line) > width:
            head = chop_cells(line, width)[0]
            lines.append(head)
            line = others + line[len(head) :]
    return [*lines, line] if text else []


def padded(text: str, width: int) -> str:
    """The text with spaces after it, up to so many columns."""
    return text + " " * max(0, width - cell_len(text))
