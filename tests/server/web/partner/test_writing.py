"""Writing a policy at a desk: an example, a next version, every fault with its line."""

from html import unescape
from pathlib import Path

from tests.server.harness import run
from tests.server.services.deciding.house import DEPOSIT
from tests.server.web.partner.desks import Desk, desk

HERE = "/partner/policies"


async def text(d: Desk, path: str) -> str:
    """What stands in the form."""
    page = await d.visit.html(path)
    return unescape(page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])


async def etag(d: Desk, path: str) -> str:
    page = await d.visit.html(path)
    return unescape(page.split('name="etag" value="')[1].split('"><')[0].split('">')[0])


def test_the_example_is_a_whole_policy_and_a_draft_is_written_anew(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            example = await text(d, f"{HERE}/new")
            page = await d.visit.done(HERE, text=example.replace("\n", "\r\n"))
            assert "It is kept as a draft" in page
            path = f"{HERE}/deposit@1/text"
            assert await text(d, path) == example
            mark, other = await etag(d, path), example.replace("650", "640")
            assert "at least 640" in await d.visit.done(path, text=other, etag=mark)
            late = await d.visit.send(path, text=example, etag=mark)
            assert (late.status_code, "at_least: 650" in late.text) == (412, True), "what was written stays"
            mark = await etag(d, path)
            reply = await d.visit.send(path, text=example.replace("version: 1", "version: 2"), etag=mark)
            assert (reply.status_code, "and not" in reply.text) == (422, True)
            await (await d.other("decisions.write")).see(path, 404)

    run(work())


def test_every_fault_is_told_with_its_line_and_the_text_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            wrong = DEPOSIT.replace("everyday@1", "nothing@1").replace("accept", "perhaps")
            reply = await d.visit.send(HERE, text=wrong)
            assert reply.status_code == 422
            assert "Faults: 3" in reply.text
            assert "Line 5" in reply.text
            assert "perhaps" in unescape(reply.text.split("<textarea")[1])
            assert "以下详情为英文" not in reply.text
            zh = d.visit.headers | {"Accept-Language": "zh-CN"}
            assert "以下详情为英文" in (await d.here.client.post(HERE, data={"text": wrong}, headers=zh)).text
            assert "none yet" in await d.visit.see(HERE)
            named = await d.house.publish()
            reply = await d.visit.send(HERE, text=DEPOSIT)
            assert (reply.status_code, named in reply.text) == (409, True)
            assert "A flat without a deposit" in reply.text.split("<textarea")[1], "what was written stays"

    run(work())


def test_the_next_version_begins_as_the_last_one(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish()
            newer = DEPOSIT.replace("version: 1", "version: 2")
            assert await text(d, f"{HERE}/new?like=deposit%401") == newer
            await d.visit.see(f"{HERE}/new?like=other%401", 404)

    run(work())
