"""What is told of a decision: all of it to the person, to the partner what its consent allows."""

from datetime import date, datetime
from typing import Any

import msgspec

from credence.decisions.decide import CheckedRow, Decision
from credence.engines.found import Value
from credence.engines.policies.clauses import COLUMN, LIST
from credence.server.services.deciding.application import Application
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.reading.levels import rank

# From which level on what is told; `distance` and the score are one: either gives the other.
SCORE, REASONS, STATEMENT = rank("score"), rank("reasons"), rank("statement")


class Clause(msgspec.Struct, frozen=True):
    """One thing that a row of the policy asks, and how it stands."""

    subject: str
    asks: str
    met: bool
    answer: int | float | str | None
    distance: int | float | None


class Row(msgspec.Struct, frozen=True):
    """A row of the policy as it stands for the person."""

    row: str
    outcome: str
    meaning: str
    terms: dict[str, str | int | float]
    met: bool
    clauses: tuple[Clause, ...]


class Reason(msgspec.Struct, frozen=True):
    """A reason of the score."""

    code: str
    sentence: str


class Override(msgspec.Struct, frozen=True):
    """What a reviewer decided before, which holds; and what the policy alone would have decided, and why."""

    review_id: str
    decision_id: str
    outcome_alone: str
    reason_alone: str
    ends_on: date


class Told(msgspec.Struct, frozen=True):
    """All of a decision, as it is kept for the person."""

    title: str
    scorecard: str
    scorecard_title: str
    range: tuple[int, int] | None
    as_of: date
    known_at: datetime
    score: int | None
    band: str | None
    unscorable: str | None
    unscorable_sentence: str | None
    outcome: str
    meaning: str
    terms: dict[str, str | int | float]
    reason: str
    row: str
    rows: tuple[Row, ...]
    reasons: tuple[Reason, ...]
    outcomes: tuple[str, ...]
    facts: dict[str, str | int | float | None]
    amount: int | None
    currency: str | None
    reference: str | None
    override: Override | None = None


def told(ready: Ready, decision: Decision, application: Application, always: tuple[str, ...] = ()) -> Told:
    """What is kept of a decision.

    Args:
        ready: The policy.
        decision: What it decided.
        application: What was applied for.
        always: Reasons that are told beside the four greatest: inquiries, where they matter.
    """
    card, sentences = ready.policy.scorecard, ready.policy.scorecard.reasons
    reasons = [Reason(reason.code, reason.sentence) for reason in decision.reasons]
    more = [Reason(code, sentences[code]) for code in always] if reasons else []
    return Told(
        title=decision.title,
        scorecard=ready.card,
        scorecard_title=card.title,
        range=card.range,
        as_of=decision.as_of,
        known_at=decision.known_at,
        score=decision.score,
        band=decision.band,
        unscorable=decision.unscorable,
        unscorable_sentence=_why(ready, decision.unscorable),
        outcome=decision.outcome,
        meaning=decision.meaning,
        terms=decision.terms,
        reason=decision.reason,
        row=decision.row,
        rows=tuple(map(row_of, decision.rows)),
        reasons=(*reasons, *more),
        outcomes=tuple(dict.fromkeys(o.outcome for _, o in ready.policy.places() if o is not None)),
        facts=dict(application.facts),
        amount=application.amount,
        currency=application.currency,
        reference=application.reference,
    )


def row_of(row: CheckedRow) -> Row:
    """A row with its clauses."""
    clauses = tuple(Clause(c.subject, c.asks, c.met, _plain(c.answer), c.distance) for c in row.clauses)
    return Row(row.row, row.outcome, row.meaning, row.terms, row.met, clauses)


def _plain(answer: Value) -> int | float | str | None:
    return answer.isoformat() if isinstance(answer, date) else answer


def _why(ready: Ready, code: str | None) -> str | None:
    """The sentence of why there is no score."""
    card = ready.policy.scorecard
    rules = {rule.code: rule.sentence for rule in card.scorable_when}
    return None if code is None else rules.get(code) or card.reasons.get(code)


def for_person(kept: Told) -> dict[str, Any]:
    """Everything."""
    found: dict[str, Any] = msgspec.to_builtins(kept)
    return found


def for_partner(kept: Told, level: str) -> dict[str, Any]:
    """What consent to a level allows: the outcome always; from `score` on, the score and what tells it."""
    place = rank(level)
    found: dict[str, Any] = {
        "title": kept.title, "outcome": kept.outcome, "meaning": kept.meaning, "terms": kept.terms,
        "reason": kept.reason, "row": kept.row, "as_of": kept.as_of,
        "rows": [_row_for_partner(row, place) for row in kept.rows],
    }  # fmt: skip
    if place >= SCORE:
        found |= {"score": kept.score, "band": kept.band, "range": kept.range, "unscorable": kept.unscorable}
    if place >= REASONS:
        found["reasons"] = msgspec.to_builtins(kept.reasons)
    if kept.override is not None:
        found["override"] = msgspec.to_builtins(kept.override)
    return found | {"reference": kept.reference}


def _row_for_partner(row: Row, place: int) -> dict[str, Any]:
    clauses = [_clause_for_partner(clause, place) for clause in row.clauses]
    return {
        "row": row.row,
        "outcome": row.outcome,
        "meaning": row.meaning,
        "met": row.met,
        "clauses": clauses,
    }


def _clause_for_partner(clause: Clause, place: int) -> dict[str, Any]:
    """What the partner said itself is told back; the score and its answers from their levels on."""
    kind = clause.subject.partition(" ")[0]
    needed = 0 if kind in (LIST, COLUMN) else STATEMENT if kind == "answer" else SCORE
    said: dict[str, Any] = {"subject": clause.subject, "asks": clause.asks, "met": clause.met}
    return said | ({"answer": clause.answer, "distance": clause.distance} if place >= needed else {})
