"""The guide of a demonstration: anybody signs in as anybody there, and nowhere else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path

import httpx
import pytest

from credence.server.requests import COOKIE
from credence.server.web.guide import Guide, Somebody, add_guide
from credence.server.web.guide.walk import CHAPTERS, Chapter
from credence.server.web.texts import known
from tests.server.harness import Bureau, bureau, run
from tests.server.web.person.visits import HERE, said

PLACES = {"phone": "fur_1", "rosa": "per_2", "tomas": "per_3"}
WHO = sorted({step.who for chapter in CHAPTERS for step in chapter.steps})
STORY = {"en": "Told of somebody.", "zh": "某人的故事。"}


@asynccontextmanager
async def guided(database: str, folder: Path, begun: list[str]) -> AsyncIterator[Bureau]:
    """A bureau with a guide in which everybody is one person, and the operator is another."""
    async with bureau(database, folder, sandbox=True) as here:
        somebody, _ = await here.party("person")
        operator, _ = await here.party("operator")
        people = {who: Somebody("person", somebody.id, f"Somebody ({who})", STORY) for who in WHO}
        people["mei"] = Somebody("operator", operator.id, "Mei Tan")
        add_guide(here.app, Guide(people, PLACES, lambda: begun.append("anew")))
        yield here


def cookie_of(reply: httpx.Response) -> dict[str, str]:
    return HERE | {"Cookie": f"{COOKIE}={reply.cookies[COOKIE]}"}


def test_the_guide_names_everybody_and_leads_everywhere(database: str, folder: Path) -> None:
    async def it() -> None:
        async with guided(database, folder, []) as here:
            reply = await here.client.get("/demo")
            assert reply.status_code == 200
            for step in (step for chapter in CHAPTERS for step in chapter.steps):
                assert f'value="{escape(step.path.format_map(PLACES))}"' in reply.text
            assert "Told of somebody." in said(reply)
            assert "Works for the bureau itself" in said(reply)
            chinese = await here.client.get("/demo", headers={"Accept-Language": "zh"})
            assert "某人的故事。" in said(chinese)

    run(it())


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_step_has_its_sentence(chapter: Chapter) -> None:
    names = [chapter.name, f"{chapter.name}_lead", *(step.name for step in chapter.steps)]
    assert [name for name in names if not known(f"guide.{name}")] == []


def test_one_press_signs_in_as_somebody_and_opens_a_page(database: str, folder: Path) -> None:
    async def it() -> None:
        async with guided(database, folder, []) as here:
            asked = await here.client.get("/demo/as/amina")
            assert "Somebody (amina)" in said(asked)
            assert COOKIE not in asked.cookies
            reply = await here.client.post("/demo/as/amina", data={"to": "/me/freeze"}, headers=HERE)
            assert (reply.status_code, reply.headers["Location"]) == (303, "/me/freeze")
            amina = cookie_of(reply)
            assert (await here.client.get("/me/freeze", headers=amina)).status_code == 200
            mei = await here.client.post("/demo/as/mei", headers=amina)
            home = await here.client.get(mei.headers["Location"], headers=cookie_of(mei))
            assert home.headers["Location"] == "/operator"
            # Whoever was signed in before is so no more.
            assert (await here.client.get("/me", headers=amina)).headers["Location"].startswith("/sign-in")

    run(it())


def test_no_other_site_signs_anybody_in_or_begins_anew(database: str, folder: Path) -> None:
    async def it() -> None:
        begun: list[str] = []
        async with guided(database, folder, begun) as here:
            elsewhere = {"Sec-Fetch-Site": "cross-site"}
            for path in ("/demo/as/amina", "/demo/reset"):
                assert (await here.client.post(path, headers=elsewhere)).status_code == 403
            to = {"to": "https://elsewhere.example/"}
            reply = await here.client.post("/demo/as/amina", data=to, headers=HERE)
            assert reply.headers["Location"] == "/"
            assert (await here.client.post("/demo/as/nobody", headers=HERE)).status_code == 404
            assert begun == []

    run(it())


def test_to_begin_anew_is_answered_before_it_is_done(database: str, folder: Path) -> None:
    async def it() -> None:
        begun: list[str] = []
        async with guided(database, folder, begun) as here:
            reply = await here.client.post("/demo/reset", headers=HERE)
            assert (reply.headers["Location"], reply.headers["Connection"]) == (
                "/demo?done=demo_anew",
                "close",
            )
            assert begun == ["anew"]
            assert "as it was at the beginning" in said(await here.client.get(reply.headers["Location"]))

    run(it())


@pytest.mark.parametrize("sandbox", [True, False])
def test_no_other_bureau_has_a_guide(database: str, folder: Path, *, sandbox: bool) -> None:
    async def it() -> None:
        async with bureau(database, folder, sandbox=sandbox) as here:
            for path in ("/demo", "/demo/as/amina"):
                assert (await here.client.get(path)).status_code == 404
            for path in ("/demo/as/amina", "/demo/reset"):
                assert (await here.client.post(path, headers=HERE)).status_code == 404
            assert "/demo" not in (await here.client.get("/")).text

    run(it())
