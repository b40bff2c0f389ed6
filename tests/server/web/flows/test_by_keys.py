"""With keys alone: a wrong line is found, contested and deleted; a look of a stranger's is disowned."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.server.harness import run
from tests.server.web.browser import needs_chromium
from tests.server.web.flows.between import Between, between, score

STEPS_MOST = 120
# What assistive technology would say of what has the focus, as far as these pages go, and where it leads.
SAID = """() => { const one = document.activeElement, name = one.getAttribute("aria-label")
  || one.labels?.[0]?.innerText || one.innerText || "";
  return [name.trim(), one.href || one.form?.action || ""] }"""


async def tab_to(page: Page, name: str, leads: str = "") -> None:
    """Go on with the tabulator until something is reached that is called so, and leads there."""
    for _ in range(STEPS_MOST):
        await page.keyboard.press("Tab")
        said, where = await page.evaluate(SAID)
        if said.startswith(name) and leads in where:
            return
    message = f"'{name}' cannot be reached with keys on {page.url}"
    raise AssertionError(message)


async def go(page: Page, name: str, leads: str = "") -> None:
    """Reach a link or a button with keys, and use it."""
    await tab_to(page, name, leads)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def opened(page: Page, name: str) -> None:
    """Open what is folded."""
    await tab_to(page, name)
    await page.keyboard.press("Enter")


@needs_chromium
def test_a_wrong_line_is_found_and_contested(database: str, folder: Path) -> None:
    async def it() -> None:
        async with between(database, folder) as one:
            ana, power = await one.at("ana"), await one.at("furnisher")
            before = await score(ana)
            await opened(ana, "What this rests on")
            await go(ana, "What this rests on", "/me/lines/payments_missed")
            await go(ana, "This is wrong", "u-1")
            await tab_to(ana, "This is not mine")
            await ana.keyboard.press("Space")
            await tab_to(ana, "In your own words")
            await ana.keyboard.type("I never lived there.")
            await go(ana, "Send it")
            await expect(ana.get_by_text("I never lived there.")).to_be_visible()
            await power.goto("/furnisher")
            await go(power, "Look")
            await go(power, "This is not mine")
            await opened(power, "It is wrong and goes")
            await go(power, "Delete it")
            await expect(power.get_by_text("Your answer was kept.")).to_be_visible()
            assert await score(ana) > before

    run(it())


async def decide(one: Between) -> None:
    """A reviewer finds that nobody was allowed to look."""
    page = await one.at("reviewer")
    await page.goto("/operator/disputes")
    await go(page, "Somebody looked")
    await one.browser.check(page)
    await opened(page, "Decide")
    await tab_to(page, "What came of it?")
    await page.keyboard.type("They were not")
    await tab_to(page, "What did you check?")
    await page.keyboard.type("Nobody there knows of an application")
    await go(page, "Decide")
    await expect(page.get_by_text("It is decided. The person was told.")).to_be_visible()


@needs_chromium
def test_a_look_that_was_not_theirs_is_disowned_and_decided(database: str, folder: Path) -> None:
    async def it() -> None:
        async with between(database, folder) as one:
            ana = await one.at("ana")
            await ana.goto("/me/inquiries")
            await go(ana, "See all of it")
            await go(ana, "This was not me")
            await expect(ana.get_by_text("and the bureau looks into it.").first).to_be_visible()
            await one.browser.check(ana)
            assert (await one.there.ask(one.known_as)).status_code == 403
            await go(ana, "See how it goes")
            await one.browser.check(ana)
            await decide(one)
            await ana.goto("/me/inquiries")
            await go(ana, "See all of it")
            await expect(ana.get_by_text("nobody was allowed to look")).to_be_visible()
            await go(ana, "The freeze")
            await tab_to(ana, "Freeze my scores")
            await ana.keyboard.press("Space")
            await expect(ana.get_by_text("Your scores are not frozen.")).to_be_visible()

    run(it())
