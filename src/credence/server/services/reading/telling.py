"""What is told of a score at each level of detail, and nothing more; the record keeps the same."""

from collections.abc import Awaitable, Callable
from typing import Any

from credence.errors import ConsentMissingError, InvalidRequestError
from credence.scorecards.model import Scorecard
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.levels import LEVELS, rank
from credence.server.services.reading.scores import Score

THRESHOLD, BAND, SCORE, REASONS, STATEMENT = range(len(LEVELS))
NO_SCORE = "no_score"


async def told(
    grant: Grant,
    score: Score | None,
    card: Callable[[Score], Awaitable[Scorecard]],
    at_least: int | None = None,
) -> dict[str, Any]:
    """What is told of a score under a grant.

    Args:
        grant: The grant, which says the level.
        score: The score; None where there never was one.
        card: Gives the definition; asked only where a level needs it.
        at_least: The number asked about, at the level `threshold`.

    Raises:
        ConsentMissingError: The consent is for another number.
        InvalidRequestError: The level `threshold` asks for no number, or another level for one.
    """
    level = rank(grant.level)
    _check_number(grant, at_least)
    facts: dict[str, Any] = {} if at_least is None else {"at_least": at_least}
    if grant.alert_until is not None:
        facts["fraud_alert_until"] = grant.alert_until
    if score is None:
        return facts | {"outcome": NO_SCORE}
    facts |= {"scorecard": score.scorecard, "version": score.version}
    facts |= {"as_of": score.as_of, "known_at": score.known_at, "outcome": _outcome(score, at_least)}
    facts |= {"band": score.band} if level >= BAND else {}
    facts |= {"score": score.score} if level >= SCORE else {}
    if level < REASONS:
        return facts
    definition = await card(score)
    facts |= _reasons(score, definition)
    return facts | (_lines(score, definition) if level >= STATEMENT else {})


def _check_number(grant: Grant, at_least: int | None) -> None:
    if (grant.level == LEVELS[THRESHOLD]) != (at_least is not None):
        sentence = f"at_least is the number asked at the level '{LEVELS[THRESHOLD]}', and there alone."
        raise InvalidRequestError(sentence, {"/at_least": sentence})
    if grant.at_least not in (None, at_least) and at_least is not None:
        raise ConsentMissingError


def _outcome(score: Score, at_least: int | None) -> str:
    if score.score is None:
        return NO_SCORE
    if at_least is None:
        return "score"
    return "yes" if score.score >= at_least else "no"


def _reasons(score: Score, card: Scorecard) -> dict[str, Any]:
    codes = score.reasons if score.score is not None else tuple(filter(None, [score.unscorable]))
    sentences = card.reasons | {rule.code: rule.sentence for rule in card.scorable_when}
    return {"reasons": [{"code": code, "sentence": sentences.get(code, code)} for code in codes]}


def _lines(score: Score, card: Scorecard) -> dict[str, Any]:
    pairs = zip(card.characteristics, score.lines, strict=True)
    lines = [
        {
            "characteristic": one.name, "question": one.question, "attribute": attribute, "points": points,
            "points_most": one.points_most,
        }
        for one, (_, attribute, points) in pairs
    ]  # fmt: skip
    return {"points_base": card.points_base, "range": card.range, "lines": lines}
