"""Asking for a consent at a desk: the form, the code, and what the desk hears of the answer."""

from pathlib import Path

import pytest

from credence.server.web.partner import requests
from tests.server.harness import run
from tests.server.web.partner.desks import desk
from tests.server.web.person.visits import Visit

HERE = "/partner/requests"
WISH = {"purpose": "rental_deposit", "level": "threshold", "at_least": "650", "scorecard": "everyday"}


def test_a_request_waits_is_granted_and_leads_to_the_question(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            assert "You have asked for none yet" in await d.visit.see(HERE)
            made = await d.visit.send(HERE, **WISH, days="30")
            path = made.headers["Location"]
            page = await d.visit.html(path)
            assert "Waits for an answer" in page
            assert '<svg aria-hidden="true"' in page
            ask = path.replace("/partner/requests", "/ask")
            assert f"{d.here.state.settings.public_url}{ask}</a>" in page
            assert 'hx-trigger="every 5s"' in page
            await (await d.other("scores.read")).see(path, 404)
            ana = Visit(d.here, d.world.people["ana"][1])
            await ana.done(ask, purpose="rental_deposit", level="threshold", days="7")
            granted = await d.visit.html(path)
            assert "hx-trigger" not in granted
            asking = await d.link(path, r"/partner/ask\?")
            form = await d.visit.html(asking)
            assert 'value="650"' in form
            assert '<option value="threshold" selected>' in form
            assert "Granted" in await d.visit.see(HERE)

    run(work())


def test_a_request_to_one_person_is_told_to_them_and_lapses(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            known = await d.known("ana")
            made = await d.visit.send(HERE, **WISH, days="30", person=known)
            page = await d.visit.html(made.headers["Location"])
            assert "<svg" not in page
            assert f"{known} was told" in page
            ana = Visit(d.here, d.world.people["ana"][1])
            assert "Waiting for your answer" in await ana.see("/me/sharing")
            d.here.clock.move(days=15)
            page = await d.visit.see(made.headers["Location"])
            assert "Nobody said yes until 20 November 2026" in page

    run(work())


def test_what_cannot_be_asked_for_is_said_and_what_was_typed_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            for said, why in (
                ({"at_least": ""}, "needs at_least"),
                ({"at_least": "many"}, "needs at_least"),
                ({"days": "0"}, "1 to 365 days"),
                ({"scorecard": "other"}, "is no scorecard here"),
                ({"purpose": "pay_later"}, "not registered"),
                ({"purpose": "fun"}, "is no purpose"),
            ):
                reply = await d.visit.send(HERE, **{**WISH, "days": "30", "person": "per_x"} | said)
                assert (reply.status_code, why in reply.text) == (422, True), reply.text
                assert 'value="per_x"' in reply.text
            assert "none yet" in await d.visit.see(HERE)
            reader = await d.other("offers.read")
            assert (await reader.send(HERE, **WISH, days="30")).status_code == 403
            assert "A new request" not in await reader.see(HERE)

    run(work())


def test_requests_have_pages(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "A_PAGE", 2)

    async def work() -> None:
        async with desk(database, folder) as d:
            for number in range(3):
                d.here.clock.move(seconds=1)
                await d.visit.send(HERE, **WISH | {"at_least": str(500 + number)}, days="30")
            first = await d.visit.see(HERE)
            assert ("score 502 or more" in first, "score 500 or more" in first) == (True, False)
            assert "score 500 or more" in await d.visit.see(await d.link(HERE, rf"{HERE}\?before="))

    run(work())
