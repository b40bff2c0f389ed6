"""A scorecard as one SQL statement in named steps, for everybody at once.

The steps are built as a SQLGlot tree in DuckDB's dialect; every intermediate has a name, so that the
statement can be read, printed and run step by step. It reads `events` (the log's, of some buckets) and,
where they are used, `asked` (moments a person) and `people_table` (columns a person).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from credence.characteristics.aggregates import Column, columns_in
from credence.engines.moment import Moment
from credence.engines.sql import points as sql_points
from credence.engines.sql.answers import Aggregates, AnswerSql, answer_sql
from credence.engines.sql.events import Clock, Step, aggregates, event_steps
from credence.engines.sql.passes import Passes
from credence.events.fields import identifier, quoted
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard

DIALECT = "duckdb"


@dataclass(frozen=True)
class Sources:
    """What a statement reads: the log's events, moments asked a person, a table of people."""

    events: bool = True
    asked: bool = False
    people_table: bool = False


def columns_of(scorecard: Scorecard) -> list[Column]:
    """The columns of a table of people that a scorecard looks at."""
    answers = [measure.answer for measure, _ in scorecard.measures()]
    return list(dict.fromkeys(column for answer in answers for column in columns_in(answer)))


def columns_needed(scorecard: Scorecard) -> list[str]:
    """The names of the columns that the scorecard looks at."""
    return list(dict.fromkeys(column.name for column in columns_of(scorecard)))


def compile_scorecard(
    scorecard: Scorecard, words: Vocabulary, moment: Moment, sources: Sources
) -> exp.Expression:
    """The statement that gives one result row a person (or a moment asked).

    Args:
        scorecard: What to compute.
        words: The vocabulary, for how long each kind may count.
        moment: The moment; where moments are asked a person, only its snapshot is used.
        sources: Which tables there are.
    """
    return assemble(steps(scorecard, words, moment, sources), result(scorecard, sources, moment))


@dataclass(frozen=True)
class Parts:
    """The same statement in three that DuckDB runs one after another, with less to plan and to keep.

    Attributes:
        hidden: The events of some buckets that do not count, for the table `hidden`.
        gathered: All aggregates of everybody in these buckets, from `events` and `hidden`.
        scored: The results of each scorecard, from `people`: what was gathered of all buckets.
    """

    hidden: str
    gathered: str
    scored: tuple[str, ...]


def alike(scorecards: Sequence[Scorecard]) -> list[tuple[Scorecard, ...]]:
    """Scorecards in groups that count the same events and columns, so that each group shares one pass."""
    groups: dict[object, list[Scorecard]] = {}
    for card in scorecards:
        rules = (card.jurisdiction, card.barred_kinds, tuple(columns_of(card)))
        groups.setdefault(rules, []).append(card)
    return [tuple(group) for group in groups.values()]


def compile_parts(
    scorecards: Sequence[Scorecard], words: Vocabulary, moment: Moment, sources: Sources
) -> Parts:
    """The statements for a log of any size, in one pass; their answers are those of `compile_scorecard`.

    Args:
        scorecards: Scorecards that are `alike`.
        words: The vocabulary, for how long each kind may count.
        moment: The moment; where moments are asked a person, only its snapshot is used.
        sources: Which tables there are.
    """
    clock = clock_of(moment, sources)
    planned = Passes(clock)
    recorded, marks, (_, hidden), counted = event_steps(scorecards, words, clock, joined=True)
    planned.add(aggregates(*scorecards))
    answers = [_answers(scorecard, planned, clock) for scorecard in scorecards]
    joins = "".join(f" LEFT JOIN {name} USING ({clock.key})" for name in planned.sources)
    gathering = [recorded, counted, *planned.steps, ("people", _people(sources))]
    gathered = f"SELECT * FROM people{joins} ORDER BY {_identity(sources)[0]}"
    planned.sources.clear()
    scored = [
        in_steps(_scored(card, planned, found, sources), result(card, sources, moment, ordered=False))
        for card, found in zip(scorecards, answers, strict=True)
    ]
    hiding = in_steps([recorded, marks], hidden, kept=("marks",))
    return Parts(hiding, in_steps(gathering, gathered), tuple(scored))


def in_steps(named: list[Step], last: str, kept: tuple[str, ...] = ()) -> str:
    """Steps and a last query as text; what is read twice is read again unless it is to be kept."""
    steps = [f"{name} AS {'' if name in kept else 'NOT '}MATERIALIZED ({query})" for name, query in named]
    return f"WITH {', '.join(steps)} {last}"


def assemble(named: list[Step], last: str) -> exp.Expression:
    """Steps and a last query as one tree."""
    tree = sqlglot.parse_one(last, dialect=DIALECT)
    assert isinstance(tree, exp.Select), "the last step selects"
    for name, query in named:
        step = sqlglot.parse_one(query, dialect=DIALECT)
        # Reading `recorded` again, a few columns at a time, is cheaper than keeping it.
        kept = False if name == "recorded" else None
        tree = tree.with_(name, as_=step, materialized=kept, copy=False)
    return tree


def clock_of(moment: Moment, sources: Sources) -> Clock:
    """How the statement names its moment."""
    if sources.asked:
        return Clock("ask", "as_of", "asked.known_at", moment.snapshot, asked=True)
    return Clock("person_id", f"DATE '{moment.as_of}'", f"TIMESTAMP '{moment.known_at}'", moment.snapshot)


def steps(scorecard: Scorecard, words: Vocabulary, moment: Moment, sources: Sources) -> list[Step]:
    """Every step before the last, in order."""
    clock = clock_of(moment, sources)
    planned = Aggregates(clock)
    before: list[Step] = []
    if sources.events:
        before = event_steps([scorecard], words, clock)
        planned.add(aggregates(scorecard))
    before += [*planned.steps, ("people", _people(sources))]
    return [*before, *_scored(scorecard, planned, _answers(scorecard, planned, clock), sources)]


def _people(sources: Sources) -> str:
    if sources.asked:
        who = "SELECT ask, person_id, as_of, known_at FROM asked"
    elif sources.events:
        who = "SELECT DISTINCT person_id FROM recorded"
    else:
        return "SELECT * FROM people_table"
    if not sources.people_table:
        return who
    return f"SELECT * FROM ({who}) AS who LEFT JOIN people_table USING (person_id)"


def _answers(scorecard: Scorecard, planned: Aggregates, clock: Clock) -> dict[str, AnswerSql]:
    """The answers of the characteristics by name, and of the scorability rules by number."""
    found = {c.name: answer_sql(c.measure.answer, planned, _as_of(clock)) for c in scorecard.characteristics}
    requirements = [r for rule in scorecard.scorable_when for r in rule.alternatives]
    return found | {
        f"rule {n}": answer_sql(r.measure.answer, planned, _as_of(clock)) for n, r in enumerate(requirements)
    }


def _as_of(clock: Clock) -> str:
    return "people.as_of" if clock.asked else clock.as_of


def _scored(
    scorecard: Scorecard, planned: Aggregates, answers: dict[str, AnswerSql], sources: Sources
) -> list[Step]:
    key = planned.clock.key
    joins = "".join(f" LEFT JOIN {name} USING ({key})" for name in planned.sources)
    who = [f"people.{name} AS {name}" for name in _identity(sources)]
    shown = [f"{answers[c.name].value} AS v_{c.name}" for c in scorecard.characteristics]
    places = [f"{sql_points.attribute_index(c, answers)} AS a_{c.name}" for c in scorecard.characteristics]
    follow = [column for c in scorecard.characteristics for column in sql_points.followed(c, answers[c.name])]
    lacking = f"{unscorable_sql(scorecard, answers)} AS lacking"
    answered = f"SELECT {', '.join([*who, *shown, *places, *follow, lacking])} FROM people{joins}"
    index = {c.name: f"a_{c.name}" for c in scorecard.characteristics}
    got = {c.name: f"p_{c.name}" for c in scorecard.characteristics}
    points = [
        f"{sql_points.points(c, index[c.name], f'v_{c.name}')} AS {got[c.name]}"
        for c in scorecard.characteristics
    ]
    ruled_out = ["lacking", *sql_points.ruled_out(scorecard, index)]
    unscorable = f"coalesce({', '.join(ruled_out)})" if len(ruled_out) > 1 else "lacking"
    total = " + ".join([str(scorecard.points_base), *got.values()])
    packed = sql_points.lost_by_code(scorecard, index, got)
    lost = [f"{text} AS lost_{n}" for n, text in enumerate(packed)]
    score = f"CASE WHEN unscorable IS NULL THEN {total} END AS score"
    return [
        ("answered", answered),
        ("pointed", f"SELECT *, {', '.join([*points, f'{unscorable} AS unscorable'])} FROM answered"),
        ("attributed", f"SELECT *, {', '.join([score, *lost])} FROM pointed"),
        *sql_points.greatest_steps([f"lost_{n}" for n in range(len(packed))]),
    ]


def _identity(sources: Sources) -> list[str]:
    return ["ask", "person_id", "as_of", "known_at"] if sources.asked else ["person_id"]


def unscorable_sql(scorecard: Scorecard, answers: dict[str, AnswerSql]) -> str:
    """The code of the first rule of scorability that does not hold, or null."""
    cases, number = [], 0
    for rule in scorecard.scorable_when:
        held = []
        for requirement in rule.alternatives:
            held.append(sql_points.scorable(requirement, answers[f"rule {number}"]))
            number += 1
        cases.append(f"WHEN NOT ({' OR '.join(held)}) THEN {quoted(rule.code)}")
    return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"


def result(scorecard: Scorecard, sources: Sources, moment: Moment, *, ordered: bool = True) -> str:
    """The last step: the columns of the result, as documented (docs/reference/scores.md)."""
    literals = f"DATE '{moment.as_of}'", f"TIMESTAMP '{moment.known_at}'"
    as_of, known_at = ("as_of", "known_at") if sources.asked else literals
    snapshot = "NULL" if moment.snapshot is None else str(moment.snapshot)
    columns = [
        "person_id",
        f"{quoted(scorecard.name)} AS scorecard",
        f"CAST({scorecard.version} AS INTEGER) AS version",
        f"{quoted(scorecard.definition_hash)} AS definition_hash",
        f"{as_of} AS as_of",
        f"{known_at} AS known_at",
        f"CAST({snapshot} AS BIGINT) AS snapshot",
        "CAST(score AS INTEGER) AS score",
        f"{band_sql(scorecard)} AS band",
        "unscorable",
        *sql_points.reason_columns(scorecard),
        *(_struct(scorecard, c.name) for c in scorecard.characteristics),
    ]
    order = f" ORDER BY {_identity(sources)[0]}" if ordered else ""
    return f"SELECT {', '.join(columns)} FROM reason_step_4{order}"


def band_sql(scorecard: Scorecard) -> str:
    """The band of a score; null without one."""
    if not scorecard.bands:
        return "CAST(NULL AS VARCHAR)"
    limits = [(band.below, quoted(band.name)) for band in scorecard.bands]
    below = " ".join(f"WHEN score < {limit} THEN {name}" for limit, name in limits if limit is not None)
    return f"CASE WHEN score IS NULL THEN NULL {below} ELSE {limits[-1][1]} END"


def _struct(scorecard: Scorecard, name: str) -> str:
    characteristic = scorecard.characteristic(name)
    text = sql_points.label(characteristic, f"a_{name}")
    got = f"CAST(CASE WHEN unscorable IS NULL THEN p_{name} END AS INTEGER)"
    return f"struct_pack(answer := v_{name}, attribute := {text}, points := {got}) AS {identifier(name)}"
