"""Without script: what a furnisher finds right a reviewer decides again, where the person asks; a freeze."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.server.harness import run
from tests.server.web.browser import needs_chromium
from tests.server.web.flows.between import between, score


async def contest(page: Page) -> str:
    """Send the form of a new dispute; return the dispute's path."""
    await page.get_by_label("This is not mine").check()
    await page.get_by_role("button", name="Send it").click()
    await expect(page.get_by_text("Sent. It is marked")).to_be_visible()
    return page.url.split("?")[0]


async def finds_right(page: Page) -> None:
    """The furnisher finds what waits right."""
    await page.goto("/furnisher/disputes")
    await page.locator("td a").click()
    await page.locator("summary", has_text="It is right").click()
    await page.get_by_label("What did you check?").first.fill("Our contract")
    await page.get_by_role("button", name="Say that it is right").click()
    await expect(page.get_by_text("Your answer was kept.")).to_be_visible()


async def asks_again(page: Page) -> str:
    """The person asks a reviewer, from the page of what was found right."""
    await page.goto("/me/disputes")
    await page.get_by_role("link", name="This is not mine").click()
    await page.get_by_role("link", name="Ask a reviewer of the bureau to decide").click()
    again = await contest(page)
    await expect(page.get_by_text("This time a reviewer of the bureau decides.")).to_be_visible()
    return again


async def deletes(page: Page) -> None:
    """The reviewer finds it wrong."""
    await page.goto("/operator/disputes")
    await page.locator("td a").click()
    await page.locator("summary", has_text="Decide").click()
    await page.get_by_label("What came of it?").select_option("deleted")
    await page.get_by_label("What did you check?").fill("The contract is of somebody else")
    await page.get_by_role("button", name="Decide").click()
    await expect(page.get_by_text("It is decided. The person was told.")).to_be_visible()


@needs_chromium
def test_what_a_furnisher_finds_right_a_reviewer_decides_again(database: str, folder: Path) -> None:
    async def it() -> None:
        async with between(database, folder) as one:
            ana = await one.at("ana", script=False)
            before = await score(ana)
            await ana.goto("/me/lines/payments_missed")
            await ana.locator('a[href*="u-1"]', has_text="This is wrong").click()
            await contest(ana)
            assert await score(ana) > before, "what is said not to be theirs does not count meanwhile"
            await finds_right(await one.at("furnisher", script=False))
            assert await score(ana) == before
            again = await asks_again(ana)
            await deletes(await one.at("reviewer", script=False))
            assert await score(ana) > before
            await ana.goto(again)
            await expect(ana.get_by_text("The contract is of somebody else")).to_be_visible()
            await ana.goto("/me/freeze")
            await ana.get_by_role("switch").click()
            await expect(ana.get_by_text("Your scores are frozen now.")).to_be_visible()
            assert (await one.there.ask(one.known_as)).status_code == 403

    run(it())
