"""What a policy decides about one person, with every row that was there: met or not, and how far off."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor, isfinite

from credence.decisions.model import Policy, Term, days_said
from credence.engines.found import Value
from credence.engines.policies.clauses import Clause, Range, Ranges, Subject, holds, place_of, score_told
from credence.errors import PolicyNotValidError
from credence.scorecards.reasons import REASONS_MOST


@dataclass(frozen=True)
class Facts:
    """What is known of a person at a moment: what the policy asks about, and what the score says besides."""

    person_id: str
    as_of: date
    known_at: datetime
    values: dict[Subject, Value]
    score: int | None
    band: str | None = None
    unscorable: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckedClause:
    """One thing that was asked: the answer, whether it meets the clause, and how far it is from doing so.

    `distance` is what the answer lacks: more if positive, less if negative, in points or the answer's own
    unit. It is None where the clause is met, or where more or less would not help.
    """

    subject: str
    asks: str
    met: bool
    answer: Value
    distance: int | float | None


@dataclass(frozen=True)
class CheckedRow:
    """A row of the policy as it stands for the person."""

    row: str
    outcome: str
    meaning: str
    terms: dict[str, Term]
    met: bool
    clauses: tuple[CheckedClause, ...]


@dataclass(frozen=True)
class DecisionReason:
    """A reason of the score behind a decision against the person."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Decision:
    """What a policy decides about a person; `rows` are those that were there on the day.

    `meaning` is accept, refer or decline, whatever word the policy has for it; `row` is the number of the
    row that decided, or otherwise, or unknown. `reasons` are told where a score that is too low made the
    decision one to decline.
    """

    policy: str
    version: int
    title: str
    setting: str
    definition_hash: str
    person_id: str
    scorecard: str
    scorecard_version: int
    as_of: date
    known_at: datetime
    score: int | None
    band: str | None
    unscorable: str | None
    outcome: str
    meaning: str
    terms: dict[str, Term]
    reason: str
    row: str
    rows: tuple[CheckedRow, ...]
    reasons: tuple[DecisionReason, ...]


def decide(policy: Policy, facts: Facts) -> Decision:
    """What a policy decides about one person.

    Raises:
        PolicyNotValidError: The policy does not hold on that day.
    """
    check_day(policy, facts.as_of)
    place = place_of(policy.decided, facts.values, facts.as_of)
    row, outcome = policy.places()[place]
    assert outcome is not None, "a policy that was loaded leaves nobody out"
    told = score_told(policy.decided, place, facts.values, facts.as_of)
    return Decision(
        policy=policy.name,
        version=policy.version,
        title=policy.title,
        setting=policy.setting,
        definition_hash=policy.definition_hash,
        person_id=facts.person_id,
        scorecard=policy.scorecard.name,
        scorecard_version=policy.scorecard.version,
        as_of=facts.as_of,
        known_at=facts.known_at,
        score=facts.score,
        band=facts.band,
        unscorable=facts.unscorable,
        outcome=outcome.outcome,
        meaning=policy.meaning(outcome),
        terms=outcome.terms,
        reason=outcome.reason,
        row=row,
        rows=tuple(_rows(policy, facts)),
        reasons=_reasons(policy, facts) if told else (),
    )


def check_day(policy: Policy, as_of: date) -> None:
    """Make sure that a policy holds on a day.

    Raises:
        PolicyNotValidError: It does not.
    """
    first, last = policy.valid_from or date.min, policy.valid_to or date.max
    if not first <= as_of <= last:
        raise PolicyNotValidError(policy.name, days_said(policy.valid_from, policy.valid_to), str(as_of))


def _reasons(policy: Policy, facts: Facts) -> tuple[DecisionReason, ...]:
    sentences = policy.scorecard.reasons
    return tuple(DecisionReason(code, sentences[code]) for code in facts.reasons[:REASONS_MOST])


def _rows(policy: Policy, facts: Facts) -> list[CheckedRow]:
    found = []
    for number, row in enumerate(policy.rows, start=1):
        if row.asks.valid(facts.as_of):
            clauses = tuple(_clause(clause, facts.values[clause.subject]) for clause in row.asks.clauses)
            met = all(clause.met for clause in clauses)
            meaning, outcome = policy.meaning(row.outcome), row.outcome
            found.append(CheckedRow(str(number), outcome.outcome, meaning, outcome.terms, met, clauses))
    return found


def _clause(clause: Clause, value: Value) -> CheckedClause:
    met = holds(clause.test, value)
    lacking = None if met else distance(clause, value)
    return CheckedClause(clause.subject.place, clause.asks, met, value, lacking)


def distance(clause: Clause, value: Value) -> int | float | None:
    """How much more (or less, if negative) would meet a clause that is not met; None where that says nothing.

    Whole numbers lack whole units: 650 lacks 1 to be more than 650. Other numbers lack what is between
    them and the limit, which itself may not be enough.
    """
    if not isinstance(value, int | float) or not isinstance(clause.test, Ranges):
        return None
    ways = [_way(part, value, whole=clause.subject.whole) for part in clause.test.ranges]
    nearest = min((way for way in ways if way is not None), key=abs, default=None)
    if nearest is None or clause.subject.whole:
        return None if nearest is None else int(nearest)
    return float(nearest)


def _way(part: Range, value: float, *, whole: bool) -> Fraction | None:
    """The way from a number to a range it is not in; None where there is none."""
    if not isfinite(value):
        return None
    exact, low, high = Fraction(repr(value)), part.low, part.high
    if whole and low is not None:
        low = Fraction(ceil(low) if part.low_inside else floor(low) + 1)
    if whole and high is not None:
        high = Fraction(floor(high) if part.high_inside else ceil(high) - 1)
    if low is not None and high is not None and low > high:
        return None
    return low - exact if low is not None and exact <= low else high - exact if high is not None else None
