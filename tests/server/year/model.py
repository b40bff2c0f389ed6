"""What should be true of a town: who may be told what of whom, and which events count."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

LEVELS = ("threshold", "band", "score", "reasons", "statement")
BASE = 1000
POINTS = {"repayment.missed": -30, "repayment.made": 0, "family_care.recorded": 50}
MISSED, MADE, CARE = POINTS
BANDS = ((600, "D"), (850, "C"), (970, "B"), (10**6, "A"))


@dataclass
class Said:
    """An event that the log took; `marks` are its suspensions and releases: their day, when known, hides."""

    furnisher: str
    event_id: str
    kind: str
    on: date
    taken_at: datetime
    content: str
    counts_from: date | None = None
    gone_at: datetime | None = None
    marks: list[tuple[date, datetime, bool]] = field(default_factory=list)
    verified: bool = False

    def counts(self, as_of: date, known_at: datetime) -> bool:
        """Whether it counts on a day, as known at an instant."""
        gone = self.gone_at is not None and self.gone_at <= known_at
        hides = [hides for day, known, hides in self.marks if day <= as_of and known <= known_at]
        return self.was_told(as_of, known_at) and not gone and not (hides and hides[-1])

    def was_told(self, as_of: date, known_at: datetime) -> bool:
        """Whether it was known, had happened, and had been told to the person for long enough."""
        told = self.counts_from is None or self.counts_from <= as_of
        return told and self.taken_at <= known_at and self.on < as_of

    def stands(self) -> bool:
        """Whether nothing suspends it now."""
        return not (self.marks and self.marks[-1][2])


@dataclass
class Consent:
    """What a person granted a partner."""

    consent_id: str
    partner: str
    level: str
    at_least: int | None
    ends_at: datetime
    withdrawn: bool = False

    def covers(self, partner: str, level: str, at_least: int | None, now: datetime) -> bool:
        """Whether it lets a partner ask this now."""
        deep = LEVELS.index(self.level) >= LEVELS.index(level)
        same = None in (self.at_least, at_least) or self.at_least == at_least
        return self.partner == partner and deep and same and now < self.ends_at and not self.withdrawn


@dataclass
class Dispute:
    """A dispute that is open, its events by the id of their item, and the day on which silence decides.

    `appeals` are items of what was found right before.
    """

    dispute_id: str
    items: dict[str, Said]
    suspends: bool
    due_on: date
    extended: bool = False
    appeals: frozenset[str] = frozenset()


@dataclass
class Life:
    """A person, and what should be known of them."""

    name: str
    person_id: str
    log_id: str
    secrets: list[str]
    known_as: dict[str, str] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    certified: set[str] = field(default_factory=set)
    consents: list[Consent] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    excepted: dict[str, datetime] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    own_reads: int = 0
    frozen: bool = False
    left: bool = False
    erased: bool = False

    def score(self, as_of: date, known_at: datetime) -> int:
        """The score of a day, as known at an instant."""
        return BASE + sum(POINTS[one.kind] for one in self.said if one.counts(as_of, known_at))

    def score_as_it_stands(self, as_of: date, known_at: datetime) -> int:
        """The same, where all that was taken back, suspended or released since has had its effect."""
        standing = [one for one in self.said if one.gone_at is None and one.stands()]
        return BASE + sum(POINTS[one.kind] for one in standing if one.was_told(as_of, known_at))

    def goes(self, said: Said, at: datetime) -> None:
        """An event is taken back, and with it any certification that was given for it."""
        said.gone_at = at
        self.certified.discard(said.content)

    def answer(self, partner: str, level: str, at_least: int | None, now: datetime) -> str:
        """How a partner's question must be answered: ok, frozen or consent_missing."""
        covered = any(one.covers(partner, level, at_least, now) for one in self.consents)
        if self.left or self.erased or not covered:
            return "consent_missing"
        excepted = self.excepted.get(partner, now) > now
        return "frozen" if self.frozen and not excepted else "ok"

    def open_items(self) -> list[tuple[Dispute, str, Said]]:
        """What waits for an answer."""
        return [(dispute, item, said) for dispute in self.disputes for item, said in dispute.items.items()]

    def standing(self) -> list[Said]:
        """What was said and not taken back."""
        return [one for one in self.said if one.gone_at is None]


def band(score: int) -> str:
    """The band of a score."""
    return next(name for below, name in BANDS if score < below)
