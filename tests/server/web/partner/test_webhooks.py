"""Webhooks at a desk: addresses, their secrets, tests, and what was sent."""

import re
from pathlib import Path

import pytest

from credence.server.services.contesting.webhooks.endpoints import MOST
from credence.server.web.partner import webhooks
from tests.server.harness import run
from tests.server.web.partner.desks import desk
from tests.server.web.person.visits import Visit

HERE = "/partner/webhooks"
URL = "https://wheels.example.com/told"
SECRET = re.compile(r"whsec_[\w+/=]+")
DISABLE = "UPDATE webhook_endpoints SET disabled_at = $1, why_disabled = 'It answered 500.'"


def test_an_address_is_added_tested_disabled_and_removed(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            assert "There is no address yet" in await d.visit.see(HERE)
            added = await d.visit.send(HERE, url=URL, kinds=["consent.granted", "consent.revoked"])
            secret = SECRET.findall(added.text)
            assert len(secret) == 1
            assert secret[0] not in await d.visit.html(HERE)
            base = (await d.link(HERE, f"{HERE}/whe_")).rpartition("/")[0]
            assert "A test is on its way" in await d.visit.done(f"{base}/test")
            await d.known("ana")
            page = await d.visit.see(HERE)
            assert "Somebody gave you a consent" in page
            assert page.count("Waits") == 2
            again = await d.link(HERE, "/partner/deliveries/")
            assert "It is sent once more" in await d.visit.done(again)
            stranger = await d.other("webhooks.write")
            assert (await stranger.send(again)).status_code == 404
            for step in ("test", "secret", "secret/end", "enable", "remove"):
                assert (await stranger.send(f"{base}/{step}")).status_code == 404

    run(work())


def test_secrets_change_and_an_address_that_does_not_answer_is_seen(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            first = await d.visit.send(HERE, url=URL)
            base = (await d.link(HERE, f"{HERE}/whe_")).rpartition("/")[0]
            newer = await d.visit.send(f"{base}/secret")
            assert SECRET.findall(newer.text) != SECRET.findall(first.text)
            assert "End the old secret" in newer.text
            assert "Only the newest secret" in await d.visit.done(f"{base}/secret/end")
            async with d.here.as_() as context:
                await context.connection.execute(DISABLE, context.now)
            assert "switched off, as they did not answer: 1" in await d.visit.see("/partner")
            assert "It answered 500." in await d.visit.see(HERE)
            assert (await d.visit.send(f"{base}/test")).status_code == 409
            assert "It is sent to again" in await d.visit.done(f"{base}/enable")
            assert "Nothing is sent to it" in await d.visit.done(f"{base}/remove")
            assert "There is no address yet" in await d.visit.see(HERE)

    run(work())


def test_what_cannot_be_sent_to_is_said(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            for said in ({"url": "http://wheels.example.com"}, {"url": URL, "kinds": "gossip"}):
                assert (await d.visit.send(HERE, **said)).status_code == 422
            for _ in range(MOST):
                assert (await d.visit.send(HERE, url=URL)).status_code == 200
            reply = await d.visit.send(HERE, url=URL)
            assert (reply.status_code, "Remove one first" in reply.text) == (422, True)
            await Visit(d.here, d.world.people["ana"][1]).see(HERE, 403)

    run(work())


def test_the_log_has_pages(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "A_PAGE", 2)

    async def work() -> None:
        async with desk(database, folder) as d:
            await d.visit.send(HERE, url=URL)
            base = (await d.link(HERE, f"{HERE}/whe_")).rpartition("/")[0]
            for _ in range(3):
                d.here.clock.move(seconds=1)
                await d.visit.send(f"{base}/test")
            page = await d.visit.see(await d.link(HERE, rf"{HERE}\?after="))
            assert page.count("Send it again") == 1

    run(work())
