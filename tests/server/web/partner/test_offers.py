"""Offers at a desk: made by a published rule, seen by people, and closed."""

from pathlib import Path

import pytest

from credence.server.web.partner import offers
from tests.server.harness import run
from tests.server.web.partner.desks import desk
from tests.server.web.person.visits import Visit

HERE = "/partner/offers"
OFFER = {
    "title": "A car without a deposit", "policy": "deposit@1", "purpose": "rental_deposit",
    "starts": "2026-11-06", "ends": "2026-12-24",
}  # fmt: skip


def test_an_offer_is_made_seen_and_closed(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            assert "You offer nothing yet" in await d.visit.see(HERE)
            assert "You have no published policy" in await d.visit.see(f"{HERE}/new")
            await d.house.publish()
            form = await d.visit.html(f"{HERE}/new?policy=deposit%401")
            assert '<option value="deposit@1" selected>' in form
            assert 'value="2027-02-04"' in form
            page = await d.visit.done(HERE, **OFFER, sponsored="true")
            assert "6 November 2026 to 24 December 2026" in page
            ana = Visit(d.here, d.world.people["ana"][1])
            assert "Paid to be shown" in await ana.see("/me/offers")
            ahead = OFFER | {"starts": "2026-12-01", "title": "Skis", "level": "score"}
            assert "Not yet" in await d.visit.done(HERE, **ahead)
            close = await d.link(HERE, f"{HERE}/off_")
            assert (await (await d.other("offers.write")).send(close)).status_code == 404
            assert "Closed" in await d.visit.done(close)
            d.here.clock.move(days=90)
            assert "Over" in await d.visit.see(HERE)
            reader = Visit(d.here, (await d.here.party("partner", "offers.read"))[1])
            assert "Offer something" not in await reader.see(HERE)

    run(work())


def test_what_cannot_be_offered_is_said_and_what_was_typed_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish()
            for more, why in (
                ({"title": " "}, "needs a title"),
                ({"purpose": "small_loan"}, "does not decide about"),
                ({"ends": "2026-11-05"}, "An offer ends after today"),
                ({"level": "all"}, "is no level"),
            ):
                reply = await d.visit.send(HERE, **OFFER | more)
                assert (reply.status_code, why in reply.text) == (422, True), reply.text
                assert 'value="2026-11-06"' in reply.text
            assert (await d.visit.send(HERE, **OFFER | {"ends": "soon"})).status_code == 422
            assert "You offer nothing yet" in await d.visit.see(HERE)

    run(work())


def test_offers_have_pages(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "A_PAGE", 2)

    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish()
            for number in range(3):
                d.here.clock.move(seconds=1)
                await d.visit.send(HERE, **OFFER | {"title": f"No {number:02}."})
            assert "No 00." not in await d.visit.see(HERE)
            assert "No 00." in await d.visit.see(await d.link(HERE, rf"{HERE}\?before="))

    run(work())
