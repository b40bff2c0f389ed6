"""Deciding about one person from the log or from scores, and about everybody in a file of scores."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from credence.decisions.decide import Decision, Facts, check_day, decide
from credence.decisions.model import Outcome, Policy
from credence.decisions.subjects import codes_of
from credence.engines.found import Row, Value
from credence.engines.moment import Moment
from credence.engines.people import read_person
from credence.engines.person import evaluate
from credence.engines.policies import outcomes
from credence.engines.policies.clauses import ANSWER, COLUMN, LIST, SCORE, UNSCORABLE, Subject
from credence.engines.policies.decided import Scored, columns_of_person, contents, facts_of_person
from credence.engines.sql.compile import columns_needed
from credence.errors import IntakeError, PersonNotFoundError, PersonNotInTableError, UsageError
from credence.events.calendar import instant
from credence.events.log import EventLog
from credence.scoring.run import at_newest

# What is told of each place, by column.
TOLD: dict[str, Callable[[str, Outcome, str], str | None]] = {
    "outcome": lambda _, outcome, _meaning: outcome.outcome,
    "meaning": lambda _, _outcome, meaning: meaning,
    "row": lambda name, _outcome, _meaning: name,
    "terms": lambda _, outcome, _meaning: msgspec.json.encode(outcome.terms).decode(),
    "reason": lambda _, outcome, _meaning: outcome.reason,
}


def decide_person(
    policy: Policy, log: EventLog, person_id: str, moment: Moment, people: Path | None = None
) -> Decision:
    """What a policy decides about one person in a log.

    Args:
        policy: The policy.
        log: The log.
        person_id: The person.
        moment: The moment of the score.
        people: A table of people, for lists and columns that are asked or scored.

    Raises:
        PersonNotFoundError: Nothing was recorded about the person by the moment.
        PolicyNotValidError: The policy does not hold on that day.
        UsageError: A table of people is needed and not given.
        IntakeError: The table is not as it must be.
    """
    check_day(policy, moment.as_of)
    _check_people(policy, people, columns_needed(policy.scorecard))
    events = log.events_of(person_id, moment.known_at)
    if not events:
        raise PersonNotFoundError(person_id, instant(moment.known_at))
    columns = read_person(people, policy.scorecard, person_id) if people else None
    beside = columns_of_person(people, policy.decided.beside, person_id) if people else {}
    row = evaluate(policy.scorecard, log.vocabulary, events, at_newest(log, moment), columns)
    return decide(policy, facts_of(policy, person_id, moment, row, beside))


def _check_people(policy: Policy, people: Path | None, scored: list[str]) -> None:
    names = list(dict.fromkeys([*(subject.name for subject in policy.decided.beside), *scored]))
    if people is None and names:
        sentence = (
            f"'{policy.name}' looks at columns of a table ({', '.join(names)}): give it with --people TABLE."
        )
        raise UsageError(sentence)


def facts_of(policy: Policy, person_id: str, moment: Moment, row: Row, beside: dict[Subject, Value]) -> Facts:
    """What a policy asks of a result row, and of what a table of people says beside it."""
    answers = {line.characteristic: line.found.value for line in row.lines}
    same: dict[str, Value] = {SCORE: row.score, UNSCORABLE: row.unscorable}
    values = {
        s: beside[s] if s.kind in (LIST, COLUMN) else answers[s.name] if s.kind == ANSWER else same[s.kind]
        for s in policy.subjects
    }
    return Facts(
        person_id, moment.as_of, moment.known_at, values, row.score, row.band, row.unscorable, row.reasons
    )


def decide_scored(policy: Policy, scored: Scored, person_id: str) -> Decision:
    """What a policy decides about one person in a file of scores; of several rows the latest is meant.

    Raises:
        SourceNotFoundError: A file is not there.
        PersonNotInTableError: The person is not among the scores.
        IntakeError: A file is not as it must be.
        PolicyNotValidError: The policy does not hold on a day of the scores.
        UsageError: A table of people is needed and not given.
    """
    check_scores(policy, scored)
    rows = facts_of_person(scored, policy.decided, person_id)
    if not rows:
        raise PersonNotInTableError(person_id, scored.scores)
    values, shown = rows[-1]
    reasons = tuple(code for code in shown.reasons if code is not None)
    facts = Facts(
        person_id, shown.as_of, shown.known_at, values, shown.score, shown.band, shown.unscorable, reasons
    )
    return decide(policy, facts)


def check_scores(policy: Policy, scored: Scored) -> None:
    """Make sure that a file holds scores of the policy's scorecard, of days on which the policy holds.

    Raises:
        SourceNotFoundError: The file is not there.
        IntakeError: It holds other scores.
        PolicyNotValidError: The policy does not hold on a day of the scores.
        UsageError: A table of people is needed and not given.
    """
    _check_people(policy, scored.people, [])
    found, card = contents(scored, policy.decided), policy.scorecard
    mine = (card.name, card.version)
    others = [f"{name}@{version}" for name, version, _ in found.scorecards if (name, version) != mine]
    if others:
        sentence = (
            f"it holds scores of {others[0]}, and '{policy.name}' decides on {card.name}@{card.version}."
        )
        raise IntakeError(scored.scores, sentence)
    if any(made_by != card.definition_hash for *_, made_by in found.scorecards):
        sentence = (
            f"its scores were made by another {card.name}@{card.version}, or with a vocabulary of your own "
            "(name it with --vocabulary). Score again with the scorecard of the policy."
        )
        raise IntakeError(scored.scores, sentence)
    unknown = [code for code in found.codes if code not in codes_of(card)]
    if unknown:
        sentence = f"it says '{unknown[0]}' of somebody without a score, and {card.name} has no such code."
        raise IntakeError(scored.scores, sentence)
    for day in (found.first, found.last):
        if day is not None:
            check_day(policy, day)


def decide_people(policy: Policy, scored: Scored, out: Path) -> int:
    """Decide about everybody in a file of scores, into a Parquet file; return how many rows it has.

    Raises:
        SourceNotFoundError: A file is not there.
        IntakeError: A file is not as it must be.
        PolicyNotValidError: The policy does not hold on a day of the scores.
        UsageError: A table of people is needed and not given.
        EngineError: The engine could not carry out a step.
    """
    check_scores(policy, scored)
    same: dict[str, str | int] = {
        "policy": policy.name,
        "policy_version": policy.version,
        "policy_hash": policy.definition_hash,
        "setting": policy.setting,
    }
    told = [
        (name, outcome, policy.meaning(outcome)) if outcome else None for name, outcome in policy.places()
    ]
    said = {name: [one and take(*one) for one in told] for name, take in TOLD.items()}
    return outcomes.write_outcomes(scored, policy.decided, same, said, out)
