"""Offers as the person sees them: the rule, the distance, what would be shared."""

from html import unescape
from pathlib import Path

from tests.server.harness import run
from tests.server.services.deciding.house import house
from tests.server.services.reading.world import Headers

HERE = {"Sec-Fetch-Site": "same-origin"}


def cookie(headers: Headers) -> Headers:
    return {"Cookie": f"credence_session={headers['Authorization'].split()[1]}"} | HERE


def test_an_offer_shows_its_rule_the_distance_and_what_would_be_shared(database: str, folder: Path) -> None:
    async def it() -> None:
        async with house(database, folder) as here:
            await here.publish()
            offer = {"policy": "deposit@1", "title": "A flat, no deposit", "purpose": "rental_deposit"}
            dates = {"starts_on": "2026-11-01", "ends_on": "2026-12-31", "sponsored": True}
            await here.made("POST", "/offers", body=offer | dates)
            client = here.there.here.client
            ana = (await client.get("/me/offers", headers=cookie(here.there.people["ana"][1]))).text
            ben = (await client.get("/me/offers", headers=cookie(here.there.people["ben"][1]))).text
            assert "You meet the published rule" in ana
            assert "Paid to be shown" in ana
            taken = unescape(ana.split('href="/me/sharing/new?')[1].split('"')[0])
            me = cookie(here.there.people["ana"][1])
            granting = await client.get(f"/me/sharing/new?{taken}", headers=me)
            assert (granting.status_code, "650" in granting.text) == (200, True)
            assert "You do not meet the published rule yet" in ben
            assert " away" in ben

    run(it())
