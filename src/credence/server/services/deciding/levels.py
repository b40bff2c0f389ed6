"""How much of a score a policy tells whoever reads its outcome: the least level of consent that it needs.

This is known from the policy alone, so that consent is asked for before anything of the person is read.
"""

from fractions import Fraction
from math import ceil, floor

from credence.decisions.model import Policy
from credence.engines.policies.clauses import ANSWER, SCORE, UNSCORABLE, Among, Range, Ranges
from credence.server.services.reading.levels import LEVELS

THRESHOLD, BAND, SCORE_LEVEL, REASONS, STATEMENT = LEVELS


def level_of(policy: Policy) -> str:
    """The least level at which consent covers what the outcome of a policy tells.

    One limit of the score is a threshold, several are bands; why there is no score is a reason; an answer of
    the scorecard is a line of the statement. Lists and columns come from the partner and tell it nothing.
    """
    clauses = [clause for row in policy.rows for clause in row.asks.clauses]
    if any(clause.subject.kind == ANSWER for clause in clauses):
        return STATEMENT
    if any(clause.subject.kind == UNSCORABLE and isinstance(clause.test, Among) for clause in clauses):
        return REASONS
    return BAND if len(limits(policy)) > 1 else THRESHOLD


def limits(policy: Policy) -> list[int]:
    """The scores at which something changes, each the first on its upper side, from the least.

    Whoever can never be below one, or never reach it, is no limit.
    """
    found: set[int] = set()
    for clause in (clause for row in policy.rows for clause in row.asks.clauses):
        if clause.subject.kind == SCORE and isinstance(clause.test, Ranges):
            least, most = clause.subject.least, clause.subject.most
            starts = {start for part in clause.test.ranges for start in _starts(part)}
            found |= {s for s in starts if (least is None or s > least) and (most is None or s <= most)}
    return sorted(found)


def _starts(part: Range) -> list[int]:
    """The first score inside a range, and the first after it."""
    low = [] if part.low is None else [_first(part.low, inside=part.low_inside)]
    return low if part.high is None else [*low, _first(part.high, inside=not part.high_inside)]


def _first(limit: Fraction, *, inside: bool) -> int:
    """The first whole score that is on the upper side of a limit, which itself is there or not."""
    return ceil(limit) if inside else floor(limit) + 1
