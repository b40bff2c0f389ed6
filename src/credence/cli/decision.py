"""A decision in the terminal: what was decided, on what terms, and every row met or not."""

import msgspec

from credence.cli.lines import wrap
from credence.decisions.decide import CheckedClause, CheckedRow, Decision
from credence.decisions.model import MEANINGS, OTHERWISE, UNKNOWN, Term
from credence.events.calendar import instant
from credence.scoring.words import NOT_KNOWN

WIDTH, LAB = 78, "lab"
# What of somebody decided, where it was no row.
REST = {
    OTHERWISE: "No row holds; what is decided otherwise holds.",
    UNKNOWN: "No row holds, and something that is asked is not known.",
}


def decision_text(decision: Decision) -> str:
    """The decision as lines of text, at most 78 columns wide."""
    rule = "=" * WIDTH
    lines = [rule, *wrap(f"{decision.title}: {decision.person_id}", WIDTH, others="  ")]
    lines += [f"as of {decision.as_of}, known at {instant(decision.known_at)}", rule]
    if decision.setting == LAB:
        lines += wrap("A policy for the laboratory: it decides about nobody who is real.", WIDTH)
    lines += wrap(f"Decision: {_outcome(decision.outcome, decision.terms)}", WIDTH, others="  ")
    lines += [*wrap(decision.reason, WIDTH), *wrap(_score(decision), WIDTH)]
    for code, sentence in ((reason.code, reason.sentence) for reason in decision.reasons):
        lines += wrap(sentence, WIDTH, f"  {code}  ", "      ")
    lines += ["", "What is asked:"]
    for row in decision.rows:
        lines += _row(row, decision)
    rest = REST.get(decision.row)
    lines += [f"  {rest}"] if rest else []
    return "\n".join([*lines, "", *wrap(_made(decision), WIDTH)])


def _outcome(outcome: str, terms: dict[str, Term]) -> str:
    return f"{outcome} ({_terms(terms)})" if terms else outcome


def _terms(terms: dict[str, Term]) -> str:
    return ", ".join(f"{name} {value}" for name, value in terms.items())


def _score(decision: Decision) -> str:
    if decision.score is None:
        return f"There is no score ({decision.unscorable}). That is not a bad score."
    band = f", {decision.band}" if decision.band else ""
    against = " What keeps it from being higher:" if decision.reasons else ""
    return f"The score is {decision.score}{band}.{against}"


def _row(row: CheckedRow, decision: Decision) -> list[str]:
    """A row, and how far off it is where it would be better than what was decided."""
    better = MEANINGS[: MEANINGS.index(decision.meaning)]
    decided = " <- this decided" if row.row == decision.row else ""
    lines = wrap(f"{row.row}. {_outcome(row.outcome, row.terms)}{decided}", WIDTH, "  ", "     ")
    for clause in row.clauses:
        mark = "     met      " if clause.met else "     not met  "
        lines += wrap(_clause(clause, helps=row.meaning in better), WIDTH, mark, " " * len(mark))
    return lines


def _clause(clause: CheckedClause, *, helps: bool) -> str:
    answer = NOT_KNOWN if clause.answer is None else clause.answer
    said = f"{answer:,.15g}" if isinstance(answer, float) else f"{answer}"
    return f"{clause.asks}: {said}{_lacking(clause) if helps else ''}"


def _lacking(clause: CheckedClause) -> str:
    if clause.distance is None:
        return ""
    amount = f"{abs(clause.distance):,.15g}"
    return f" ({amount} {'less' if clause.distance < 0 else 'more'} is needed)"


def _made(decision: Decision) -> str:
    policy = f"{decision.policy} version {decision.version}, definition {decision.definition_hash[:12]}"
    return f"{policy}, on {decision.scorecard} version {decision.scorecard_version}."


def decision_facts(decision: Decision) -> dict[str, object]:
    """A decision as programs may rely on it (docs/reference/policy.md)."""
    facts = msgspec.to_builtins(decision)
    assert isinstance(facts, dict), "a decision is an object"
    return facts | {"known_at": instant(decision.known_at)}
