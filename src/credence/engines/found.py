"""What an engine finds about one person: an answer, a line of the scorecard, the whole row."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from credence.events.log import Event

Value = int | float | str | date | None


@dataclass(frozen=True)
class Found:
    """An answer: what is shown, the exact quotient where it is one, and the places of its events."""

    value: Value
    top: int | None = None
    bottom: int | None = None
    events: tuple[int, ...] = ()

    @property
    def exact(self) -> Fraction | float | None:
        """The answer as it is compared; None for a text or a missing one."""
        if self.top is not None and self.bottom is not None:
            return Fraction(self.top, self.bottom)
        if isinstance(self.value, float):
            return self.value
        return Fraction(self.value) if isinstance(self.value, int) else None


@dataclass(frozen=True)
class Line:
    """One characteristic of one person: its answer, attribute and points (None without a score)."""

    characteristic: str
    found: Found
    attribute: str
    points: int | None
    reason: str | None
    evidence: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Row:
    """A result row: the score or the code of why there is none, the band, the reasons and the lines."""

    score: int | None
    band: str | None
    unscorable: str | None
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]
