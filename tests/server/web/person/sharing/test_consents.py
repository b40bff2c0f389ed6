"""Who may ask: granted one purpose at a time, seen with what is sent, and switched off."""

import re
from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import World, world
from tests.server.web.person.visits import Visit


def again(here: World) -> str:
    partner = here.partner[0].id
    return f"/me/sharing/new?partner={partner}&purpose=small_loan&level=threshold&scorecard=everyday"


def test_a_consent_is_granted_seen_and_switched_off(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana = Visit(here.here, here.people["ana"][1])
            assert "Nobody can see anything" in await ana.see("/me/sharing")
            path = f"{again(here)}&at_least=600"
            page = await ana.see(path)
            assert "Only yes or no: is the score 600 or more" in page
            assert "Yes, 600 or more" in page
            assert '"outcome": "yes"' in page
            shown = await ana.html(path)
            assert '<option value="90" selected>' in shown
            assert "checked" not in shown
            granted = await ana.done(path, days="30")
            assert "until the day you chose" in granted
            assert "Ends 6 December 2026" in granted
            assert (await here.audited("consent.granted"))[0]["person_id"] == here.people["ana"][0].id
            (withdraw,) = set(
                re.findall(r'action="(/me/sharing/con_\w+/withdraw)"', await ana.html("/me/sharing"))
            )
            off = await ana.done(withdraw)
            assert "Switched off 6 November 2026" in off
            assert "Allow again" in off
            (link,) = re.findall(r'href="(/me/sharing/new\?[^"]+)"', await ana.html("/me/sharing"))
            assert "at_least=600" in link
            async with here.here.as_() as context:
                told = await context.connection.fetch("SELECT kind FROM outbox ORDER BY sequence")
            assert [row["kind"] for row in told] == ["consent.granted", "consent.revoked"]

    run(it())


def test_what_is_sent_is_seen_before_and_after(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            await here.consent("ana", level="statement")
            ana = Visit(here.here, here.people["ana"][1])
            (link,) = re.findall(r'href="(/me/sharing/preview\?[^"]+)"', await ana.html("/me/sharing"))
            page = await ana.see(link.replace("&amp;", "&"))
            for words in ("everyday", "Reasons", "Lines", "not your name", '"points_base"'):
                assert words in page, words

    run(it())


def test_what_cannot_be_granted_is_a_sentence(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana = Visit(here.here, here.people["ana"][1])
            assert "needs at_least" in await ana.see(again(here), 422)
            other = again(here).replace("small_loan", "mortgage")
            assert "not registered" in await ana.see(other, 422)
            nobody = "par_" + "0" * 26
            await ana.see(again(here).replace(here.partner[0].id, nobody), 404)
            nothing = await ana.send("/me/sharing/con_none/withdraw")
            assert nothing.status_code == 404
            long = await ana.send(f"{again(here)}&at_least=600", days="400")
            assert long.status_code == 422
            assert "Nobody can see anything" in await ana.see("/me/sharing")

    run(it())
