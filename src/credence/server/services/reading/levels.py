"""Levels of detail, each telling what the one before it tells and more, and purposes."""

from credence.errors import InvalidRequestError
from credence.scorecards.live import purposes

LEVELS = ("threshold", "band", "score", "reasons", "statement")
# What the person's own reads, and an operator's, are for.
OWN, OVERSIGHT = "own_view", "oversight"


def rank(level: str) -> int:
    """The place of a level, the least detailed first.

    Raises:
        InvalidRequestError: There is no such level.
    """
    if level not in LEVELS:
        sentence = f"'{level}' is no level of detail. Levels are: {', '.join(LEVELS)}."
        raise InvalidRequestError(sentence, {"/level": sentence})
    return LEVELS.index(level)


def from_on(level: str) -> tuple[str, ...]:
    """The levels that tell at least as much."""
    return LEVELS[rank(level) :]


def check_purpose(purpose: str) -> None:
    """Make sure that somebody may be asked about for a purpose.

    Raises:
        InvalidRequestError: The purpose is not in the closed list, or is the person's own.
    """
    named = [name for name in purposes() if name != OWN]
    if purpose not in named:
        sentence = f"'{purpose}' is no purpose. Purposes are: {', '.join(named)}."
        raise InvalidRequestError(sentence, {"/purpose": sentence})
