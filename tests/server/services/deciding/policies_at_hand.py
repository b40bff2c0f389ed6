"""Policies and decisions without a bureau, for tests of what is pure."""

from datetime import UTC, date, datetime
from itertools import pairwise

from credence.decisions.decide import Facts, decide
from credence.engines.found import Value
from credence.engines.policies.clauses import LIST, UNKNOWN
from credence.server.services.deciding.application import Application
from credence.server.services.deciding.reading_text import Ready, stored_policy
from credence.server.services.deciding.told import Told, told

AS_OF, KNOWN_AT = date(2026, 11, 6), datetime(2026, 11, 6, 1, tzinfo=UTC)
HEAD = "name: trial\nversion: 1\ntitle: Trial\nscorecard: everyday@1\npurpose: small_loan\n"


def policy(rows: str, head: str = HEAD) -> Ready:
    """A policy on `everyday` with these rows."""
    return stored_policy("trial@1", head + rows, None)


def limit(*scores: int) -> Ready:
    """A policy with these limits of the score."""
    edges = [350, *scores, 951]
    rows = ["rows:"]
    for number, (low, high) in enumerate(pairwise(edges)):
        outcome = "accept" if high == edges[-1] else "decline"
        asks = f"{{score: {{at_least: {low}, below: {high}}}}}"
        rows.append(f"  - {{when: {asks}, outcome: {outcome}, terms: {{step: {number}}}, reason: So.}}")
    return policy("\n".join([*rows, "unknown: {outcome: refer, reason: No score.}\n"]))


def decided(
    ready: Ready, score: int | None, reasons: tuple[str, ...] = ("H1",), always: tuple[str, ...] = (),
    **said: Value,
) -> Told:  # fmt: skip
    """What is told of a decision about somebody with a score, or without one for too few events."""
    code = None if score is not None else "few_events"
    known: dict[str, Value] = {"score": score, "unscorable": code} | said
    unsaid: dict[str, Value] = {LIST: UNKNOWN}
    values = {s: known.get(s.name or s.kind, unsaid.get(s.kind)) for s in ready.policy.subjects}
    facts = Facts("per_1", AS_OF, KNOWN_AT, values, score, "fair" if score else None, code, reasons)
    return told(ready, decide(ready.policy, facts), Application(reference="A-1"), always)
