"""Somebody with a wrong entry, its furnisher, a partner who asked, a reviewer; and a browser for each."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from credence import EventLog, import_rows
from tests.server.services.reading.world import World, world
from tests.server.web.browser import DESK, PHONE, Browser, browsing, free_port

DECEMBER = date(2026, 12, 6)
POWER = "Lakeside Power"
NAMED = "UPDATE furnishers SET name = $2 WHERE furnisher_id = $1"
STAYS = re.compile(r"everyday: (\d+) if it stays, (\d+) if it is deleted")


def rows(furnisher: str) -> list[dict[str, object]]:
    """A bill that was paid and is said not to be, and one that was paid on its day and is said to be late."""
    unpaid = {"kind": "bill.unpaid", "due_date": "2026-09-10", "occurred_at": "2026-09-20", "amount": 4250}
    late = {"kind": "bill.paid", "days_late": 40, "occurred_at": "2026-09-22"}
    whose = {"furnisher": furnisher, "person_id": "log-ana"}
    return [
        whose | unpaid | {"event_id": "u-1", "currency": "EUR", "service": "power"},
        whose | late | {"event_id": "l-1"},
    ]


@dataclass(frozen=True)
class Between:
    """A world with a consent of ana's to its partner, and whoever acts in it, by their headers."""

    there: World
    browser: Browser
    furnisher: str
    headers: dict[str, dict[str, str]]
    known_as: str

    async def at(self, who: str, *, script: bool = True) -> Page:
        """A window of somebody's: ana's is a phone's, the others sit at desks."""
        width = PHONE if who == "ana" else DESK
        return await self.browser.page(self.headers[who], script=script, width=width)

    async def told(self) -> list[dict[str, Any]]:
        """What the partner was told, in order."""
        reply = await self.there.here.client.get("/v1/feed", headers=self.headers["partner"])
        found: list[dict[str, Any]] = reply.json()["data"]
        return found


@asynccontextmanager
async def between(database: str, folder: Path) -> AsyncIterator[Between]:
    """December's scores are published, and the partner has read ana's."""
    port = free_port()
    async with world(database, folder, public_url=f"http://localhost:{port}") as there:
        here = there.here
        there.partner = await here.party("partner", "scores.read", "feed.read")
        furnisher, as_furnisher = await here.party("furnisher", "disputes.read", "disputes.write")
        async with here.as_() as context:
            await context.connection.execute(NAMED, furnisher.id, POWER)
        here.clock.move(days=31)
        taken = import_rows(EventLog.open(there.data / "log"), rows(furnisher.id), here.clock())
        assert taken.total("accepted") == len(rows(""))
        here.clock.move(hours=1)
        await there.publish(DECEMBER, here.clock() - timedelta(minutes=1))
        consent = await there.consent("ana")
        assert (await there.ask(consent["person"])).status_code == 200
        headers = {
            "ana": there.people["ana"][1], "furnisher": as_furnisher, "partner": there.partner[1],
            "reviewer": (await here.party("operator", "reviewer"))[1],
        }  # fmt: skip
        async with browsing(here, port) as browser:
            yield Between(there, browser, furnisher.id, headers, consent["person"])


async def score(page: Page) -> int:
    """The score on the first page."""
    await page.goto("/me")
    return int(await page.locator(".score").inner_text())


async def foreseen(page: Page) -> tuple[int, int]:
    """What a page says the score is while something stays, and when it is deleted."""
    found = STAYS.search(await page.locator("main").inner_text())
    assert found is not None, "the page says what winning would do"
    return int(found[1]), int(found[2])
