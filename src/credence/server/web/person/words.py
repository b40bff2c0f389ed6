"""What a scorecard says, in the language of whoever reads, where its texts have it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from credence.errors import CredenceError
from credence.scorecards.load import load_scorecard, shipped_names
from credence.scoring.spoken import spoken
from credence.scoring.statement import Statement, StatementReason, Wanting

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """Texts in another language by what they stand for; what is missing is said as the scorecard has it."""

    title: str | None = None
    questions: Texts = field(default_factory=dict)
    categories: Texts = field(default_factory=dict)
    reasons: Texts = field(default_factory=dict)
    bands: Texts = field(default_factory=dict)
    language: str = ""

    def answer(self, said: str) -> str:
        """An answer in words, or what is known or needed."""
        return spoken(said, self.language)

    def question(self, characteristic: str, said: str) -> str:
        """The question of a characteristic."""
        return self.questions.get(characteristic, said)

    def category(self, name: str | None, said: str) -> str:
        """The title of a category."""
        return self.categories.get(name or "", said)

    def band(self, said: str | None) -> str:
        """The name of a band."""
        return self.bands.get(said or "", said or "")

    def reason(self, reason: StatementReason | Wanting) -> str:
        """The sentence of a reason, or of what is lacking."""
        return self.reasons.get(reason.code, reason.sentence)


PLAIN = Words()


def words_for(language: str, statement: Statement) -> Words:
    """The words of a statement's scorecard in a language."""
    return words_in(language, statement.scorecard, statement.version)


def words_in(language: str, scorecard: str, version: int) -> Words:
    """The words of a version of a scorecard in a language."""
    return PLAIN if language == "en" else _translated(language, scorecard, version)


@lru_cache(100)
def _translated(language: str, name: str, version: int) -> Words:
    if name not in shipped_names():
        return Words(language=language)
    try:
        plain = load_scorecard(f"{name}@{version}")
        said = load_scorecard(f"{name}@{version}", language=language)
    except CredenceError:
        # The version is shipped no more, or has no texts in the language.
        return Words(language=language)
    return Words(
        said.title,
        {one.name: one.question for one in said.characteristics},
        {name: one.title for name, one in said.categories.items()},
        said.reasons | {rule.code: rule.sentence for rule in said.scorable_when},
        {one.name: other.name for one, other in zip(plain.bands, said.bands, strict=True)},
        language,
    )
