"""From a line that is wrong to the points back, across the desks of a person, a furnisher and a partner."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.server.harness import run
from tests.server.web.browser import needs_chromium
from tests.server.web.flows.between import Between, between, foreseen, score


async def contest(page: Page, name: str, reason: str, file: Path | None = None) -> tuple[int, int]:
    """Say that an event behind a line is wrong; what the page foresees."""
    await page.locator(f'a[href*="{name}"]', has_text="This is wrong").click()
    seen = await foreseen(page)
    await page.get_by_label(reason).check()
    await page.get_by_label("In your own words").fill("I have the receipt of my bank.")
    if file is not None:
        await page.set_input_files("#files", file)
    await page.get_by_role("button", name="Send it").click()
    await expect(page.get_by_text("Sent. It is marked")).to_be_visible()
    return seen


async def to_line(page: Page, characteristic: str) -> None:
    """From the receipt to one of its lines."""
    await page.goto("/me")
    link = page.locator(f'a[href*="/me/lines/{characteristic}"]')
    await page.locator("#receipt details", has=link).locator("summary").click()
    await link.click()


async def answer(one: Between, page: Page, outcome: str, button: str) -> None:
    """Look into the dispute that waits, and answer; `page` is the furnisher's."""
    await page.goto("/furnisher")
    await page.get_by_role("link", name="Disputes without your answer").click()
    await page.locator("td a").click()
    files = page.locator('a[href*="/files/"]')
    if await files.count():
        async with page.expect_download() as opened:
            await files.click()
        assert (await (await opened.value).path()).read_bytes() == b"Paid on 9 September."
        await page.reload()
        await expect(page.get_by_text("A file was opened")).to_be_visible()
        await one.browser.check(page)
    form = page.locator("details", has=page.locator(f'input[value="{outcome}"]'))
    await form.locator("summary").first.click()
    if outcome == "modified":
        await page.get_by_label("Your number of the corrected event").fill("l-1-right")
        await page.get_by_label("Days late").fill("0")
    await form.get_by_label("What did you check?").fill("The payments of September")
    await page.get_by_role("button", name=button).click()
    await expect(page.get_by_text("Your answer was kept.")).to_be_visible()
    await one.browser.check(page)


@needs_chromium
def test_a_wrong_line_is_contested_and_its_points_come_back(database: str, folder: Path) -> None:
    async def it() -> None:
        async with between(database, folder) as one:
            ana, power = await one.at("ana"), await one.at("furnisher")
            before = await score(ana)
            file = folder / "receipt.txt"
            file.write_text("Paid on 9 September.")
            await to_line(ana, "payments_missed")
            stays, deleted = await contest(ana, "u-1", "I have paid, and it does not say so", file)
            assert (stays, deleted > stays) == (before, True)
            dispute = ana.url.split("?")[0]
            await answer(one, power, "deleted", "Delete it")
            assert await score(ana) == deleted
            await ana.goto(dispute)
            await expect(ana.get_by_text("It was deleted and counts no more.")).to_be_visible()
            await expect(ana.get_by_text("Checked: The payments of September")).to_be_visible()
            await one.browser.check(ana)
            told = [event for event in await one.told() if event["type"] == "score.changed"]
            assert [event["person"] for event in told] == [one.known_as] * len(told)
            assert told
            await to_line(ana, "paid_on_time")
            await contest(ana, "l-1", "What was paid, or when, is wrong")
            await answer(one, power, "modified", "Correct it")
            assert await score(ana) > deleted
            await ana.goto("/me/disputes")
            await expect(ana.get_by_text("It was wrong and has been corrected.")).to_be_visible()

    run(it())
