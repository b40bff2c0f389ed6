"""Explaining one person's score: from the result row, the definition and the evidence's events."""

from datetime import date, datetime
from functools import lru_cache

from credence.characteristics.aggregates import aggregates_of
from credence.engines.answering import Evaluation
from credence.engines.counting import counted_events, obsolete_on
from credence.engines.found import Line, Row
from credence.engines.moment import Moment
from credence.engines.person import row_of, scorable
from credence.errors import PersonNotFoundError
from credence.events.calendar import instant, leaves_window_on, next_evaluation
from credence.events.log import Event, EventLog
from credence.events.vocabulary import Vocabulary
from credence.scorecards import reasons
from credence.scorecards.lines import said
from credence.scorecards.model import MISSING, Attribute, Requirement, Rule, Scorecard
from credence.scorecards.reasons import Baseline
from credence.scoring.spoken import spoken
from credence.scoring.statement import Evidence, Statement, StatementLine, StatementReason, Wanting
from credence.scoring.words import answer_in_words

# A person's row of a table of people, by column.
Columns = dict[str, object]


def explain(
    scorecard: Scorecard,
    log: EventLog,
    person_id: str,
    moment: Moment,
    baseline: Baseline | None = None,
    columns: Columns | None = None,
) -> Statement:
    """The statement of one person at a moment.

    Args:
        scorecard: The scorecard.
        log: The log.
        person_id: The person.
        moment: The moment; without a snapshot, the log's newest is read and named.
        baseline: What reasons are told against; that of the file by default, else the best possible.
        columns: The person's row of a table of people, for measures that take a column.

    Raises:
        PersonNotFoundError: Nothing was recorded about the person by the moment.
    """
    newest = log.snapshot
    if moment.snapshot is None and newest is not None:
        moment = Moment(moment.as_of, moment.known_at, newest.number)
    events = log.events_of(person_id, moment.known_at)
    if not events:
        raise PersonNotFoundError(person_id, instant(moment.known_at))
    return state(scorecard, log.vocabulary, (person_id, events), moment, baseline, columns)


def state(
    scorecard: Scorecard,
    words: Vocabulary,
    person: tuple[str, list[Event]],
    moment: Moment,
    baseline: Baseline | None = None,
    columns: Columns | None = None,
) -> Statement:
    """The statement of a person whose events (and row of a table of people) are at hand."""
    person_id, events = person
    counted = counted_events(events, scorecard, words, moment)
    evaluation = Evaluation(counted, moment.as_of, columns or {})
    return stated(scorecard, words, person_id, moment, evaluation, baseline)


def stated(
    scorecard: Scorecard,
    words: Vocabulary,
    person_id: str,
    moment: Moment,
    evaluation: Evaluation,
    baseline: Baseline | None = None,
) -> Statement:
    """The same from the events that count at the moment, and from whatever of them is computed already."""
    row = row_of(scorecard, evaluation)
    baseline = baseline or reasons.usual(scorecard)
    lacking = [] if row.unscorable is None else _lacking(scorecard, evaluation)
    day = scorecard.evaluated_on_day
    return Statement(
        person_id=person_id,
        scorecard=scorecard.name,
        title=scorecard.title,
        version=scorecard.version,
        definition_hash=scorecard.definition_hash,
        as_of=moment.as_of,
        known_at=moment.known_at,
        snapshot=moment.snapshot,
        baseline=baseline.name,
        score=row.score,
        band=row.band,
        range=scorecard.range,
        unscorable=row.unscorable,
        points_base=scorecard.points_base,
        lines=tuple(_line(scorecard, words, line) for line in row.lines),
        reasons=_reasons(scorecard, baseline, row),
        wanting=(*lacking, *_without_points(scorecard, row)),
        categories={name: category.title for name, category in scorecard.categories.items()},
        reason_points=scorecard.reason_points,
        next_evaluation=None if day is None else next_evaluation(moment.as_of, day),
    )


def _reasons(scorecard: Scorecard, baseline: Baseline, row: Row) -> tuple[StatementReason, ...]:
    if row.score is None:
        return ()
    got = {line.characteristic: (line.points or 0, line.reason) for line in row.lines}
    ranked = reasons.rank(scorecard, baseline, got)
    always = [r for r in ranked[reasons.REASONS_MOST :] if r.code in scorecard.reasons_always]
    told = [*ranked[: reasons.REASONS_MOST], *always]
    return tuple(StatementReason(r.code, r.sentence, round(float(r.points), 1)) for r in told)


def _line(scorecard: Scorecard, words: Vocabulary, line: Line) -> StatementLine:
    characteristic = scorecard.characteristic(line.characteristic)
    windows = [aggregate.months for aggregate in aggregates_of(characteristic.measure.answer)]
    known = [months for months in windows if months is not None]
    longest = max(known, default=None) if len(known) == len(windows) else None
    evidence = tuple(_evidence(scorecard, words, longest, event) for event in line.evidence)
    ends = [item.ends_on for item in evidence]
    return StatementLine(
        characteristic=line.characteristic,
        category=characteristic.category,
        question=characteristic.question,
        answer=spoken(answer_in_words(characteristic.measure, line.found), scorecard.language),
        attribute=line.attribute,
        points=line.points,
        points_most=characteristic.points_most,
        reason=line.reason,
        missing=line.attribute == MISSING,
        ends_on=max((day for day in ends if day is not None), default=None) if None not in ends else None,
        events=tuple(item.event_id for item in evidence),
        furnishers=tuple(sorted({item.furnisher for item in evidence})),
        evidence=evidence,
    )


def _evidence(scorecard: Scorecard, words: Vocabulary, longest: int | None, event: Event) -> Evidence:
    occurred_at, kind = event["occurred_at"], words.kinds[str(event["kind"])]
    assert isinstance(occurred_at, datetime), "an event has an instant"
    when = str(event["occurred_on"]) if event["date_only"] else instant(occurred_at)
    ends_on = _ends_on(scorecard, words, longest, event)
    return Evidence(str(event["furnisher"]), str(event["event_id"]), kind.name, kind.title, when, ends_on)


def _ends_on(scorecard: Scorecard, words: Vocabulary, longest: int | None, event: Event) -> date | None:
    """The first day on which an event is out of the line's window, or too old to count at all."""
    occurred_on = event["occurred_on"]
    assert isinstance(occurred_on, date), "an event has a day"
    limit = words.kinds[str(event["kind"])].limit(scorecard.jurisdiction)
    days = [] if longest is None else [_leaves(occurred_on, longest)]
    days += [] if limit is None else [obsolete_on(event, limit)]
    return min(days, default=None)


# Days are few, whoever is asked about.
_leaves = lru_cache(10_000)(leaves_window_on)


def _lacking(scorecard: Scorecard, evaluation: Evaluation) -> list[Wanting]:
    """Every rule of scorability that does not hold, with what is known and what would be enough."""
    return [
        _lacks(rule, evaluation, scorecard.language)
        for rule in scorecard.scorable_when
        if not any(scorable(r, evaluation.answer(r.measure.answer)) for r in rule.alternatives)
    ]


def _without_points(scorecard: Scorecard, row: Row) -> list[Wanting]:
    """Every answer for which the scorecard has no points, so that it gives no score."""
    found = []
    for line in row.lines:
        characteristic = scorecard.characteristic(line.characteristic)
        reached = next((a for a in characteristic.rows() if a.label == line.attribute), None)
        if isinstance(reached, Attribute) and reached.unscorable is not None:
            known = answer_in_words(characteristic.measure, line.found)
            needed = f"another answer to: {characteristic.question}"
            about = (spoken(text, scorecard.language) for text in (known, needed))
            found.append(Wanting(reached.unscorable, scorecard.reasons[reached.unscorable], *about))
    return found


def _lacks(rule: Rule, evaluation: Evaluation, language: str) -> Wanting:
    known = [answer_in_words(r.measure, evaluation.answer(r.measure.answer)) for r in rule.alternatives]
    needed = [_needed(requirement) for requirement in rule.alternatives]
    about = (spoken(" or ".join(texts), language) for texts in (known, needed))
    return Wanting(rule.code, rule.sentence, *about)


def _needed(requirement: Requirement) -> str:
    sign = requirement.test.replace("_", " ").replace("equals", "exactly")
    unit = requirement.measure.unit if requirement.measure.unit in ("days", "months") else ""
    return f"{sign} {said(requirement.limit)} {unit}".strip()
