"""What a letter says, whatever it is shown as: a title, and parts with paragraphs and lists."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from credence.errors import CredenceError
from credence.scorecards.load import load_scorecard, shipped_names
from credence.server.services.deciding.decisions import DECLINE, Made
from credence.server.services.deciding.letters.texts import LANGUAGES, rights, sentences
from credence.server.services.deciding.reviews import Review
from credence.server.services.deciding.told import Clause, Told
from credence.server.settings import Settings


@dataclass(frozen=True)
class Part:
    """A part of a letter: a heading, paragraphs, points of a list, and rows, each a text and a number."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Letter:
    """A letter, ready to be shown.

    Attributes:
        language: The language it is in.
        title: Its title.
        sender: Who sends it.
        about: Short lines under the title: the day, the decision's id.
        parts: Its parts, in order; the first has no heading.
        made_at: The instant of the decision.
    """

    language: str
    title: str
    sender: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    made_at: datetime


def letter_of(made: Made, settings: Settings, language: str, settled: Review | None = None) -> Letter:
    """The letter about a decision against a person.

    Args:
        made: The decision, whole.
        settings: The bureau's name, address and jurisdiction.
        language: The person's; English if there are no texts in it.
        settled: How somebody of the partner settled it, where the policy had passed it on.
    """
    assert made.told is not None, "a letter is about a whole decision"
    language = language if language in LANGUAGES else LANGUAGES[0]
    words, kept = sentences()[language], made.told
    said = _said(made, kept, settings)
    intro = tuple(words[name].format(**said) for name in ("intro", "rule", "said"))
    if settled is not None:
        assert settled.answered_at is not None, "it was settled some time"
        day = settled.answered_at.date().isoformat()
        intro += (words["settled"].format(**said | {"day": day, "reason": settled.reason}),)
    rows = tuple(_asks(clause, words) for clause in _missed(kept))
    contest = tuple(words[name].format(**said) for name in ("statement", "dispute", "review", "questions"))
    law = tuple(text.format(**said) for text in rights()[settings.jurisdiction][language])
    parts = (
        Part("", intro),
        Part(words["score"], _score(kept, words, said)),
        Part(words["reasons"], points=_reasons(kept, language)),
        Part(words["distance"], points=rows),
        Part(words["decided"], (words["who"].format(**said),)),
        Part(words["contest"], points=contest),
        Part(words["law"], (*law, words["contact"].format(**said))),
    )
    about = words["date"].format(**said), words["number"].format(**said)
    shown = tuple(part for part in parts if part.paragraphs or part.points)
    return Letter(language, words["title"], settings.bureau, about, shown, made.made_at)


def _said(made: Made, kept: Told, settings: Settings) -> dict[str, str]:
    """What is put into the sentences."""
    return {
        "partner": made.partner, "bureau": settings.bureau, "url": settings.public_url,
        "day": made.made_at.date().isoformat(), "decision": made.decision_id,
        "outcome": kept.outcome.replace("_", " "), "title": kept.title, "policy": made.policy,
        "reason": kept.reason, "as_of": kept.as_of.isoformat(), "scorecard": kept.scorecard,
    }  # fmt: skip


def _score(kept: Told, words: dict[str, str], said: dict[str, str]) -> tuple[str, ...]:
    card = words["card"].format(**said | {"title": kept.scorecard_title})
    if kept.score is None:
        return words["no_score"].format(**said, why=kept.unscorable_sentence or kept.unscorable), card
    if kept.range is None:
        return words["score_plain"].format(**said, score=kept.score), card
    least, most = kept.range
    return words["score_is"].format(**said, score=kept.score, least=least, most=most), card


def _reasons(kept: Told, language: str) -> tuple[str, ...]:
    """The sentences of the reasons, in the person's language where the scorecard has it."""
    known = _translated(kept.scorecard, language)
    return tuple(known.get(reason.code, reason.sentence) for reason in kept.reasons)


@lru_cache(100)
def _translated(scorecard: str, language: str) -> dict[str, str]:
    if scorecard.partition("@")[0] not in shipped_names():
        return {}
    try:
        return load_scorecard(scorecard, language=language).reasons
    except CredenceError:
        # The version is shipped no more, or its texts are in no such language: the decision has its own.
        return {}


def _missed(kept: Told) -> list[Clause]:
    """What was not met of the rows that would not have been against the person, each once."""
    better = [row for row in kept.rows if row.meaning not in (DECLINE, kept.meaning)]
    return list(dict.fromkeys(clause for row in better for clause in row.clauses if not clause.met))


def _asks(clause: Clause, words: dict[str, str]) -> str:
    if clause.subject == "score" and clause.distance is not None:
        name = "lacks_more" if clause.distance > 0 else "lacks_fewer"
        return words[name].format(asks=clause.asks, lacks=abs(clause.distance))
    return words["asks"].format(asks=clause.asks)
