"""The demonstration as its command opens it: walked through by a browser, put back, ended, come back to."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import httpx
import pytest
from playwright.async_api import Page, async_playwright

from credence.cli.demo import launch
from credence.cli.demo.place import Place
from credence.errors import UsageError
from credence.server.database.embedded import running_at
from credence.server.requests import COOKIE
from credence.server.web.guide.walk import CHAPTERS
from tests.server.harness import Bureau
from tests.server.web.browser import PROGRAM, SWITCHES, Browser, needs_chromium
from tests.server.web.person.visits import HERE

COMMAND = [str(Path(sys.executable).parent / "credence"), "demo", "--people", "300", "--dir"]


@contextmanager
def opened(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a demonstration, and what it said; it ends in order."""
    command = [*COMMAND, str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said = [running.stdout.readline()]
        while said[-1] and not said[-1].startswith("Ctrl-C"):
            said.append(running.stdout.readline())
        (address,) = re.findall(r"^  (http://localhost:\d+)/demo$", "".join(said), re.MULTILINE)
        try:
            yield address, said
        finally:
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 0


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the demonstration of all these tests is; made by the first that opens it."""
    # Not below pytest's own folder, into which only its owner may look.
    with TemporaryDirectory(prefix="credence-demo-") as place:
        Path(place).chmod(0o755)
        yield Path(place) / "demo"


class Client(httpx.Client):
    """Somebody's browser without script at a demonstration."""

    def __init__(self, address: str) -> None:
        super().__init__(base_url=address, headers=HERE, follow_redirects=True, timeout=60)

    def go(self, who: str, path: str) -> str:
        """The page at a path, as somebody."""
        reply = self.post(f"/demo/as/{who}", data={"to": path})
        assert (reply.status_code, reply.url.path) == (200, path)
        return reply.text


def test_it_is_made_once_put_back_and_found_again(folder: Path) -> None:
    with opened(folder) as (address, said), Client(address) as somebody:
        assert said[0].startswith("Making a town of 300 people")
        assert f"{address}/demo/as/amina\n" in "".join(said)
        assert "815" in somebody.go("amina", "/me/change")
        assert "630" in somebody.go("rosa", "/me")
        freeze(somebody)
        again = subprocess.run([*COMMAND, str(folder)], capture_output=True, text=True, check=False)
        assert (again.returncode, again.stderr.count("is running over")) == (2, 1)
        anew = somebody.post("/demo/reset")
        assert "Everything is as it was at the beginning." in anew.text
        assert not frozen(somebody)
        freeze(somebody)
    assert not list(running_at(Place(folder).bureau / "postgres").socket.glob(".s.PGSQL.5432"))
    with opened(folder) as (address, said), Client(address) as somebody:
        assert said[0].startswith("The demonstration is open")
        assert frozen(somebody)
    # As if it had been killed while everything was put back.
    Place(folder).halfway.touch()
    with opened(folder) as (address, _), Client(address) as somebody:
        assert not frozen(somebody)
    assert not Place(folder).halfway.exists()


def freeze(somebody: Client) -> None:
    somebody.go("tomas", "/me/freeze")
    assert somebody.post("/me/freeze", data={"on": "yes"}).status_code == 200
    assert frozen(somebody)


def frozen(somebody: Client) -> bool:
    return 'aria-checked="true"' in somebody.go("tomas", "/me/freeze")


def test_where_the_usual_port_is_taken_any_other_does() -> None:
    with launch.listening(None) as first, launch.listening(None) as second:
        ports = [first.getsockname()[1], second.getsockname()[1]]
        assert len(set(ports)) == 2
        with pytest.raises(UsageError, match=f"127.0.0.1:{ports[1]}"), launch.listening(ports[1]):
            pass


@needs_chromium
def test_every_step_of_the_guide_leads_somewhere(folder: Path) -> None:
    async def it(address: str) -> None:
        async with async_playwright() as driver:
            chromium = await driver.chromium.launch(executable_path=PROGRAM, args=SWITCHES)
            browser = Browser(cast("Bureau", None), chromium, address)
            page = await browser.page()
            await page.goto("/demo")
            await browser.check(page)
            for number in range(sum(len(chapter.steps) for chapter in CHAPTERS)):
                await walk(page, number)
            assert not browser.said
            await page.goto("/demo/as/lin")
            await browser.check(page)
            await chromium.close()

    with opened(folder) as (address, _):
        asyncio.run(it(address))


async def walk(page: Page, number: int) -> None:
    """Press one button of the guide, and find the page that its step names."""
    await page.goto("/demo")
    step = page.locator("ol.list > li").nth(number)
    to = await step.locator("input[name=to]").get_attribute("value")
    async with page.expect_navigation() as led:
        await step.get_by_role("button").click()
    reply = await led.value
    assert reply is not None
    assert reply.ok, f"{to}: {reply.status}"
    assert page.url.endswith(to or "nowhere")
    assert [cookie["name"] for cookie in await page.context.cookies()].count(COOKIE) == 1
