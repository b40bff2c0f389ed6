"""The first page of operators, and all their pages as a browser shows them."""

from datetime import date, timedelta
from pathlib import Path

from credence.server.services.operating import releases
from credence.server.web.operator.overview import Due, due
from tests.server.harness import run
from tests.server.services.deciding.house import BANDS, House, house
from tests.server.services.reading.world import KNOWN, run_of
from tests.server.web.browser import DESK, browsing, free_port, needs_chromium
from tests.server.web.operator.test_reviews import asked
from tests.server.web.person.visits import Visit

LINE = {"scorecard": "everyday", "as_of": "2026-11-06", "characteristic": "paid_on_time"}


def test_the_first_page_says_what_waits(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            visit = Visit(h.there.here, h.risk[0][1])
            assert "Nothing waits" in await visit.see("/operator")
            assert "No dispute is open" in await visit.see("/operator")
            made = run_of(h.there.data, date(2026, 12, 6), KNOWN + timedelta(days=30))
            await asked(h)
            assert (await h.there.post("ana", "/v1/disputes", {"line": LINE, "reason": "amount"})).is_success
            page = await visit.see("/operator")
            for said in (
                "do not have yet: 1",
                "Open disputes: 1, past their day: 0",
                "looks to answer: 1, past",
            ):
                assert said in page, said
            # What somebody may not open, no link leads to.
            html = await visit.html("/operator")
            assert ('href="/operator/disputes"' in html, 'href="/operator/jobs"' in html) == (False, False)
            reviewer = Visit(h.there.here, h.reviewer[1])
            assert (await reviewer.html("/operator")).count('href="/operator/disputes"') == 2
            h.there.here.clock.move(days=60)
            page = await visit.see("/operator")
            assert "Open disputes: 1, past their day: 1" in page
            assert made.run in await visit.html("/operator")
            zh = await h.there.here.client.get(
                "/operator", headers=visit.headers | {"Accept-Language": "zh-CN"}
            )
            assert "待处理事项" in zh.text

    run(work())


def test_disputes_are_counted_by_the_days_left() -> None:
    found = due({-3: 2, -1: 1, 0: 4, 13: 5, 14: 6, 30: 7})
    assert found[0] == Due(-1, 3, late=True)
    assert [(one.label, one.many) for one in found if one.many] == [
        ("<0", 3), ("0", 4), ("13", 5), ("14+", 13),
    ]  # fmt: skip


@needs_chromium
def test_everybody_can_use_the_operators_pages(database: str, folder: Path) -> None:
    port = free_port()

    async def work() -> None:
        async with house(database, folder) as h, browsing(h.there.here, port) as browser:
            pages = await furnished(h)
            _, headers = await h.there.here.party("operator", "admin", "risk", "reviewer", "support")
            page = await browser.page(headers, width=DESK)
            for path in pages:
                reply = await page.goto(path)
                assert reply is not None
                assert reply.status == 200, path
                await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                await browser.check(page)
            await page.goto(pages[-1])
            await page.get_by_role("button", name="Open it").click()
            await page.get_by_text("I paid in cash.").wait_for()
            await browser.check(page)

    run(work())


async def furnished(h: House) -> list[str]:
    """A bureau with one of everything; the paths of all pages, that of a second look last."""
    made = run_of(h.there.data, date(2026, 12, 6), KNOWN + timedelta(days=30))
    review = await asked(h)
    async with h.there.here.as_(h.risk[0][0]) as context:
        await releases.propose(context, made.run)
    opened = await h.there.post("ana", "/v1/disputes", {"line": LINE, "reason": "amount"})
    draft = await h.made("POST", "/policies", body={"text": BANDS})
    furnisher, _ = await h.there.here.party("furnisher")
    nouns = (
        "runs", "definitions", "disputes", "reviews", "partners", "furnishers", "operators", "people",
        "audit", "jobs", f"runs/{made.run}", f"definitions/{draft['definition_id']}", "scorecards/everyday",
        f"disputes/{opened.json()['dispute_id']}", f"partners/{h.partner[0].id}",
        f"furnishers/{furnisher.id}", f"reviews/{review}",
    )  # fmt: skip
    return ["/operator", *(f"/operator/{noun}" for noun in nouns)]
