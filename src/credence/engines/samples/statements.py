"""The SQL of samples: points, answers as known at each, and outcomes from the window that follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from credence.characteristics.aggregates import Aggregate, Number, aggregates_of
from credence.characteristics.filters import Filter
from credence.characteristics.measure import Measure
from credence.engines.moment import Moment
from credence.engines.samples.asked import (
    NO_RULE,
    NOT_KNOWN,
    NOT_OVER,
    Asked,
    Horizon,
    Outcomes,
    Points,
    Rule,
)
from credence.engines.sql import points as sql_points
from credence.engines.sql.answers import answer_sql
from credence.engines.sql.compile import Sources, clock_of, in_steps
from credence.engines.sql.events import Step, aggregates, event_steps
from credence.engines.sql.passes import Passes
from credence.events.fields import identifier, quoted
from credence.events.intake import at_zone
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Characteristic, Requirement, Scorecard
from credence.scorecards.model import Rule as CardRule

# Nothing is scored: a scorecard only carries measures to the statements that count events.
BARE = Scorecard("samples", 1, "", "lab", 0, ())
# Before the names of answers, so that they are unlike all other columns.
VALUE = "v_"


@dataclass(frozen=True)
class Pass:
    """One pass over the events of some people: which of them do not count, and what is asked of the rest."""

    hidden: str
    asked: str


def answered(card: Scorecard) -> list[Characteristic]:
    """The characteristics that events answer: no columns of a table, and no crossings of others."""
    return [c for c in card.characteristics if aggregates_of(c.measure.answer)]


def points_sql(points: Points, words: Vocabulary, horizon: Horizon) -> Pass:
    """Who is looked at when: person_id, as_of and `told`, of the people of `events`."""
    known = f"recorded_at <= TIMESTAMP '{horizon.known_at}' AND batch <= {horizon.snapshot}"
    if points.each is None:
        days = ", ".join(f"DATE '{day}'" for day in points.days)
        people = f"SELECT DISTINCT person_id FROM events WHERE {known}"
        rows = f"SELECT person_id, unnest([{days}]) AS as_of, CAST(NULL AS VARCHAR) AS told FROM ({people})"
        return Pass("SELECT 1", rows)
    clock = clock_of(Moment(horizon.end, horizon.known_at, horizon.snapshot), Sources())
    card = _carrying([Rule("", (_count(points.each),))])
    steps = event_steps([card], _endless(words), clock, joined=True)
    chosen = " AND ".join(Passes(clock).chosen(points.each, None)) or "true"
    day = f"CAST(occurred_on - INTERVAL {points.days_before} DAY AS DATE)"
    rows = f"SELECT DISTINCT person_id, {day} AS as_of, CAST(NULL AS VARCHAR) AS told FROM counted"
    return _pass(steps, [], f"{rows} WHERE {chosen}")


def sampled_sql(asked: Asked, zone: str) -> str:
    """`points` as rows to sample: each is known at the first instant of its day, and ends with its window."""
    known_at = at_zone("CAST(as_of AS TIMESTAMP)", zone)
    ends = f"CAST(as_of + INTERVAL {asked.outcomes.months} MONTH AS DATE)"
    order = "row_number() OVER (ORDER BY person_id, as_of) AS ask"
    return f"SELECT {order}, person_id, as_of, {known_at} AS known_at, {ends} AS ends, told FROM points"


def answers_sql(asked: Asked, words: Vocabulary, horizon: Horizon) -> Pass:
    """A row an `ask`: `left_out` or null, and each answer as it was known at the point.

    It reads `events`, `sampled` and `asked`, the same rows with the names that counting knows. Nothing that
    happened on the day of the point or later is looked at, and nothing that was recorded later.
    """
    card = replace(
        asked.scorecard,
        characteristics=tuple(answered(asked.scorecard)),
        scorable_when=tuple(CardRule("", rule.why, rule.alternatives) for rule in asked.exclude),
    )
    clock = clock_of(Moment(horizon.end, horizon.known_at, horizon.snapshot), Sources(asked=True))
    steps = event_steps([card], words, clock, joined=True)
    planned = Passes(clock)
    planned.add(aggregates(card))
    shown = [
        f"{answer_sql(c.measure.answer, planned, 'people.as_of').value} AS {identifier(VALUE + c.name)}"
        for c in card.characteristics
    ]
    over = f"people.ends > DATE '{horizon.end}'" if asked.outcomes.months else "false"
    cases = [f"WHEN {over} THEN {quoted(NOT_OVER)}", f"WHEN before.ask IS NULL THEN {quoted(NOT_KNOWN)}"]
    cases += [
        f"WHEN {_holds(rule, planned, 'people.as_of')} THEN {quoted(rule.why)}" for rule in asked.exclude
    ]
    left_out = f"CASE {' '.join(cases)} END AS left_out"
    before = ("before", "SELECT DISTINCT ask FROM recorded WHERE occurred_on < as_of")
    columns = ", ".join(["people.ask AS ask", left_out, *shown])
    query = f"SELECT {columns} FROM sampled AS people LEFT JOIN before USING (ask){_joins(planned)}"
    return _pass(steps, [before, *planned.steps], query)


def outcomes_sql(asked: Asked, words: Vocabulary, horizon: Horizon) -> Pass:
    """A row an `ask`: the `outcome`, and the `rule` that told it.

    It reads `events`, `sampled`, and `asked`, whose `as_of` is the end of the window and whose `moment` its
    start: the day of the observation point belongs to the window, as known at the horizon.
    """
    told = asked.outcomes
    clock = clock_of(Moment(horizon.end, horizon.known_at, horizon.snapshot), Sources(asked=True))
    if told.values:
        return Pass("SELECT 1", f"SELECT ask, {_of_values(told)} FROM sampled AS people")
    rules = [rule for _, rules in told.rules for rule in rules]
    *steps, (_, counted) = event_steps([_carrying(rules)], _endless(words), clock, joined=True)
    window = "SELECT until_end.* FROM until_end JOIN asked USING (ask) WHERE occurred_on >= asked.moment"
    planned = Passes(clock)
    planned.add(aggregates(_carrying(rules)))
    query = f"SELECT people.ask AS ask, {_of_rules(told, planned)} FROM sampled AS people{_joins(planned)}"
    return _pass([*steps, ("counted", counted)], [], query, (window, planned.steps))


def _of_rules(told: Outcomes, planned: Passes) -> str:
    held = [
        (outcome, rule.why, _holds(rule, planned, "people.ends"))
        for outcome, rules in told.rules
        for rule in rules
    ]
    return _first(held, told.rest)


def _of_values(told: Outcomes) -> str:
    said = [(name, value, f"told = {quoted(value)}") for name, values in told.values for value in values]
    return _first(said, told.rest)


def _first(cases: list[tuple[str, str, str]], rest: str) -> str:
    """The outcome and the rule of the first case that applies."""
    outcomes = " ".join(f"WHEN {test} THEN {quoted(outcome)}" for outcome, _, test in cases)
    rules = " ".join(f"WHEN {test} THEN {quoted(why)}" for _, why, test in cases)
    return (
        f"CASE {outcomes} ELSE {quoted(rest)} END AS outcome, CASE {rules} ELSE {quoted(NO_RULE)} END AS rule"
    )


def _holds(rule: Rule, planned: Passes, as_of: str) -> str:
    tests = [sql_points.scorable(r, answer_sql(r.measure.answer, planned, as_of)) for r in rule.alternatives]
    return f"({' OR '.join(tests)})"


def _joins(planned: Passes) -> str:
    return "".join(f" LEFT JOIN {name} USING ({planned.clock.key})" for name in planned.sources)


def _pass(
    steps: list[Step], more: Sequence[Step], last: str, window: tuple[str, list[Step]] | None = None
) -> Pass:
    recorded, marks, (_, hidden), counted = steps
    after = [counted, *more]
    if window is not None:
        after = [("until_end", counted[1]), ("counted", window[0]), *window[1]]
    return Pass(in_steps([recorded, marks], hidden, kept=("marks",)), in_steps([recorded, *after], last))


def _carrying(rules: list[Rule]) -> Scorecard:
    return replace(BARE, scorable_when=tuple(CardRule("", rule.why, rule.alternatives) for rule in rules))


def _endless(words: Vocabulary) -> Vocabulary:
    """The same kinds, of which none stops counting: what happened is an outcome, however old it is."""
    return replace(words, kinds={name: replace(kind, counts_for={}) for name, kind in words.kinds.items()})


def _count(events: Filter) -> Requirement:
    return Requirement(
        Measure("count", Number(Aggregate("count", events, None), none=0), "events"), None, "", Fraction(0)
    )
