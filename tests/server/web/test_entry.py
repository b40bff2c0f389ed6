"""Coming in with a browser: a QR code leads to an account with a passkey, which then signs in alone."""

from pathlib import Path

from playwright.async_api import Page

from tests.server.harness import run
from tests.server.people import MAIL, last_code, number
from tests.server.services.reading.world import world
from tests.server.web.browser import Browser, browsing, free_port, needs_chromium
from tests.server.web.person.sharing.test_ask import asked

KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


async def with_passkeys(page: Page) -> None:
    """Give a window a device that keeps passkeys and always finds its owner there."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def start(browser: Browser, page: Page) -> None:
    """Go from the first step to the account; everybody can use each of them."""
    await browser.check(page)
    await page.get_by_label("E-mail address or phone number").fill(MAIL)
    await press(page, "Send me a code")
    await page.get_by_label("The code").wait_for()
    await browser.check(page)
    await page.get_by_label("The code").fill(await last_code(browser.here))
    await press(page, "Go on")
    await page.get_by_label("Kind of document").select_option("cn.ric")
    await page.get_by_label("Its number").fill(number())
    await browser.check(page)
    await press(page, "Go on")
    agreed = page.get_by_role("checkbox", name="Yes, I want an account")
    assert not await agreed.is_checked()
    await browser.check(page)
    await agreed.check()
    await press(page, "Open my account")


@needs_chromium
def test_somebody_scans_a_code_opens_an_account_with_a_passkey_and_grants(
    database: str, folder: Path
) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            world(database, folder, public_url=f"http://localhost:{port}") as there,
            browsing(there.here, port) as browser,
        ):
            path = await asked(there)
            page = await browser.page()
            await with_passkeys(page)
            await page.goto(path)
            await browser.check(page)
            await page.get_by_role("link", name="Start").click()
            await start(browser, page)
            await page.get_by_label("A name for this passkey").fill("My phone")
            await browser.check(page)
            await press(page, "Add a passkey")
            await page.wait_for_url(f"{browser.address}{path}")
            assert "There is no score" in await page.inner_text("main")
            yes, no = page.get_by_role("button", name="Yes, allow this"), page.get_by_role("link", name="No")
            sizes = [await one.bounding_box() for one in (yes, no)]
            assert sizes[0] is not None
            assert sizes[1] is not None
            assert (sizes[0]["width"], sizes[0]["height"]) == (sizes[1]["width"], sizes[1]["height"])
            await browser.check(page)
            await yes.click()
            await page.get_by_text("It can ask from now on").wait_for()
            await press(page, "Sign out")
            await page.goto("/sign-in?to=/me/account")
            await press(page, "Sign in with a passkey")
            await page.wait_for_url(f"{browser.address}/me/account")
            assert "My phone" in await page.inner_text("main")
            await browser.check(page)

    run(it())


@needs_chromium
def test_recovering_can_be_used_by_everybody(database: str, folder: Path) -> None:
    port = free_port()

    async def it() -> None:
        async with (
            world(database, folder, public_url=f"http://localhost:{port}", load=False) as there,
            browsing(there.here, port) as browser,
        ):
            page = await browser.page(script=False)
            await page.goto("/start/passkey")
            assert page.url.endswith("/sign-in?to=/start/passkey")
            await page.goto("/recover")
            await page.get_by_label("E-mail address or phone number").fill("none@example.org")
            await press(page, "Send me a code")
            await page.get_by_label("The code").fill("000000")
            await page.get_by_label("Kind of document").select_option("cn.ric")
            await page.get_by_label("Its number").fill(number())
            await press(page, "Go on")
            assert "This code is not right" in await page.get_by_role("alert").inner_text()
            browser.said.clear()  # the browser says that this page has the status 422
            seen = await browser.page()
            for path in ("/recover", "/recover/rec_1/secret"):
                await seen.goto(path)
                await browser.check(seen)

    run(it())
