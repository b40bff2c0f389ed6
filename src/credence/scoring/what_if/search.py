"""The cheapest plan for one horizon: branch and bound over how often each move is made.

The score is a sum of parts, so what a plan can still gain is at most what its parts can gain from the
events that its effort still allows. A search that would take too long is cut off, and then its plan is not
called proven: a cheaper one could exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod

from credence.scoring.what_if.gains import Gains
from credence.scoring.what_if.parts import Counts, Horizon
from credence.scoring.what_if.schedule import times_most

# Among how many plans a search goes on where none was found at first.
PLANS_MOST = 5_000


@dataclass(frozen=True)
class Found:
    """A plan that was found: how often each move is made, its effort, and what the parts are worth then."""

    counts: Counts
    effort: int
    worth: int


@dataclass
class Search:
    """A search for the cheapest plan that makes the parts of a horizon worth a target together."""

    horizon: Horizon
    months: int
    target: int
    best: Counts | None = None
    first: Found | None = None
    limit: int = 0
    cut: bool = False
    order: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        moves, touching = self.horizon.schedule.moves, self.horizon.touching
        self.efforts = tuple(move.effort for move in moves)
        self.caps = tuple(times_most(move, self.months) for move in moves)
        self.none = (0,) * len(moves)
        self.start = self.horizon.total(self.none)
        self.gains = [Gains(self.horizon, place, self.caps) for place in range(len(touching))]
        self.touched = [[p for p, near in enumerate(touching) if move in near] for move in range(len(moves))]

    def cheapest(self, limit: int | None = None) -> Found | None:
        """The cheapest plan of less effort than a limit, if one was found."""
        if self._most_of_all() < self.target:
            return None
        self.limit = 1 + self.effort(self.caps) if limit is None else limit
        first = Found(self.none, 0, self.start) if limit is not None else self.highest()
        if first.worth >= self.target and first.effort < self.limit:
            self.best, self.limit = first.counts, first.effort
        self.order = sorted(range(len(self.caps)), key=lambda move: (-first.counts[move], self.efforts[move]))
        self.cut = self.best is None and limit is None and prod(cap + 1 for cap in self.caps) > PLANS_MOST
        if not self.cut:
            self._descend(0, self.none, self.start)
        return None if self.best is None else self._trimmed(self._found(self.best))

    @property
    def certain(self) -> bool:
        """Whether nothing cheaper reaches the target, or nothing at all where none was found."""
        return not self.cut and not self.horizon.budget.spent

    def highest(self) -> Found:
        """A plan that is worth as much as is asked, or as could be found."""
        self.first = self.first or self._trimmed(self._greedy())
        return self.first

    def effort(self, counts: Counts) -> int:
        """The effort of a plan."""
        return sum([effort * times for effort, times in zip(self.efforts, counts, strict=True)])

    def _found(self, counts: Counts) -> Found:
        return Found(counts, self.effort(counts), self.horizon.total(counts))

    def _gain(self, counts: Counts, more: Counts, move: int) -> int:
        """What a plan gains by making one move more or less often."""
        worth = self.horizon.worth
        return sum([worth(place, more) - worth(place, counts) for place in self.touched[move]])

    def _most_of_all(self) -> int:
        """No plan at all is worth more than this."""
        return self.start + sum(
            max(0, part.most - gains.none)
            for part, touching, gains in zip(
                self.horizon.parts, self.horizon.touching, self.gains, strict=True
            )
            if touching and part.advised
        )

    def _descend(self, depth: int, counts: Counts, worth: int) -> None:
        """Look at every completion of a plan whose first moves are settled, unless a bound forbids it."""
        effort = self.effort(counts)
        if worth >= self.target:
            if effort < self.limit:
                self.best, self.limit = counts, effort
            return
        left = self.limit - 1 - effort
        if depth == len(self.order) or left <= 0 or self._bound(depth, counts, left) < self.target:
            return
        move = self.order[depth]
        for times in range(min(self._cap(counts, move), left // self.efforts[move]) + 1):
            if self.horizon.budget.spent:
                return
            more = _with(counts, move, times)
            self._descend(depth + 1, more, worth + self._gain(counts, more, move))

    def _cap(self, counts: Counts, move: int) -> int:
        """How often a move can be made in a plan: not at all beside another of its group."""
        moves = self.horizon.schedule.moves
        same = (other for other, times in enumerate(counts) if times and other != move)
        return 0 if any(moves[other].group == moves[move].group for other in same) else self.caps[move]

    def _bound(self, depth: int, counts: Counts, left: int) -> int:
        """No completion is worth more than this."""
        settled = set(self.order[:depth])
        places = range(len(self.gains))
        self.horizon.budget.left -= len(self.gains)
        return sum([self._most(place, counts, settled, left) for place in places])

    def _most(self, place: int, counts: Counts, settled: set[int], left: int) -> int:
        touching = self.horizon.touching[place]
        open_ones = [move for move in touching if move not in settled]
        more = max([left // self.efforts[move] for move in open_ones], default=0)
        if more == 0:
            return self.horizon.worth(place, counts)
        more = min(more, sum([self.caps[move] for move in open_ones]))
        return self.gains[place].none + self.gains[place].most(
            more + sum([counts[move] for move in touching])
        )

    def _greedy(self) -> Found:
        """A first plan: again and again the step that gains most for its effort."""
        found = Found(self.none, 0, self.start)
        while found.worth < self.target and not self.horizon.budget.spent:
            steps = [step for step in self._steps(found) if step.worth > found.worth]
            if not steps:
                break
            found = max(steps, key=lambda step: self._for_its_effort(found, step))
        return found

    def _for_its_effort(self, found: Found, step: Found) -> tuple[float, int]:
        gain = min(step.worth, self.target) - found.worth
        return gain / (step.effort - found.effort), gain

    def _steps(self, found: Found) -> Iterator[Found]:
        """Each move so often that it begins to make a difference somewhere."""
        for move in range(len(self.caps)):
            cap = self._cap(found.counts, move)
            turns = {t for place in self.touched[move] for t in self._turns(place, found.counts, move, cap)}
            for times in sorted(turns):
                more = _with(found.counts, move, times)
                gain = self._gain(found.counts, more, move)
                effort = (times - found.counts[move]) * self.efforts[move]
                yield Found(more, found.effort + effort, found.worth + gain)

    def _turns(self, place: int, counts: Counts, move: int, cap: int) -> Iterator[int]:
        """How often a move must be made until a part is worth something else, found by halving.

        A difference that is gone again at the most often is overlooked: this is for a first plan only.
        """

        def worth(times: int) -> int:
            return self.horizon.worth(place, _with(counts, move, times))

        low = counts[move]
        while low < cap and worth(low) != worth(cap):
            high, least = cap, low
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if worth(middle) == worth(least) else (low, middle)
            yield high
            low = high

    def _trimmed(self, found: Found) -> Found:
        """The plan without anything that it can do without and be worth as much as is asked."""
        floor = min(self.target, found.worth)
        for move in sorted(range(len(self.caps)), key=lambda move: -self.efforts[move]):
            for times in range(found.counts[move]):
                fewer = _with(found.counts, move, times)
                worth = found.worth + self._gain(found.counts, fewer, move)
                if worth >= floor:
                    return self._trimmed(Found(fewer, self.effort(fewer), worth))
        return found


def _with(counts: Counts, move: int, times: int) -> Counts:
    return (*counts[:move], times, *counts[move + 1 :])
