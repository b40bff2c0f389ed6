"""A hash of what gives points, and of no word: figures belong to a scorecard as long as it stays."""

from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256

import msgspec

from credence.scorecards.model import MISSING, Scorecard
from credence.scorecards.written import definition_of

# What may be put into words, or be said of an input, without another point for anybody.
WORDS = ("reason", "label", "context")


def points_hash(scorecard: Scorecard) -> str:
    """The hash of base, measures, tests and points, which no reason, question, label or context moves."""
    definition = definition_of(scorecard)
    asked = definition["characteristics"]
    assert isinstance(asked, dict), "characteristics are a mapping"
    content = {name: _asked(entries) for name, entries in asked.items()}
    text = msgspec.json.encode([scorecard.points_base, content], enc_hook=_number, order="deterministic")
    return sha256(text).hexdigest()


def _asked(entries: Mapping[str, object]) -> dict[str, object]:
    kept = ("months", "measure", "points_each", "attributes", MISSING)
    return {name: _bare(part) for name, part in entries.items() if name in kept}


def _bare(part: object) -> object:
    if isinstance(part, dict):
        # That there is no score is kept, and not the code that says why.
        return {
            name: None if name == "unscorable" else _bare(value)
            for name, value in part.items()
            if name not in WORDS
        }
    return [_bare(item) for item in part] if isinstance(part, list) else part


def _number(number: object) -> str:
    assert isinstance(number, Fraction), "there are no other values"
    return str(number)
