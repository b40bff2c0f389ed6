"""What is made of a named snapshot is kept for some minutes, and forgotten with its person."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from credence import load_scorecard
from credence.engines.moment import Moment
from credence.events.vocabulary import shipped
from credence.scoring.explain import state
from credence.scoring.statement import Statement
from credence.server.services.reading import kept
from credence.server.services.reading.kept import LASTS, Shelf

NOW = datetime(2026, 11, 6, 9, tzinfo=UTC)
MOMENT = Moment(date(2026, 11, 6), NOW, 3)
MOMENTS = (MOMENT,)
ANA, BEN = ("per_ana", "hash"), ("per_ben", "hash")
STATEMENT = state(load_scorecard("everyday"), shipped(), ("per_ana", []), MOMENT)


def test_a_statement_is_found_again_for_its_person_definition_and_moment_alone() -> None:
    shelf = Shelf()
    shelf.keep(ANA, STATEMENT, MOMENTS, NOW)
    assert shelf.find(ANA, MOMENTS, NOW) is STATEMENT
    assert shelf.find(BEN, MOMENTS, NOW) is None
    assert shelf.find(("per_ana", "other"), MOMENTS, NOW) is None
    assert shelf.find(ANA, (replace(MOMENT, snapshot=4),), NOW) is None


def test_a_statement_is_kept_for_minutes() -> None:
    shelf = Shelf()
    shelf.keep(ANA, STATEMENT, MOMENTS, NOW)
    assert shelf.find(ANA, MOMENTS, NOW + LASTS - timedelta(seconds=1)) is STATEMENT
    assert shelf.find(ANA, MOMENTS, NOW + LASTS) is None
    assert shelf.find(ANA, MOMENTS, NOW - timedelta(seconds=1)) is None


def test_what_a_log_may_still_add_to_is_not_kept() -> None:
    shelf = Shelf()
    moments = MOMENT, replace(MOMENT, snapshot=None)
    shelf.keep(ANA, STATEMENT, moments, NOW)
    assert shelf.find(ANA, moments, NOW) is None


def test_what_was_made_a_short_while_ago_is_not_made_again() -> None:
    shelf, made = Shelf(), list[Statement]()

    def make() -> Statement:
        made.append(replace(STATEMENT))
        return made[-1]

    async def ask(whose: tuple[str, ...], now: datetime) -> Statement:
        return await shelf.or_made(whose, MOMENTS, now, make)

    found = [asyncio.run(ask(*asked)) for asked in ((ANA, NOW), (ANA, NOW), (BEN, NOW), (ANA, NOW + LASTS))]
    assert [next(n for n, one in enumerate(made) if one is each) for each in found] == [0, 0, 1, 2]


def test_whatever_is_of_a_person_is_forgotten() -> None:
    shelf = Shelf()
    for whose in (ANA, BEN):
        shelf.keep(whose, STATEMENT, MOMENTS, NOW)
    shelf.forget("per_ana")
    assert (shelf.find(ANA, MOMENTS, NOW), shelf.find(BEN, MOMENTS, NOW)) == (None, STATEMENT)


def test_the_one_that_was_asked_for_longest_ago_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    shelf = Shelf()
    moments = [(replace(MOMENT, snapshot=number),) for number in range(3)]
    for moment in moments[:2]:
        shelf.keep(ANA, STATEMENT, moment, NOW)
    assert shelf.find(ANA, moments[0], NOW) is STATEMENT
    shelf.keep(ANA, STATEMENT, moments[2], NOW)
    found = [shelf.find(ANA, moment, NOW) is not None for moment in moments]
    assert found == [True, False, True]
