"""Debian's chromium at the pages of a bureau: what people see, and what keeps some of them out."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Page, async_playwright

from credence.server.requests import COOKIE
from tests.server.harness import Bureau

PROGRAM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="There is no chromium here")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE, NARROW, DESK = 390, 320, 1280
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# What is wider than the window, so that somebody has to scroll sideways; nothing, if nothing is.
SIDEWAYS = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""
# What paper lacks, or has too much of: what is folded away, what only a screen can use, ink on no white.
ON_PAPER = """() => [
  ...[...document.querySelectorAll("main details > *:not(summary)")].filter(one => !one.checkVisibility({
    contentVisibilityAuto: true, visibilityProperty: true }))
    .map(one => "folded: " + one.outerHTML.slice(0, 80)),
  ...[...document.querySelectorAll(".tabs, .side, main .buttons")].filter(one => one.checkVisibility())
    .map(one => "for screens: " + one.outerHTML.slice(0, 80)),
  ...[...document.querySelectorAll("main p, main td")].filter(one => one.checkVisibility()
    && getComputedStyle(one).color.match(/\\d+/g).slice(0, 3).every(part => part > 160))
    .map(one => "pale: " + one.outerHTML.slice(0, 80)),
]"""
# A phone's page, in bytes, as it is sent.
PAGE_MOST = 15_000
LARGE = "document.documentElement.style.fontSize = '200%'"
USUAL = "document.documentElement.style.fontSize = ''"


def free_port() -> int:
    """A port that nobody listens on; what is called by it must know it before it listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class Browser:
    """A browser, and the bureau whose pages it looks at; `said` is what pages wrote to the console."""

    here: Bureau
    chromium: Chromium
    address: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def page(
        self,
        headers: dict[str, str] | None = None,
        *,
        script: bool = True,
        scheme: Scheme = "light",
        width: int = PHONE,
    ) -> Page:
        """A window of its own, signed in as whoever has these headers (`here.party`), or as nobody."""
        size = {"width": width, "height": 844}
        context = await self.chromium.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=script,
            color_scheme=scheme,
            base_url=self.address,
        )
        if headers is not None:
            token = headers["Authorization"].split()[1]
            await context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])
        self.contexts.append(context)
        page = await context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        return page

    async def check(self, page: Page) -> None:
        """Hold that everybody can use the page: axe finds nothing, light and dark, narrow, with large text.

        On paper nothing is folded away, pale or for screens only. A phone's page is light.
        Nothing is loaded from another host, and nothing is written to the console.
        """
        size = page.viewport_size
        assert size is not None
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            found = await Axe().run(page)
            assert not found.violations_count, f"{page.url} ({scheme}): {told(found.response)}"
        await page.emulate_media(media="print")
        lacking = await page.evaluate(ON_PAPER)
        assert not lacking, f"{page.url} on paper: {lacking}"
        await page.emulate_media(media="screen", color_scheme="light")
        await page.evaluate(LARGE)
        await fits(page, "with large text")
        await page.evaluate(USUAL)
        await page.set_viewport_size({"width": NARROW, "height": size["height"]})
        await fits(page, "in a narrow window")
        await page.set_viewport_size(size)
        assert not self.said, f"{page.url} said: {self.said}"
        weight = len((await page.content()).encode())
        assert size["width"] > PHONE or weight <= PAGE_MOST, f"{page.url} has {weight} bytes"
        foreign = [url for url in self.asked if not url.startswith((self.address, "data:"))]
        assert not foreign, f"{page.url} loads {foreign}"


async def fits(page: Page, where: str) -> None:
    """Hold that nobody has to scroll sideways."""
    wide = await page.evaluate(SIDEWAYS)
    assert not wide, f"{page.url} is too wide {where}: {wide}"


def told(response: dict[str, Any]) -> str:
    """What axe found, and where."""
    return "; ".join(
        f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:5]}"
        for one in response["violations"]
    )


@asynccontextmanager
async def browsing(here: Bureau, port: int) -> AsyncIterator[Browser]:
    """A browser at the pages of a bureau, which calls itself http://localhost:PORT."""
    config = uvicorn.Config(here.app, port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.02)
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
        found = Browser(here, chromium, f"http://localhost:{port}")
        try:
            yield found
        finally:
            for context in found.contexts:
                await context.close()
            await chromium.close()
            server.should_exit = True
            await serving
