"""What a policy asks of a person: from the score that is published, or else evaluated now."""

import asyncio
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from credence.decisions.decide import Facts
from credence.decisions.run import facts_of
from credence.engines.found import Row, Value
from credence.engines.moment import Moment
from credence.engines.policies.clauses import ANSWER, SCORE, UNSCORABLE, Subject
from credence.events.log import EventLog
from credence.scorecards import reasons
from credence.scorecards.model import Characteristic, Scorecard
from credence.scoring.run import score_person
from credence.server.services.context import Context
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.reading import scores
from credence.server.services.reading.cards import plain, reading
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.scores import Score


@dataclass(frozen=True)
class Known:
    """The facts of a person, and the reasons told beside the greatest ones."""

    facts: Facts
    always: tuple[str, ...]


async def known_of(
    context: Context, log: EventLog, grant: Grant, ready: Ready, beside: dict[Subject, Value]
) -> Known:
    """What a policy asks of a person whose score a grant lets be read.

    Args:
        context: The context of the request.
        log: The event log.
        grant: What makes the read possible.
        ready: The policy.
        beside: What is known of lists and columns.
    """
    found = await scores.current(context, grant, ready.policy.scorecard.name)
    return await known_from(context, log, ready, (grant, found), beside)


async def known_from(
    context: Context,
    log: EventLog,
    ready: Ready,
    read: tuple[Grant, Score | None],
    beside: dict[Subject, Value],
) -> Known:
    """What a policy asks of a person whose newest score was read already, if there is one.

    Args:
        context: The context of the request.
        log: The event log.
        ready: The policy.
        read: What makes the read possible, and the score.
        beside: What is known of lists and columns.
    """
    (grant, found), policy, card = read, ready.policy, ready.policy.scorecard
    if found is not None and found.definition_hash == card.definition_hash:
        return _published(ready, grant, found, beside)
    today = context.now.astimezone(ZoneInfo(context.settings.timezone)).date()
    moment = Moment(today, plain(context.now))
    row = await asyncio.to_thread(_evaluated, card, log, grant.log_id, moment)
    facts = replace(facts_of(policy, grant.person_id, moment, row, beside), known_at=context.now)
    got = {line.characteristic: (line.points or 0, line.reason) for line in row.lines}
    return Known(facts, always(card, row.score, got))


def _published(ready: Ready, grant: Grant, found: Score, beside: dict[Subject, Value]) -> Known:
    """What a policy asks of a score that is published, with its lines."""
    policy, card = ready.policy, ready.policy.scorecard
    same: dict[str, Value] = {SCORE: found.score, UNSCORABLE: found.unscorable}
    values = beside | {s: same[s.kind] for s in policy.subjects if s.kind in same}
    if card.reasons_always or any(subject.kind == ANSWER for subject in policy.subjects):
        lines = dict(zip(card.characteristics, found.lines, strict=True))
        answers = {c.name: line[0] for c, line in lines.items()}
        values |= {s: answers[s.name] for s in policy.subjects if s.kind == ANSWER}
        got = {c.name: (line[2] or 0, _reason(c, line[1])) for c, line in lines.items()}
    else:
        got = {}
    facts = Facts(
        grant.person_id, found.as_of, found.known_at, values, found.score, found.band, found.unscorable,
        found.reasons,
    )  # fmt: skip
    return Known(facts, always(card, found.score, got))


def _reason(characteristic: Characteristic, label: str) -> str | None:
    """The reason of the attribute that an answer fell in."""
    return next((row.reason for row in characteristic.rows() if row.label == label), None)


def _evaluated(card: Scorecard, log: EventLog, log_id: str, moment: Moment) -> Row:
    with reading(log) as opened:
        return score_person(card, opened, log_id, moment.as_of, moment.known_at)


def always(card: Scorecard, score: int | None, got: dict[str, tuple[int, str | None]]) -> tuple[str, ...]:
    """The reasons that the scorecard always tells, where they took points and are not among the greatest.

    Args:
        card: The scorecard.
        score: The score; without one there are no reasons.
        got: For each characteristic the points and the reason of its attribute.
    """
    if score is None or not card.reasons_always:
        return ()
    ranked = [reason.code for reason in reasons.rank(card, reasons.usual(card), got)]
    return tuple(code for code in ranked[reasons.REASONS_MOST :] if code in card.reasons_always)
