"""A scorecard in parts that add up: each characteristic and each rule of scorability on its own.

A part is a scorecard of one characteristic, evaluated by the same evaluator; that parts add up to the
score is what makes a search over plans fast, and every plan is evaluated whole in the end.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain

from credence.characteristics.aggregates import Aggregate, Answer, Crossing, aggregates_of
from credence.engines.answering import Evaluation
from credence.engines.counting import counted_events, order
from credence.engines.moment import Moment
from credence.engines.person import row_of
from credence.events.calendar import add_months, window_start
from credence.events.log import Event
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Attribute, Characteristic, Rule, Scorecard
from credence.scoring.what_if.derive import seen
from credence.scoring.what_if.schedule import Schedule

# What a part is worth that leaves a person without a score: less than any points make good.
NO_SCORE = -(10**12)
UNLIMITED = 10**9
# What evaluating a part costs besides its events, in events.
LOOKS_A_PART = 40
# An instant at which everything that was or will be recorded is known.
FOREVER = datetime(9999, 1, 1)  # noqa: DTZ001 - instants known to the log are UTC without a zone
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """One characteristic (with those it crosses), or one rule, as a scorecard of its own.

    Attributes:
        scorecard: The scorecard of this part alone.
        most: The most that it can be worth.
        advised: Whether what moves gain here counts towards a target.
        answers: What it asks.
        aggregates: What it looks at.
        alike: The places of the moves that it sees, together those that it cannot tell apart.
        points: What the evaluator gave for answers that came up before.
    """

    scorecard: Scorecard
    most: int
    advised: bool
    answers: tuple[Answer, ...]
    aggregates: tuple[Aggregate, ...]
    alike: tuple[tuple[int, ...], ...]
    points: dict[object, int] = field(default_factory=dict, compare=False)

    @property
    def is_age(self) -> bool:
        """Whether it asks only for the oldest event, which no later one changes.

        The oldest of the latest events of accounts is another matter: a later one takes its place.
        """
        return all(
            a.function == "least" and a.field == "occurred_on" and a.events.latest is None
            for a in self.aggregates
        )

    def since(self, as_of: date) -> date:
        """The first day that it looks back to."""
        return min((window_start(as_of, a.months) for a in self.aggregates), default=as_of)


def parts_of(scorecard: Scorecard, schedule: Schedule) -> list[Part]:
    """The parts of a scorecard."""
    bare = replace(scorecard, points_base=0, bands=(), range=None, baseline=None, reasons_always=())
    rules = [_rule(bare, rule, schedule) for rule in scorecard.scorable_when]
    return rules + [_characteristic(bare, c, schedule) for c in scorecard.characteristics]


def _rule(bare: Scorecard, rule: Rule, schedule: Schedule) -> Part:
    card = replace(bare, characteristics=(), scorable_when=(rule,))
    return _part(card, 0, schedule, advised=True)


def _characteristic(bare: Scorecard, characteristic: Characteristic, schedule: Schedule) -> Part:
    answer = characteristic.measure.answer
    crossed = [bare.characteristic(name) for name in answer.names] if isinstance(answer, Crossing) else []
    chosen = tuple(_without_reasons(c) for c in (*crossed, characteristic))
    card = replace(bare, characteristics=chosen, scorable_when=())
    most = characteristic.points_most
    return _part(card, UNLIMITED if most is None else most, schedule, advised=characteristic.advice)


def _without_reasons(characteristic: Characteristic) -> Characteristic:
    """The characteristic without reasons, which are not looked at here and would have to be ranked."""

    def plain(row: Attribute) -> Attribute:
        return replace(row, reason=None)

    return replace(
        characteristic,
        attributes=tuple(map(plain, characteristic.attributes)),
        missing=characteristic.missing and plain(characteristic.missing),
        each=characteristic.each and replace(characteristic.each, reason=None),
    )


def _part(card: Scorecard, most: int, schedule: Schedule, *, advised: bool) -> Part:
    answers = tuple(measure.answer for measure, _ in card.measures())
    aggregates = tuple(a for answer in answers for a in aggregates_of(answer))
    return Part(card, most, advised, answers, aggregates, _alike(aggregates, schedule))


def _alike(aggregates: tuple[Aggregate, ...], schedule: Schedule) -> tuple[tuple[int, ...], ...]:
    """The moves that aggregates see, together those that are the same to them on the same days.

    Where the last of two events of one day counts, each move stands alone.
    """
    ordered = any(a.function == "last" or a.events.latest is not None for a in aggregates)
    groups: dict[object, list[int]] = {}
    # Those that can be made most often come first: they stand for the others.
    for place in sorted(range(len(schedule.moves)), key=lambda place: -len(schedule.events[place])):
        move = schedule.moves[place]
        looks = tuple(seen(aggregate, move.kind.kind, move.said) for aggregate in aggregates)
        if any(looks):
            key = (looks, move.kind.a_month, move.kind.every, place if ordered else None)
            groups.setdefault(key, []).append(place)
    return tuple(map(tuple, groups.values()))


@dataclass
class Horizon:
    """What each part is worth some months from now, for plans that take so long.

    `events` are those that each part still looks at then; `touching` the moves that can change what it is
    worth, and `alike` the same in groups; `alive` the keys of those events of moves that still count.
    """

    parts: list[Part]
    schedule: Schedule
    person: "Known"
    moment: Moment
    events: list[list[Event]]
    alike: list[tuple[Counts, ...]]
    touching: list[Counts]
    alive: frozenset[object]
    budget: "Budget"
    _worth: list[dict[Counts, int]] = field(default_factory=list)

    def worth(self, place: int, counts: Counts) -> int:
        """What a part is worth after a plan; what moves gain where no advice is given is left out."""
        known, mine = self._worth[place], tuple([counts[move] for move in self.touching[place]])
        if mine not in known:
            groups = [sorted([counts[move] for move in group], reverse=True) for group in self.alike[place]]
            first = tuple(chain.from_iterable(groups))
            if first not in known:
                known[first] = self._looked_at(place, first)
            known[mine] = known[first]
        return known[mine]

    def _looked_at(self, place: int, mine: Counts) -> int:
        """What a part is worth after a plan of the moves that it sees."""
        part = self.parts[place]
        found = self._points(part, [*self.events[place], *self._plan(place, mine)])
        if part.advised or not any(mine):
            return found
        return min(found, self.worth(place, (0,) * len(self.schedule.moves)))

    def _plan(self, place: int, mine: Counts) -> list[Event]:
        """The events of a plan that a part may see, and that still count."""
        return [
            event
            for move, times in zip(self.touching[place], mine, strict=True)
            for event in self.schedule.events[move][:times]
            if event["event_key"] in self.alive
        ]

    def _points(self, part: Part, counted: list[Event]) -> int:
        """What a part is worth with these events; the evaluator is asked once for the same answers."""
        self.budget.left -= LOOKS_A_PART + len(counted)
        counted.sort(key=order)
        evaluation = Evaluation(counted, self.moment.as_of, self.person.columns)
        # Where nothing happened, the day makes no difference.
        answers = map(evaluation.answer, part.answers if counted else ())
        key = tuple((found.value, found.top, found.bottom) for found in answers)
        if key not in part.points:
            part.points[key] = self._evaluated(part, evaluation)
        return part.points[key]

    @staticmethod
    def _evaluated(part: Part, evaluation: Evaluation) -> int:
        row = row_of(part.scorecard, evaluation)
        if row.score is None:
            return NO_SCORE
        return row.lines[-1].points or 0 if row.lines else 0

    def total(self, counts: Counts) -> int:
        """What all parts are worth together."""
        return sum([self.worth(place, counts) for place in range(len(self.parts))])


@dataclass
class Budget:
    """How many more events may be looked at, so that a search ends in time whoever is asked about.

    A count rather than a clock: the same question has the same answer on every machine.
    """

    left: int

    @property
    def spent(self) -> bool:
        """Whether there is none left."""
        return self.left < 0


@dataclass(frozen=True)
class Known:
    """What is known of a person: the events, those that each part sees, and the row of a table of people."""

    scorecard: Scorecard
    words: Vocabulary
    events: list[Event]
    seen: list[list[Event]]
    columns: dict[str, object]


def horizon(parts: list[Part], schedule: Schedule, person: Known, months: int, budget: Budget) -> Horizon:
    """The parts some months from now, each with the events that it will still look at then."""
    moment = Moment(add_months(schedule.start, months), FOREVER)
    every = [event for each in schedule.events for event in each]
    counted, alive = (
        counted_events(events, person.scorecard, person.words, moment) for events in (person.events, every)
    )
    keys = frozenset(event["event_key"] for event in alive)
    counting = frozenset(event["event_key"] for event in counted)
    events = [
        [event for event in seen_ones if event["event_key"] in counting and event["occurred_on"] >= since]  # type: ignore[operator]
        for since, seen_ones in zip((part.since(moment.as_of) for part in parts), person.seen, strict=True)
    ]
    alike = [() if part.is_age and known else part.alike for part, known in zip(parts, events, strict=True)]
    touching = [tuple(move for group in groups for move in group) for groups in alike]
    return Horizon(
        parts, schedule, person, moment, events, alike, touching, keys, budget, [{} for _ in parts]
    )


def known_of(
    scorecard: Scorecard,
    words: Vocabulary,
    parts: list[Part],
    events: list[Event],
    columns: dict[str, object],
) -> Known:
    """What is known of a person, and which of it each part sees."""
    seen_ones = [
        [event for event in events if any(seen(a, str(event["kind"]), event) for a in part.aggregates)]
        for part in parts
    ]
    return Known(scorecard, words, events, seen_ones, columns)
