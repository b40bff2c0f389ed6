"""What a partner is told, or was, in the words of whoever looks, and exactly as it is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from credence.server.services.reading.on_file import NAME as ON_FILE
from credence.server.web.forms import day, moment
from credence.server.web.person.words import PLAIN, Words, words_in
from credence.server.web.texts import say

BRIEF = ("outcome", "score", "band")


@dataclass(frozen=True)
class Line:
    """A line as it is sent: the points of a question, of the most possible (None: nothing limits it)."""

    question: str
    points: int
    most: int | None


@dataclass(frozen=True)
class Sent:
    """What is sent: facts with their names, reasons, lines, the person's own words, and all of it exactly.

    `brief` are those of the facts that answer what was asked.
    """

    brief: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]
    words: tuple[str, ...]
    exactly: str


def sent(result: Mapping[str, Any], language: str) -> Sent:
    """What a result tells; a recorded one has moments as texts, and of words on file the ids alone."""
    words = words_in(language, result["scorecard"], result["version"]) if "version" in result else PLAIN
    said = [one["text"] if isinstance(one, Mapping) else str(one) for one in result.get(ON_FILE, [])]
    facts = [
        (name, (say(language, f"sent.{name}"), value)) for name, value in _facts(result, words, language)
    ]
    return Sent(
        tuple(fact for name, fact in facts if name in BRIEF),
        tuple(fact for _, fact in facts),
        tuple(words.reasons.get(one["code"], one["sentence"]) for one in result.get("reasons", [])),
        tuple(_line(one, words) for one in result.get("lines", [])),
        tuple(said),
        msgspec.json.format(msgspec.json.encode(result), indent=2).decode(),
    )


def _facts(result: Mapping[str, Any], words: Words, language: str) -> Iterator[tuple[str, str]]:
    """The facts that are there, by the names of their texts."""
    if "outcome" in result:
        number = result.get("at_least", "")
        yield "outcome", say(language, f"sent.outcome_{result['outcome']}", number=number)
    if result.get("score") is not None:
        yield "score", str(result["score"])
    if result.get("band") is not None:
        yield "band", words.band(result["band"])
    if result.get("scorecard") is not None:
        yield "scorecard", words.title or result["scorecard"]
    if result.get("as_of") is not None:
        yield "as_of", day(result["as_of"], language)
    if result.get("known_at") is not None:
        yield "known_at", _moment(result["known_at"], language)
    if result.get("fraud_alert_until") is not None:
        yield "fraud_alert", _moment(result["fraud_alert_until"], language)


def _line(one: Mapping[str, Any], words: Words) -> Line:
    question = words.question(one["characteristic"], one["question"])
    return Line(question, one["points"], one["points_most"])


def _moment(value: datetime | str, language: str) -> str:
    return moment(datetime.fromisoformat(value) if isinstance(value, str) else value, language)
