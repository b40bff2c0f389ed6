"""The first page of a partner, all its pages as a browser shows them, and a consent from code to decision."""

from pathlib import Path

from credence.server.services.access import members
from tests.server.harness import run
from tests.server.services.deciding.house import BANDS
from tests.server.web.browser import DESK, Browser, browsing, free_port, needs_chromium
from tests.server.web.partner.desks import Desk, desk
from tests.server.web.person.visits import Visit

OFFER = {
    "title": "A car without a deposit", "policy": "deposit@1", "purpose": "rental_deposit",
    "starts": "2026-11-06", "ends": "2026-11-16",
}  # fmt: skip
WISH = {"purpose": "rental_deposit", "level": "threshold", "at_least": "650", "scorecard": "everyday"}
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"


def test_the_first_page_says_what_waits(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            page = await d.visit.see("/partner")
            for words in ("Nothing waits", "Nothing happened yet", "Deposit for renting, Small loan"):
                assert words in page, words
            await furnished(d)
            page = await d.visit.see("/partner")
            for words in (
                "that nobody has answered yet: 1", "Consents that end within 14 days: 1",
                "Decisions that wait for one of you: 1", "as the person asked: 1",
                "Policies that are not published yet: 1", "Offers that end within 14 days: 1",
                "People you may ask about now 3", "Decisions against 1", "Somebody gave you a consent",
            ):  # fmt: skip
                assert words in page, words
            assert (await d.visit.see("/partner/people?ending=soon")).count("Holds") == 1
            assert (await d.visit.see("/partner/decisions?waits_for=bureau")).count("deposit_due") == 1
            d.here.clock.move(days=31)
            page = await d.visit.see("/partner")
            assert "Decisions that wait for one of you: 1" in page
            assert "Decisions against 0" in page
            zh = await d.here.client.get("/partner", headers=d.visit.headers | {"Accept-Language": "zh-CN"})
            assert "待处理事项" in zh.text
            listed = await d.visit.see("/partner/people?ending=soon")
            assert "Consents that end" in listed
            assert "Holds" not in listed
            bare = Visit(d.here, (await d.here.party("partner"))[1])
            page = await bare.see("/partner")
            assert "Ask about somebody" not in page
            assert "People who consented" in page

    run(work())


@needs_chromium
def test_everybody_can_use_a_partners_pages(database: str, folder: Path) -> None:
    port = free_port()

    async def work() -> None:
        async with desk(database, folder) as d, browsing(d.here, port) as browser:
            pages = await furnished(d)
            page = await browser.page(d.house.partner[1], width=DESK)
            for path in pages:
                reply = await page.goto(path)
                assert reply is not None
                assert reply.status == 200, path
                await page.evaluate(OPEN)
                if path.startswith("/partner/policies/deposit"):
                    await page.get_by_text("people with scores as of").wait_for()
                await browser.check(page)
                # In the other language, too, every sentence is there.
                zh = await d.here.client.get(path, headers=d.visit.headers | {"Accept-Language": "zh-CN"})
                assert zh.status_code == 200, path
            await page.goto("/partner/webhooks")
            await page.evaluate(OPEN)
            await page.get_by_label("Address", exact=True).fill("https://wheels.example.com/told")
            await page.get_by_role("button", name="Add an address").click()
            await page.get_by_text("whsec_").wait_for()
            await page.get_by_role("button", name="Send a test").click()
            await page.get_by_text("A test is on its way").wait_for()
            await browser.check(page)

    run(work())


@needs_chromium
def test_a_member_signs_in_asks_and_decides_and_the_person_sees_it(database: str, folder: Path) -> None:
    port = free_port()

    async def work() -> None:
        address = f"http://localhost:{port}"
        async with (
            desk(database, folder, sandbox=True, public_url=address) as d,
            browsing(d.here, port) as browser,
        ):
            await d.house.publish()
            async with d.here.as_() as context:
                partner = d.house.partner[0].id
                _, secret = await members.invite(context, ("partner", partner), "Mia", [])
            await walked(d, browser, secret)

    run(work())


async def walked(d: Desk, browser: Browser, secret: str) -> None:
    """A member's way with one customer; the person's telephone beside it."""
    page, phone = await browser.page(width=DESK), await browser.page(d.world.people["ben"][1])
    await page.goto(f"/enter/{secret}")
    await page.locator("main").get_by_role("button").click()
    await page.wait_for_url("**/partner")
    await page.locator("main").get_by_role("link", name="Ask for a consent").click()
    await page.get_by_label("Which number").fill("650")
    await page.get_by_role("button", name="Make the request").click()
    await page.get_by_text("Waits for an answer").wait_for()
    shown = await page.locator("#standing a").first.get_attribute("href")
    assert shown is not None
    assert await page.locator(".qr").evaluate("one => one.getBoundingClientRect().width") > 300
    await phone.goto(shown)
    await phone.get_by_role("button", name="Yes, allow this").click()
    # The desk hears of it by itself.
    await page.get_by_role("link", name="Ask about them").click(timeout=20_000)
    await page.get_by_role("button", name="Ask", exact=True).click()
    await page.get_by_role("heading", name="No: less than 650").wait_for()
    await browser.check(page)
    await page.get_by_role("link", name="Decide by a policy").click()
    await page.get_by_role("button", name="Decide now").click()
    await page.get_by_text("This row decided").wait_for()
    assert "Not told to you" in await page.inner_text("main")
    await phone.goto("/me/inquiries")
    await phone.get_by_text("Answer: No, less than 650").wait_for()
    await phone.goto("/me/decisions")
    await phone.get_by_text("Against you").wait_for()


async def furnished(d: Desk) -> list[str]:
    """A desk with one of everything; the paths of all its pages."""
    await d.house.publish()
    made = {name: await d.house.decided(name) for name in ("ana", "ben", "cleo")}
    known = made["ana"]["person"]
    await d.known("ana", purpose="small_loan", ends_at="2026-11-16T00:00:00Z")
    asked = await d.world.post("ben", f"/v1/decisions/{made['ben']['decision_id']}/reviews", {"words": "No"})
    assert asked.is_success
    await d.house.made("POST", "/policies", body={"text": BANDS})
    await d.visit.done("/partner/offers", **OFFER)
    request = (await d.visit.send("/partner/requests", **WISH, days="30")).headers["Location"]
    nouns = (
        "ask", f"ask?person={known}&level=threshold&at_least=650", "people", f"people?person={known}",
        "requests", "decisions", "decisions/new", f"decisions/new?policy=deposit%401&person={known}",
        *(f"decisions/{one['decision_id']}" for one in made.values()), "policies", "policies/deposit%401",
        "policies/bands%401", "policies/new", "policies/bands%401/text", "offers", "offers/new", "webhooks",
        "keys",
    )  # fmt: skip
    return ["/partner", request, *(f"/partner/{noun}" for noun in nouns)]
