"""Who consented, by ids of the partner's own."""

from pathlib import Path

import pytest

from credence.server.web.partner import people
from tests.server.harness import run
from tests.server.web.partner.desks import desk
from tests.server.web.person.visits import Visit

HERE = "/partner/people"


def test_consents_hold_end_and_are_switched_off(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            assert "Nobody has consented yet" in await d.visit.see(HERE)
            ana = await d.known("ana", ends_at="2026-11-20T00:00:00Z")
            ben = await d.world.consent("ben", purpose="small_loan", level="reasons")
            page = await d.visit.see(HERE)
            assert page.count("Holds") == 2
            assert "The score and the reasons for it" in page
            assert d.world.people["ana"][0].id not in await d.visit.html(HERE)
            found = await d.visit.see(f"{HERE}?person={ana}")
            assert (ana in found, ben["person"] in found) == (True, False)
            assert "You have no consent under this id" in await d.visit.see(f"{HERE}?person=per_none")
            assert "20 November 2026" in found
            form = await d.visit.html(await d.link(f"{HERE}?person={ben['person']}", r"/partner/ask\?"))
            assert '<option value="small_loan" selected>' in form
            await Visit(d.here, d.world.people["ben"][1]).done(f"/me/sharing/{ben['id']}/withdraw")
            d.here.clock.move(days=20)
            page = await d.visit.see(HERE)
            assert ("Holds" in page, "Switched off" in page, "Ended" in page) == (False, True, True)
            assert ana not in await (await d.other("scores.read")).see(HERE)

    run(work())


def test_people_have_pages(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "A_PAGE", 2)

    async def work() -> None:
        async with desk(database, folder) as d:
            first = last = await d.known("ana")
            for _ in range(3):
                d.here.clock.move(seconds=1)
                last = await d.known("ben")
            assert first not in await d.visit.see(HERE)
            further = await d.visit.see(await d.link(HERE, rf"{HERE}\?before="))
            assert (first in further, last in further) == (True, True)
            further = await d.link(f"{HERE}?person={last}", rf"{HERE}\?before=")
            assert first not in await d.visit.see(further)

    run(work())
