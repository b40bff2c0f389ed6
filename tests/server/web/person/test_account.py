"""The account, messages and leaving, in a browser, for everybody."""

from pathlib import Path

from credence.server.services.people import messages
from tests.server.harness import bureau, run
from tests.server.people import headers, person
from tests.server.web.browser import browsing, free_port, needs_chromium

PAGES = (
    "/me/more", "/me/account", "/me/account/password", "/me/account/identifiers/contact",
    "/me/account/identifiers/document", "/me/messages", "/me/messages/mails",
    "/me/leave",
)  # fmt: skip


@needs_chromium
def test_everybody_can_use_the_pages_of_an_account(database: str, folder: Path) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            bureau(database, folder, public_url=f"http://localhost:{port}") as here,
            browsing(here, port) as browser,
        ):
            actor = await person(here)
            async with here.as_() as context:
                await messages.tell(context, actor.id, "recovery.waiting", recovery="rec_1")
            page = await browser.page(await headers(here, actor))
            for path in PAGES:
                await page.goto(path)
                await browser.check(page)
            await page.goto("/me/account/password")
            await page.get_by_label("Password").fill("correct horse battery")
            await page.get_by_role("button", name="Go on").click()
            await page.get_by_text("Scan this").wait_for()
            await browser.check(page)
            await page.goto("/me/leave")
            await page.get_by_label("Type the word").fill("erase")
            here.clock.move(minutes=11)
            await page.get_by_role("button", name="Erase everything").click()
            await page.get_by_role("link", name="Sign in again").wait_for()
            browser.said.clear()  # the browser says that this page has the status 403
            await browser.check(page)

    run(it())
