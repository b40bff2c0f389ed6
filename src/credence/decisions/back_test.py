"""Who would pass: a policy tried on everybody's scores, by outcome and band, against another, by group."""

from dataclasses import dataclass, field
from pathlib import Path

from credence.decisions.model import ACCEPT, Policy
from credence.decisions.run import check_scores
from credence.engines.policies import outcomes
from credence.engines.policies.decided import Scored


@dataclass
class Passing:
    """How many of some people pass."""

    people: int = 0
    passing: int = 0

    def add(self, people: int, *, passing: bool) -> None:
        """Count people in."""
        self.people += people
        self.passing += people if passing else 0


@dataclass(frozen=True)
class SwapSet:
    """Who passes two policies: both, only the first, only the second, neither."""

    both: int = 0
    only_first: int = 0
    only_second: int = 0
    neither: int = 0


@dataclass
class BackTest:
    """What a policy would decide about everybody in a file of scores.

    `rows` counts people by the row that decides; `without_score` by the code of why there is none.
    `bands` and `groups` are counted for those of a band and of a group; a person without a group is in
    the group ''. `against` is the swap set against another policy, if one was named.
    """

    all: Passing = field(default_factory=Passing)
    outcomes: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    bands: dict[str, Passing] = field(default_factory=dict)
    without_score: dict[str, Passing] = field(default_factory=dict)
    groups: dict[str, Passing] = field(default_factory=dict)
    against: SwapSet | None = None


def back_test(policy: Policy, scored: Scored, groups: Path | None = None) -> BackTest:
    """Try a policy on everybody in a file of scores.

    Args:
        policy: The policy.
        scored: The scores, and a table of people for lists and columns that are asked.
        groups: A table of person_id and group.

    Raises:
        SourceNotFoundError: A file is not there.
        IntakeError: A file is not as it must be.
        PolicyNotValidError: The policy does not hold on a day of the scores.
        UsageError: A table of people is needed and not given.
    """
    check_scores(policy, scored)
    places, passing = policy.places(), passes(policy)
    found = BackTest()
    found.outcomes = {outcome.outcome: 0 for _, outcome in places if outcome is not None}
    found.rows = {name: 0 for name, outcome in places if outcome is not None}
    found.bands = {band.name: Passing() for band in policy.scorecard.bands}
    for band, code, place, people in outcomes.counted(scored, policy.decided):
        name, outcome = places[place]
        assert outcome is not None, "a policy that was loaded leaves nobody out"
        found.all.add(people, passing=passing[place])
        found.outcomes[outcome.outcome] += people
        found.rows[name] += people
        if band is not None:
            found.bands.setdefault(band, Passing()).add(people, passing=passing[place])
        if code is not None:
            found.without_score.setdefault(code, Passing()).add(people, passing=passing[place])
    if groups is not None:
        for group, place, people in outcomes.grouped(scored, policy.decided, groups):
            found.groups.setdefault(group or "", Passing()).add(people, passing=passing[place])
    return found


def passes(policy: Policy) -> list[bool]:
    """For each place whether the people there pass: whether the outcome means accept."""
    return [outcome is not None and policy.meaning(outcome) == ACCEPT for _, outcome in policy.places()]


def swap_set(first: tuple[Policy, Scored], second: tuple[Policy, Scored]) -> SwapSet:
    """Who passes two policies, each on scores of its scorecard; of two files, who is in both on the same day.

    Raises:
        SourceNotFoundError: A file is not there.
        IntakeError: A file is not as it must be.
        PolicyNotValidError: A policy does not hold on a day of its scores.
        UsageError: A table of people is needed and not given.
    """
    for policy, scored in (first, second):
        check_scores(policy, scored)
    sides = [passes(policy) for policy, _ in (first, second)]
    counts = dict.fromkeys([(True, True), (True, False), (False, True), (False, False)], 0)
    pairs = [(scored, policy.decided) for policy, scored in (first, second)]
    for one, other, people in outcomes.swapped(pairs[0], pairs[1]):
        counts[sides[0][one], sides[1][other]] += people
    return SwapSet(*counts.values())
