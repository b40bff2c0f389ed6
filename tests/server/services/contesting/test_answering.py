"""Disputes over simulated years: each is answered, escalated or decided in time, and points follow."""

import asyncio
from datetime import date
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from credence.engines.person import evaluate
from credence.events.log import EventLog
from credence.scorecards.load import load_scorecard
from credence.server.jobs.disputes import remind_and_decide
from credence.server.services.contesting.answering import outcome_of
from credence.server.services.contesting.contested import newest, reading
from tests.server.services.contesting.case import CARD, Case, case

YEAR = settings(
    max_examples=4,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
OUTCOMES = ("verified", "deleted", "unverifiable")
SUSPENDING, COUNTING = "not_mine", "dates"
DISPUTES = """
SELECT d.*, d.closed_at::date AS closed_on, i.answer, i.event_id FROM disputes d JOIN dispute_items i USING (dispute_id)
WHERE d.person_id = $1 ORDER BY 1
"""  # noqa: E501


def test_disputes_of_simulated_years_are_decided_in_time_and_points_follow(
    database: str, folder: Path
) -> None:
    with asyncio.Runner() as loop:
        running = case(database, folder)
        one = loop.run(running.__aenter__())
        try:
            Year.loop, Year.one = loop, one
            run_state_machine_as_test(Year, settings=YEAR)
        finally:
            loop.run(running.__aexit__(None, None, None))


class Year(RuleBasedStateMachine):
    """A person whose furnisher sends, disputes, answers and silence, while days pass and the job runs."""

    loop: ClassVar[asyncio.Runner]
    one: ClassVar[Case]

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []
        self.open: list[str] = []

    @initialize()
    def somebody_new(self) -> None:
        self.loop.run(self._somebody_new())

    async def _somebody_new(self) -> None:
        here = self.one.here
        self.one.person, self.one.headers["person"] = await here.party("person")
        self.one.furnisher, self.one.headers["furnisher"] = await here.party(
            "furnisher", "disputes.read", "disputes.write"
        )

    @rule(reason=st.sampled_from([SUSPENDING, COUNTING]))
    def disputes(self, reason: str) -> None:
        self.loop.run(self._disputes(reason))

    async def _disputes(self, reason: str) -> None:
        name = f"e{len(self.sent)}"
        await self.one.have(name)
        self.sent.append(name)
        self.open.append(await self.one.open(name, reason))

    @precondition(lambda self: self.open)
    @rule(outcome=st.sampled_from(OUTCOMES), who=st.sampled_from(["furnisher", "reviewer"]))
    def answers(self, outcome: str, who: str) -> None:
        self.loop.run(self.one.answer(who, self.open.pop(), outcome))

    @precondition(lambda self: self.open)
    @rule()
    def withdraws(self) -> None:
        self.loop.run(self.one.ask("person", "POST", f"/disputes/{self.open.pop(0)}/withdrawal"))

    @precondition(lambda self: self.open)
    @rule()
    def adds_information(self) -> None:
        path = f"/disputes/{self.open[0]}/information"
        self.loop.run(self.one.ask("person", "POST", path, json={"text": "More."}))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.loop.run(self._time_passes(days))

    async def _time_passes(self, days: int) -> None:
        here = self.one.here
        for _ in range(days):
            here.clock.move(days=1)
            await remind_and_decide(here.state, here.clock())
        rows = await self._disputes_now()
        self.open = [name for name in self.open if rows[name]["state"] == "open"]

    async def _disputes_now(self) -> dict[str, dict[str, object]]:
        async with self.one.here.as_() as context:
            rows = await context.connection.fetch(DISPUTES, self.one.person.id)
        return {row["dispute_id"]: dict(row) for row in rows}

    @invariant()
    def all_is_in_time(self) -> None:
        if not self.sent:
            return
        today = self.one.here.clock().date()
        for row in self.loop.run(self._disputes_now()).values():
            due_on, escalate_on, closed_on = row["due_on"], row["escalate_on"], row["closed_on"]
            assert isinstance(due_on, date)
            assert isinstance(escalate_on, date)
            if row["state"] == "open":
                assert today < due_on
                assert today < escalate_on or row["escalated_at"] is not None
            else:
                assert isinstance(closed_on, date)
                assert closed_on <= due_on
                assert row["outcome"] == outcome_of([row["answer"]])

    @invariant()
    def nothing_that_was_deleted_or_is_suspended_counts(self) -> None:
        if self.sent:
            self.loop.run(self._points_follow())

    async def _points_follow(self) -> None:
        rows = await self._disputes_now()
        counting = [
            row
            for row in rows.values()
            if row["answer"] in ("verified", "withdrawn")
            or (row["answer"] is None and row["reason"] == COUNTING)
        ]
        assert await self._score() == 1000 - 30 * len(counting)

    async def _score(self) -> int | None:
        here = self.one.here

        def work(log: EventLog) -> int | None:
            events = log.events_of(f"log-{self.one.person.id}")
            moment = newest(log, here.clock().date(), here.clock())
            return evaluate(load_scorecard(CARD), log.vocabulary, events, moment).score

        return await reading(here.state, work)

    def teardown(self) -> None:
        """Whatever is open is decided when nobody does anything any more."""
        if self.sent:
            self.loop.run(self._time_passes(46))
            self.all_is_in_time()
            assert self.open == []
