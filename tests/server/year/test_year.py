"""A simulated year: whatever people, partners and furnishers do in whatever order, what is promised holds."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.server.harness import Bureau
from tests.server.year import contesting, days, deciding, furnishing, holding, reading
from tests.server.year.model import CARE, LEVELS, MADE, MISSED, Life
from tests.server.year.town import Town, running, town

EXAMPLES = int(os.environ.get("YEAR_EXAMPLES", "3"))
STEPS = int(os.environ.get("YEAR_STEPS", "30"))
# To find the smallest sequence takes long; whoever looks for it says so.
PHASES = [Phase.generate, *([Phase.shrink] if "YEAR_SHRINK" in os.environ else [])]
YEAR = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=PHASES, database=None,
    report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
)  # fmt: skip
WHO, WHICH, PARTY = st.integers(0, 2), st.integers(0, 10), st.integers(0, 1)
NUMBERS = st.sampled_from([880, 910, 940, 970, 1000])
OUTCOMES = st.sampled_from(["verified", "deleted", "unverifiable", "modified"])
REASONS = st.sampled_from([contesting.SUSPENDING, contesting.COUNTING])
DAYS_MOST, VERSIONS_MOST = 330, 3


def test_whatever_happens_in_a_year_what_is_promised_holds(database: str, folder: Path) -> None:
    with asyncio.Runner() as loop:
        bureau = running(database, folder)
        here = loop.run(bureau.__aenter__())
        try:
            Year.loop, Year.here = loop, here
            run_state_machine_as_test(Year, settings=YEAR)
        finally:
            loop.run(bureau.__aexit__(None, None, None))


class Year(RuleBasedStateMachine):
    """A year of a town: each rule is an act, held to the model of what should be true."""

    loop: ClassVar[asyncio.Runner]
    here: ClassVar[Bureau]
    town: Town

    @initialize()
    def a_town(self) -> None:
        self.town = self.loop.run(town(self.here))
        self.begun = self.here.clock()

    def chosen(self, some: list[Any], which: int) -> list[Any]:
        """One of some, where there is one: rules that find nothing to act on do nothing."""
        return some[which % len(some) :][:1] if some else []

    @property
    def alive(self) -> list[Life]:
        return [one for one in self.town.lives if not one.erased]

    @property
    def open(self) -> list[Life]:
        """Whose account is open."""
        return [one for one in self.alive if not one.left]

    @property
    def standing(self) -> list[Any]:
        """Events that were neither taken back nor are contested, with whose they are."""
        contested = [said for life in self.open for _, _, said in life.open_items()]
        return [(life, said) for life in self.open for said in life.standing() if said not in contested]

    @property
    def gone(self) -> list[Any]:
        """Events that were taken back, with whose they are."""
        known = [(life, said) for life in self.open for said in life.said if said.event_id in life.rows]
        return [(life, said) for life, said in known if said.gone_at is not None]

    @property
    def pairs(self) -> list[Any]:
        """An event, and another of the same furnisher and person that was taken back."""
        return [
            (life, said, one)
            for life, said in self.standing
            for other, one in self.gone
            if other is life and one.furnisher == said.furnisher and one.content not in life.certified
        ]

    @property
    def consents(self) -> list[Any]:
        return [(life, one) for life in self.alive for one in life.consents]

    @property
    def disputes(self) -> list[Any]:
        return [(life, one) for life in self.alive for one in life.disputes]

    @rule(who=WHO, by=PARTY, kind=st.sampled_from([MISSED, MISSED, CARE, MADE]), ago=st.integers(0, 60))
    def furnisher_sends(self, who: int, by: int, kind: str, ago: int) -> None:
        life, furnisher = self.town.lives[who], self.town.furnishers[by]
        self.loop.run(furnishing.sends(self.town, life, furnisher, kind, ago))

    @rule(who=WHO, by=PARTY)
    def furnisher_sends_without_evidence(self, who: int, by: int) -> None:
        for life in self.chosen(self.open, who):
            self.loop.run(furnishing.sends_without_evidence(self.town, life, self.town.furnishers[by]))

    @rule(which=WHICH, by_event=st.booleans())
    def furnisher_takes_back(self, which: int, *, by_event: bool) -> None:
        for life, said in self.chosen(self.standing, which):
            self.loop.run(furnishing.takes_back(self.town, life, said, by_event=by_event))

    @rule(which=WHICH, kind=st.sampled_from([MISSED, MADE, CARE]))
    def furnisher_replaces(self, which: int, kind: str) -> None:
        for life, said in self.chosen(self.standing, which):
            self.loop.run(furnishing.replaces(self.town, life, said, kind))

    @rule(which=WHICH, certified=st.booleans(), same_id=st.booleans())
    def furnisher_sends_again(self, which: int, *, certified: bool, same_id: bool) -> None:
        for life, said in self.chosen(self.gone, which):
            act = furnishing.sends_again(self.town, life, said, certified=certified, same_id=same_id)
            self.loop.run(act)

    @rule(which=WHICH)
    def furnisher_says_again_by_replacing(self, which: int) -> None:
        for what in self.chosen(self.pairs, which):
            self.loop.run(furnishing.says_again_by_replacing(self.town, *what))

    @rule(who=WHO, by=PARTY, level=st.sampled_from(LEVELS), days=st.integers(1, 120), at_least=NUMBERS)
    def person_grants(self, who: int, by: int, level: str, days: int, at_least: int) -> None:
        for life in self.chosen(self.open, who):
            partner = self.town.partners[by]
            self.loop.run(reading.grants(self.town, life, partner, level, days, at_least))

    @rule(which=WHICH)
    def person_withdraws(self, which: int) -> None:
        for what in self.chosen(self.consents, which):
            self.loop.run(reading.withdraws(self.town, *what))

    @rule(who=WHO, by=PARTY, level=st.sampled_from(LEVELS))
    def person_refuses(self, who: int, by: int, level: str) -> None:
        for life in self.chosen(self.alive, who):
            self.loop.run(reading.refuses(self.town, life, self.town.partners[by], level))

    @rule(who=WHO, by=PARTY, level=st.sampled_from(LEVELS), at_least=NUMBERS)
    def partner_asks(self, who: int, by: int, level: str, at_least: int) -> None:
        life, partner = self.town.lives[who], self.town.partners[by]
        self.loop.run(reading.asks(self.town, partner, life, level, at_least))

    @rule(which=WHICH, at_least=NUMBERS)
    def partner_asks_what_it_may(self, which: int, at_least: int) -> None:
        for life, one in self.chosen(self.consents, which):
            number = one.at_least or at_least
            self.loop.run(reading.asks(self.town, one.partner, life, one.level, number))

    @rule(who=WHO, back=st.integers(0, 1))
    def partner_decides(self, who: int, back: int) -> None:
        version = max(1, self.town.policy - back)
        self.loop.run(deciding.decides(self.town, self.town.lives[who], version))

    @rule()
    def partner_changes_its_policy(self) -> None:
        if self.town.policy < VERSIONS_MOST:
            self.loop.run(deciding.changes(self.town))

    @rule(who=WHO)
    def operator_looks(self, who: int) -> None:
        self.loop.run(reading.looks(self.town, self.town.lives[who]))

    @rule(who=WHO)
    def person_looks(self, who: int) -> None:
        for life in self.chosen(self.alive, who):
            self.loop.run(reading.own_score(self.town, life))

    @rule(who=WHO, which=WHICH, replayed=st.booleans())
    def person_reads_a_statement(self, who: int, which: int, *, replayed: bool) -> None:
        months = list(self.town.published.values())
        both = zip(self.chosen(self.alive, who), self.chosen(months, which), strict=False)
        for life, (then, _) in both:
            self.loop.run(reading.statement(self.town, life, then.date(), then if replayed else None))

    @rule(who=WHO, thaws=st.booleans())
    def person_freezes(self, who: int, *, thaws: bool) -> None:
        for life in self.chosen(self.alive, who):
            self.loop.run((reading.thaws if thaws else reading.freezes)(self.town, life))

    @rule(who=WHO, by=PARTY, days=st.integers(1, 60))
    def person_excepts_a_partner(self, who: int, by: int, days: int) -> None:
        for life in self.chosen(self.open, who):
            self.loop.run(reading.excepts(self.town, life, self.town.partners[by], days))

    @rule(who=WHO)
    def person_says_not_me(self, who: int) -> None:
        for life in self.chosen(self.alive, who):
            self.loop.run(reading.says_not_me(self.town, life))

    @rule(which=WHICH, reason=REASONS)
    def person_disputes(self, which: int, reason: str) -> None:
        some = [(life, said) for life in self.alive for said in life.standing()]
        for life, said in self.chosen(some, which):
            self.loop.run(contesting.disputes(self.town, life, said, reason))

    @rule(who=WHO, reason=REASONS)
    def person_disputes_a_line(self, who: int, reason: str) -> None:
        for life in self.chosen(self.alive, who):
            self.loop.run(contesting.disputes_a_line(self.town, life, reason))

    @rule(which=WHICH)
    def person_informs(self, which: int) -> None:
        for what in self.chosen(self.disputes, which):
            self.loop.run(contesting.informs(self.town, *what))

    @rule(which=WHICH)
    def person_withdraws_a_dispute(self, which: int) -> None:
        for what in self.chosen(self.disputes, which):
            self.loop.run(contesting.withdraws(self.town, *what))

    @rule(which=WHICH, reviewer=st.booleans(), outcome=OUTCOMES)
    def somebody_answers(self, which: int, outcome: str, *, reviewer: bool) -> None:
        waiting = [(life, d, item) for life in self.town.lives for d, item, _ in life.open_items()]
        for what in self.chosen(waiting, which):
            self.loop.run(contesting.answers(self.town, what, outcome, reviewer=reviewer))

    @rule()
    def everybody_looks_at_their_disputes(self) -> None:
        self.loop.run(contesting.reads_lists(self.town))

    @rule(some=st.integers(1, 40))
    def days_pass(self, some: int) -> None:
        if (self.here.clock() - self.begun).days < DAYS_MOST:
            self.loop.run(days.pass_by(self.town, some))

    @rule(who=WHO, sure=st.integers(0, 2))
    def person_leaves(self, who: int, sure: int) -> None:
        for life in self.chosen(self.open, who) if sure == 0 else ():
            self.loop.run(days.leaves(self.town, life))

    @rule(who=WHO, sure=st.integers(0, 2))
    def person_is_erased(self, who: int, sure: int) -> None:
        for life in self.chosen(self.alive, who) if sure == 0 else ():
            self.loop.run(days.erases(self.town, life))

    @invariant()
    def what_is_promised_holds(self) -> None:
        if hasattr(self, "town"):
            self.loop.run(holding.all_of(self.town))

    def teardown(self) -> None:
        """In the end every dispute is decided, decisions are as they were made, and erased is erased."""
        # What failed is told, not what follows from it.
        if hasattr(self, "town") and sys.exc_info()[0] is None:
            self.loop.run(holding.in_the_end(self.town))
