"""Sharing, freezing and who looked, in a browser: with and without script, and for everybody."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import World, world
from tests.server.web.browser import browsing, free_port, needs_chromium


async def looked_at(here: World) -> str:
    """Somebody with consents of each kind and with looks; the path of the last look."""
    consent = await here.consent("ana", level="statement")
    await here.consent("ana", level="threshold", at_least=650, purpose="small_loan")
    assert (await here.ask(consent["person"], level="statement")).status_code == 200
    looks = (await here.see("ana", "/v1/inquiries")).json()["data"]
    return f"/me/inquiries/{looks[0]['id']}"


@needs_chromium
def test_freezing_works_without_script_and_at_once(database: str, folder: Path) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            world(database, folder, public_url=f"http://localhost:{port}") as there,
            browsing(there.here, port) as browser,
        ):
            person = (await there.consent("ana"))["person"]
            page = await browser.page(there.people["ana"][1], script=False)
            await page.goto("/me/freeze")
            switch = page.get_by_role("switch", name="Freeze my scores")
            assert await switch.get_attribute("aria-checked") == "false"
            await switch.focus()
            await page.keyboard.press("Enter")
            await page.get_by_text("Your scores are frozen now").wait_for()
            assert await switch.get_attribute("aria-checked") == "true"
            assert (await there.ask(person)).status_code == 403
            await switch.click()
            await page.get_by_text("The freeze is lifted").wait_for()
            assert (await there.ask(person)).status_code == 200

    run(it())


@needs_chromium
def test_everybody_can_see_and_switch_who_may_look(database: str, folder: Path) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            world(database, folder, public_url=f"http://localhost:{port}") as there,
            browsing(there.here, port) as browser,
        ):
            look = await looked_at(there)
            page = await browser.page(there.people["ana"][1])
            await page.goto("/me/sharing")
            await browser.check(page)
            switches = page.get_by_role("switch", name="Stop ")
            assert await switches.count() == 2
            # With script the page stays: only its content is changed.
            await page.evaluate("window.stayed = true")
            await switches.first.focus()
            await page.keyboard.press("Space")
            await page.get_by_text("Switched off. It holds for no question").wait_for()
            assert await switches.count() == 1
            assert await page.evaluate("window.stayed")
            await page.get_by_text("Ended (1)").click()
            await browser.check(page)
            await page.get_by_role("link", name="Allow again").click()
            await page.get_by_text("Exactly this is sent").wait_for()
            await browser.check(page)
            for path in ("/me/inquiries", look, "/me/freeze", "/me/freeze/proof"):
                await page.goto(path)
                await browser.check(page)
            await page.goto(look)
            await page.get_by_role("button", name="This was not me").click()
            await page.get_by_text("What happens next").wait_for()
            await browser.check(page)

    run(it())
