"""The first screen of a person, as a browser shows it."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import world
from tests.server.web.browser import browsing, free_port, needs_chromium


@needs_chromium
def test_the_first_screen_shows_a_score_that_adds_up_to_everybody(database: str, folder: Path) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            world(database, folder, public_url=f"http://localhost:{port}") as here,
            browsing(here.here, port) as browser,
        ):
            page = await browser.page(here.people["ana"][1])
            await page.goto("/me")
            score = int(await page.locator(".score").inner_text())
            parts = await page.locator("#receipt > .receipt > li .row > span:last-child").all_inner_texts()
            points = [int(part.split()[0].replace("\N{MINUS SIGN}", "-")) for part in parts if part]
            assert points[-1] == score
            await browser.check(page)

    run(it())
