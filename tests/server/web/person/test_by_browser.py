"""The pages that explain a score, as a browser shows them: everybody can use them, with script or without."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.events.exports.samples import export
from tests.server.harness import run
from tests.server.web.browser import Browser, browsing, free_port, needs_chromium
from tests.server.web.person.explained import explained

PAGES = (
    "/me/lines/paid_on_time", "/me/statement", "/me/change", "/me/history", "/me/plans?band=outstanding",
    "/me/facts", "/me/download",
)  # fmt: skip


async def import_statement(browser: Browser, page: Page, file: Path) -> None:
    """Look at a file, keep what is in it, and remove it again."""
    await page.goto("/me/import")
    await browser.check(page)
    await page.set_input_files("#file", file)
    await page.get_by_role("button", name="Show me what it would do").click()
    await expect(page.get_by_text("Nothing of this is kept yet.")).to_be_visible()
    await browser.check(page)
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_text("It was kept")).to_be_visible()
    await browser.check(page)
    await page.get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("It was removed")).to_be_visible()


@needs_chromium
def test_every_page_can_be_used_by_everybody(database: str, folder: Path) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            explained(database, folder, public_url=f"http://localhost:{port}") as there,
            browsing(there.here, port) as browser,
        ):
            page = await browser.page(there.people["ana"][1])
            for path in PAGES:
                await page.goto(path)
                await browser.check(page)
            await page.goto("/me/what-if")
            asked = len(browser.asked)
            await page.get_by_label("Have your address verified").check()
            await expect(page.locator("#result .up").first).to_have_text("+25")
            assert "?" in browser.asked[asked]
            assert page.url.endswith("/me/what-if")
            await browser.check(page)
            file = folder / "statement.csv"
            file.write_bytes(export("alipay"))
            await import_statement(browser, page, file)
            plain = await browser.page(there.people["ben"][1], script=False)
            await plain.goto("/me/what-if")
            await plain.get_by_label("Have your address verified").check()
            await plain.get_by_role("button", name="Show the score").click()
            await expect(plain.locator("#result .up").first).to_have_text("+25")
            await plain.goto("/me/import")
            await plain.set_input_files("#file", file)
            await plain.get_by_role("button", name="Show me what it would do").click()
            await plain.get_by_role("link", name="Let it go").click()
            await expect(plain.get_by_text("Nothing was kept.")).to_be_visible()

    run(it())
