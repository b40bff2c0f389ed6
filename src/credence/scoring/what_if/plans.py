"""Plans: the cheapest ways to a band or to a number of points, with the time each needs.

Every plan is evaluated as a whole, with its events at their dates, as of the day it ends: the score that is
promised is the score that the evaluator gives. It supposes that nothing else is recorded until then.
"""

from dataclasses import dataclass
from datetime import date

from credence.engines.counting import counted_events, known_events
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.errors import PersonNotFoundError, UsageError
from credence.events.calendar import add_months, instant
from credence.events.log import Event, EventLog
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard
from credence.scoring.run import at_newest
from credence.scoring.what_if.derive import Move, moves_of
from credence.scoring.what_if.moves import MoveKind
from credence.scoring.what_if.parts import FOREVER, Budget, Known, Part, horizon, known_of, parts_of
from credence.scoring.what_if.schedule import Schedule, day_of, row_of, scheduled
from credence.scoring.what_if.search import Found, Search

MONTHS_MOST = 24
# How many events a search looks at before it is cut off: well under a second.
LOOKS_MOST = 300_000
# Less than any score, and more than a part that leaves a person without one.
ANY_SCORE = -(10**11)


@dataclass(frozen=True)
class Goal:
    """Where a plan leads: to a band, or so many points up; within so many months."""

    band: str | None = None
    points: int | None = None
    months: int = MONTHS_MOST


@dataclass(frozen=True)
class Step:
    """A move of a plan: what to do, how often, from when to when, and the events it brings."""

    name: str
    title: str
    kind: str
    times: int
    first_on: date
    last_on: date
    effort: int
    events: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Plan:
    """Steps, how long they and the waiting take, and the score on the day the plan ends.

    `points` is the change from today's score, None without one; `proven` that no plan of less effort, in
    the same time, does as much.
    """

    months: int
    ends_on: date
    effort: int
    steps: tuple[Step, ...]
    score: int | None
    band: str | None
    points: int | None
    proven: bool


@dataclass(frozen=True)
class Plans:
    """The plans for a goal, the cheapest first; a plan that takes longer is told only if it costs less.

    Attributes:
        score: Today's score; None without one.
        band: Today's band.
        target: The score that is asked for; None for any score at all.
        plans: The plans.
        nearest: Where there is none, the plan that was found to come nearest; None if nothing helps.
        proven: Whether all of that is certain: nowhere was the search cut off.
    """

    score: int | None
    band: str | None
    target: int | None
    plans: tuple[Plan, ...]
    nearest: Plan | None
    proven: bool


@dataclass(frozen=True)
class Person:
    """A person as plans look at them: whatever is known, at a moment.

    `columns` is the person's row of a table of people.
    """

    person_id: str
    events: list[Event]
    moment: Moment
    columns: dict[str, object]


def plan(
    scorecard: Scorecard,
    log: EventLog,
    person: tuple[str, dict[str, object]],
    moment: Moment,
    goal: Goal,
    kinds: list[MoveKind],
) -> Plans:
    """Look for the cheapest plans to a goal.

    Args:
        scorecard: The scorecard.
        log: The log.
        person: The person's id, and their row of a table of people, for measures that take a column.
        moment: The moment from which plans begin.
        goal: The goal.
        kinds: The moves that people can make (`load_moves`).

    Raises:
        PersonNotFoundError: Nothing was recorded about the person by the moment.
        UsageError: The goal is no band of the scorecard, or points up from no score.
    """
    moment = at_newest(log, moment)
    events = known_events(log.events_of(person[0], moment.known_at), moment)
    if not events:
        raise PersonNotFoundError(person[0], instant(moment.known_at))
    someone = Person(person[0], events, moment, person[1])
    return plans_for(scorecard, (log.vocabulary, log.manifest.settings.timezone), someone, goal, kinds)


def plans_for(
    scorecard: Scorecard, world: tuple[Vocabulary, str], person: Person, goal: Goal, kinds: list[MoveKind]
) -> Plans:
    """The same for a person whose events are at hand, in a vocabulary and a time zone."""
    words, timezone = world
    now = evaluate(scorecard, words, person.events, person.moment, person.columns)
    target = target_of(scorecard, goal, now.score)
    if now.score is not None and (target is None or now.score >= target):
        return Plans(now.score, now.band, target, (), None, proven=True)
    counted = counted_events(person.events, scorecard, words, person.moment)
    moves = moves_of(scorecard, words, counted, kinds)
    schedule = scheduled(person.person_id, person.moment.as_of, moves, goal.months, timezone)
    parts = parts_of(scorecard, schedule)
    known = known_of(scorecard, words, parts, person.events, person.columns)
    planning = Planning(known, person, schedule, parts, now.score)
    found, nearest, proven = planning.search(target, goal.months)
    return Plans(now.score, now.band, target, found, nearest, proven=proven)


def target_of(scorecard: Scorecard, goal: Goal, score: int | None) -> int | None:
    """The score that a goal asks for; None for any score at all.

    Raises:
        UsageError: The goal is no band of the scorecard, or points up from no score.
    """
    if goal.band is None:
        if score is None:
            sentence = "There is no score to add points to. Ask for a band: --to-band BAND."
            raise UsageError(sentence)
        return score + (goal.points or 0)
    names = [band.name for band in scorecard.bands]
    if goal.band not in names:
        listed = ", ".join(names) or "it has none"
        sentence = f"'{scorecard.name}' has no band '{goal.band}'. Its bands: {listed}."
        raise UsageError(sentence)
    place = names.index(goal.band)
    return scorecard.bands[place - 1].below if place else None


@dataclass(frozen=True)
class Planning:
    """A search over horizons, from the next month on."""

    known: Known
    person: Person
    schedule: Schedule
    parts: list[Part]
    score: int | None

    def search(self, target: int | None, months_most: int) -> tuple[tuple[Plan, ...], Plan | None, bool]:
        """The plans, cheapest first; the nearest where there is none; and whether that is certain."""
        asked = ANY_SCORE if target is None else target - self.known.scorecard.points_base
        plans, certain, left = list[Plan](), True, LOOKS_MOST
        highest: list[tuple[int, Found]] = []
        for months in range(1, months_most + 1):
            # What one horizon leaves over, later ones may use.
            budget = Budget(left // (months_most + 1 - months))
            granted, search = budget.left, self._search(months, asked, budget)
            found = search.cheapest(plans[-1].effort if plans else None)
            certain = certain and search.certain
            if found is not None:
                made = self._plan(months, found, proven=search.certain)
                # The evaluator has the last word: what does not reach the target is no plan.
                reached = made.score is not None and made.score >= (made.score if target is None else target)
                plans += [made] * reached
                certain = certain and reached
            elif not plans:
                highest.append((months, search.highest()))
            left -= granted - budget.left
            if found is not None and found.effort == 0:
                break
        nearest = None if plans else self._nearest(highest)
        return tuple(reversed(plans)), nearest, certain

    def _nearest(self, found: list[tuple[int, Found]]) -> Plan:
        """The plan that comes nearest to the target, the cheapest and soonest of those that do."""
        months, best = max(found, key=lambda one: (one[1].worth, -one[1].effort, -one[0]))
        return self._plan(months, best, proven=False)

    def _search(self, months: int, asked: int, budget: Budget) -> Search:
        return Search(horizon(self.parts, self.schedule, self.known, months, budget), months, asked)

    def _plan(self, months: int, found: Found, *, proven: bool) -> Plan:
        """A plan as it is told, with the score that the evaluator gives after it."""
        ends_on = add_months(self.person.moment.as_of, months)
        events = [*self.person.events, *self.schedule.of(found.counts)]
        known, moment = self.known, Moment(ends_on, FOREVER)
        row = evaluate(known.scorecard, known.words, events, moment, known.columns)
        steps = tuple(
            self._step(place, move, times)
            for place, (move, times) in enumerate(zip(self.schedule.moves, found.counts, strict=True))
            if times
        )
        points = None if row.score is None or self.score is None else row.score - self.score
        return Plan(months, ends_on, found.effort, steps, row.score, row.band, points, proven)

    def _step(self, place: int, move: Move, times: int) -> Step:
        events = self.schedule.events[place][:times]
        first, last = (day_of(move, number, self.schedule.start) for number in (0, times - 1))
        rows = tuple(map(row_of, events))
        return Step(move.kind.name, move.title, move.kind.kind, times, first, last, times * move.effort, rows)
