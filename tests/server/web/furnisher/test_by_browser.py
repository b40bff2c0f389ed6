"""A furnisher's desk, and what people see of it, as a browser shows it: everybody can use it."""

from pathlib import Path

from playwright.async_api import Page, expect

from credence.server.jobs import receipts
from tests.server.harness import bureau, run
from tests.server.sending import Sending, sending
from tests.server.web.browser import DESK, Browser, browsing, free_port, needs_chromium
from tests.server.web.furnisher.test_sending import table

SCOPES = "events.write", "receipts.read", "disputes.read", "disputes.write"
PAGES = (
    "/furnisher/evidence",
    "/furnisher/receipts",
    "/furnisher/notices",
    "/furnisher/disputes",
    "/furnisher/keys",
)


async def send(browser: Browser, page: Page, who: Sending) -> None:
    """Send a file, look on while it is taken, and see what was refused of it."""
    await page.goto("/furnisher/send")
    await browser.check(page)
    await page.locator("summary", has_text="bill.unpaid").click()
    await browser.check(page)
    file = {"name": "May.csv", "mimeType": "text/csv", "buffer": table(who)}
    await page.set_input_files("#file", file)  # type: ignore[arg-type]
    await page.get_by_role("button", name="Send it").click()
    await expect(page.get_by_text("The file is safe here.")).to_be_visible()
    await browser.check(page)
    await receipts.take_files(who.here.state, who.here.clock())
    # The page looks by itself whether the file is taken.
    await expect(page.get_by_text("Download what was refused")).to_be_visible()
    await browser.check(page)
    await page.goto("/furnisher/imports")
    await browser.check(page)


async def show_to_the_person(browser: Browser, page: Page) -> str:
    """What was said against somebody stands at their page; return a code that they make for the furnisher."""
    await page.goto("/me/notices")
    await expect(page.get_by_text("Counts from")).to_be_visible()
    await browser.check(page)
    await page.goto("/me/codes")
    await page.get_by_label("Who may send?").select_option(index=1)
    await page.get_by_role("button", name="Make a code").click()
    await browser.check(page)
    return await page.locator("pre").inner_text()


@needs_chromium
def test_every_page_can_be_used_by_everybody(database: str, folder: Path) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            bureau(database, folder, public_url=f"http://localhost:{port}") as here,
            browsing(here, port) as browser,
        ):
            power = await sending(here, *SCOPES)
            page = await browser.page(power.headers, width=DESK)
            await page.goto("/")
            await browser.check(page)
            await send(browser, page, power)
            for path in PAGES:
                await page.goto(path)
                await browser.check(page)
            await page.goto("/furnisher")
            await expect(page.get_by_text("Of 5 rows, 2 were taken.")).to_be_visible()
            await browser.check(page)
            await page.goto("/furnisher/people")
            ana = await browser.page(power.ana_headers)
            code = await show_to_the_person(browser, ana)
            await page.get_by_label("The code that somebody gave you").fill(code)
            await page.get_by_role("button", name="Get to know them").click()
            await expect(page.get_by_text("You know them now")).to_be_visible()
            await browser.check(page)

    run(it())
