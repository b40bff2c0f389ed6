"""Reasons as a program words them from the name of a question, and whether nobody reworded one yet."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files

from credence.scorecards.lines import said
from credence.yaml_file import parse

# So many values of a category are named in a reason.
NAMED = 5
UNKNOWN = ("unknown", "is not known")
TOGETHER = ("together", "together give fewer points than other answers do")
# What follows the name of a question in a reason that a program worded.
WORDED = re.compile(
    r" ((?:is|are) (not known|low|high|a number, and another kind of answer gives more points|'.*'( or .*)?"
    r"|-?[0-9.]+( or .*)?|another one)|together give fewer points than other answers do)"
)


# How names are put that leave words out: a number of days, 30 to 59 days, 6 months.
PHRASES = (
    (r"^(number|percent) (?!of\b)", r"\1 of "),
    (r"\bof of\b", "of"),
    (r"\b(\d+) (\d+) (?=(?:days|weeks|months|years)\b)", r"\1 to \2 "),
    (r"(?<=\d )m\b|\bm(?= (?:since|in)\b)", "months"),
)
# What a name is of stands before these, and says whether it is one or many.
AFTER_HEAD = re.compile(r" (?:of|since|in|for|with|to|from|by|last|ever|never|per|beside)\b.*")
MANY = re.compile(r"\w*[^\Wsui]s")


@cache
def abbreviations() -> dict[str, str]:
    """What shortened words of names stand for."""
    text = files("credence.scorecards").joinpath("abbreviations.yaml").read_text(encoding="utf-8")
    entries = parse(text, "abbreviations.yaml").entries()
    return {short: node.text() for short, node in entries.items()}


def in_words(name: str) -> str:
    """The name of a characteristic in words, shortened ones in full: number of trades for num_trades."""
    text = " ".join(abbreviations().get(word, word) for word in name.split("_"))
    for pattern, put in PHRASES:
        text = re.sub(pattern, put, text)
    return text


def are_many(name: str) -> bool:
    """Whether the name of a characteristic is of many, as savings are."""
    head = AFTER_HEAD.sub("", in_words(name)).split()
    return MANY.fullmatch(head[-1]) is not None


def question(name: str) -> str:
    """A question from the name of a characteristic."""
    return f"What {'are' if are_many(name) else 'is'} the {in_words(name)}?"


def titled(name: str) -> str:
    """The name of a characteristic in words, as a sentence begins."""
    words = in_words(name)
    return words[:1].upper() + words[1:]


def sentence(name: str, words: str) -> str:
    """The sentence of a reason."""
    return f"{titled(name)} {re.sub('^is ', 'are ', words) if are_many(name) else words}"


def of_bin(number: int, best: int) -> tuple[str, str]:
    """Why a bin is below the best, by where it stands beside the best of the bins: a code, and words."""
    if number == best:
        return "number", "is a number, and another kind of answer gives more points"
    return ("low", "is low") if number < best else ("high", "is high")


def of_values(values: Sequence[str | Fraction], *, rest: bool) -> str:
    """Why some values are below the best, in words; `rest` says whether all that are not named are, too."""
    named = [f"'{value}'" if isinstance(value, str) else said(value) for value in values[:NAMED]]
    more = [f"one of {len(values) - NAMED} more"] if len(values) > NAMED else []
    return f"is {' or '.join([*named, *more, *(['another one'] if rest else [])])}"


def is_proposed(name: str, reason: str, *, crossed: bool = False) -> bool:
    """Whether a reason of a characteristic still has the words that a program gave it.

    Of crossed answers a program says what they are, which a person says without the name of the crossing.
    """
    title = titled(name)
    if not reason.startswith(title):
        return False
    words = reason.removeprefix(title)
    return WORDED.fullmatch(words) is not None or (crossed and words.startswith(" is "))
