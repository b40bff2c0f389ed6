"""Decisions at a desk: found again, told as far as the consent goes, with what the person may do."""

from pathlib import Path

import pytest

from credence.server.services.deciding import reviews
from credence.server.services.deciding.reviews import Answer
from credence.server.web.partner import decisions
from tests.server.harness import run
from tests.server.web.partner.desks import desk

HERE = "/partner/decisions"


def test_decisions_are_found_by_how_they_went_and_by_person(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            assert "There are no such decisions" in await d.visit.see(HERE)
            await d.house.publish()
            made = {name: await d.house.decided(name) for name in ("ana", "ben", "cleo")}
            page = await d.visit.see(HERE)
            assert all(one["person"] in page for one in made.values())
            for meaning, name in (("accept", "ana"), ("decline", "ben"), ("refer", "cleo")):
                page = await d.visit.see(f"{HERE}?meaning={meaning}")
                assert [other for other, one in made.items() if one["person"] in page] == [name]
            page = await d.visit.see(f"{HERE}?person={made['ben']['person']}")
            assert (made["ben"]["person"] in page, made["ana"]["person"] in page) == (True, False)
            reader = await d.other("decisions.read")
            assert "There are no such decisions" in await reader.see(HERE)
            await reader.see(f"{HERE}/{made['ana']['decision_id']}", 404)

    run(work())


def test_figures_are_told_where_the_consent_goes_so_far(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish()
            first = await d.house.decided("ben", level="score")
            page = await d.visit.see(f"{HERE}/{first['decision_id']}")
            for words in ("not met", " away", "This row decided", "As a PDF", "There is no other"):
                assert words in page, words
            assert "Not told to you" not in page
            second = await d.house.decided("ben")
            page = await d.visit.see(f"{HERE}/{second['decision_id']}")
            for words in ("no figures", "Not told to you", "Nobody asked for one"):
                assert words in page, words
            assert first["decision_id"] in await d.visit.html(f"{HERE}/{second['decision_id']}")
            none = await d.house.decided("cleo", level="score")
            page = await d.visit.see(f"{HERE}/{none['decision_id']}")
            assert "There is no score" in page
            assert "something was not known" in page
            assert "As a PDF" not in page

    run(work())


def test_a_human_look_is_followed_from_the_desk(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish()
            made = (await d.house.decided("ben"))["decision_id"]
            asked = await d.world.post("ben", f"/v1/decisions/{made}/reviews", {"words": "Look again"})
            review = asked.json()["review_id"]
            path = f"{HERE}/{made}"
            assert "You have nothing to do" in await d.visit.see(path)
            async with d.here.as_(d.house.reviewer[0]) as context:
                await reviews.open_(context, d.here.state.keys, review)
            assert "A reviewer has opened it" in await d.visit.see(path)
            async with d.here.as_(d.house.reviewer[0]) as context:
                answer = Answer("The rent was paid.", "no_deposit", reviews.today(context))
                await reviews.answer(context, d.here.state.keys, review, answer)
            page = await d.visit.see(path)
            assert "changed to no_deposit" in page
            assert "Somebody looked at one of your decisions" in await d.visit.see("/partner")
            assert "Look again" not in page

    run(work())


def test_decisions_have_pages(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "A_PAGE", 2)

    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish()
            first = await d.house.decided("ana")
            for _ in range(2):
                d.here.clock.move(seconds=1)
                assert (await d.house.decide(first["person"])).is_success
            assert first["decision_id"] not in await d.visit.html(HERE)
            further = await d.link(f"{HERE}?meaning=accept", rf"{HERE}\?before=")
            assert "meaning=accept" in further
            assert first["decision_id"] in await d.visit.html(further)

    run(work())
