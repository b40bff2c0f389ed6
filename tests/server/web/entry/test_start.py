"""Opening an account step by step, without script: each step asks one thing, and faults are sentences."""

from pathlib import Path
from typing import Any

import httpx

from tests.server.harness import Bureau, bureau, run
from tests.server.people import MAIL, headers, last_code, number, person, wrong
from tests.server.web.person.visits import HERE, Visit, said

ANSWERS = {"contact": MAIL, "kind": "cn.ric", "number": number(), "to": "/me/freeze"}


async def send(here: Bureau, path: str, **fields: Any) -> httpx.Response:  # noqa: ANN401
    return await here.client.post(path, data=ANSWERS | fields, headers=HERE)


async def code_for(here: Bureau, contact: str = MAIL) -> str:
    sent = await send(here, "/start", contact=contact)
    assert "A code of six digits is on its way" in said(sent), said(sent)
    return await last_code(here)


def test_somebody_opens_an_account_one_thing_at_a_time_and_goes_on_to_where_they_came_from(
    database: str, folder: Path
) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            first = (await here.client.get("/start?to=/me/freeze")).text
            assert 'value="/me/freeze"' in first
            code = await code_for(here)
            known = await send(here, "/start/code", code=f" {code} ")
            assert "The number makes sure that facts" in said(known)
            agree = await send(here, "/start/document", code=code)
            assert "Do you want an account?" in said(agree)
            assert "checked" not in agree.text
            no = await send(here, "/start/agreed", code=code)
            assert no.status_code == 422
            assert "Tick the box" in said(no)
            done = await send(here, "/start/agreed", code=code, agreed="yes")
            assert done.headers["Location"] == "/start/passkey?to=/me/freeze"
            passkey = await here.client.get(done.headers["Location"])
            assert 'data-next="/me/freeze"' in passkey.text
            assert 'href="/me/account/password"' in passkey.text
            assert "Not enough is known yet" in (await here.client.get("/me")).text

    run(it())


def test_what_is_amiss_is_said_at_its_step(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            await person(here, "ben@example.org", 2)
            nobody = Visit(here)
            assert "This is no telephone number" in said(await send(here, "/start", contact="12"))
            code = await code_for(here)
            guessed = await send(here, "/start/code", code=wrong(code))
            assert guessed.status_code == 422
            assert "This code is not right" in said(guessed)
            for kind, value in (("cn.ric", "360426199101010072"), ("email", "x@example.org"), ("", "1")):
                assert (
                    await send(here, "/start/document", code=code, kind=kind, number=value)
                ).status_code == 422
            taken = await send(here, "/start/agreed", code=code, agreed="yes", number=number(2))
            assert taken.status_code == 409
            assert "belongs to an account already" in said(taken)
            late = await send(here, "/start/agreed", code=wrong(code), agreed="yes")
            assert late.status_code == 422
            for _ in range(4):
                await send(here, "/start/code", code=wrong(code))
            assert "tried too often" in said(await send(here, "/start/code", code=code))
            other = await here.client.post("/start", data=ANSWERS, headers={"Sec-Fetch-Site": "cross-site"})
            assert other.status_code == 403
            assert 'value="/"' in await nobody.html("/start?to=//elsewhere.example")

    run(it())


def test_a_fault_is_told_in_the_language_of_who_asks(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            chinese = HERE | {"Accept-Language": "zh-CN"}
            reply = await here.client.post("/start", data={"contact": "12"}, headers=chinese)
            assert "填写的内容有误" in reply.text
            code = await code_for(here)
            await send(here, "/start/agreed", code=code, agreed="yes")
            assert (await here.client.get("/v1/account")).json()["language"] == "en"

    run(it())


def test_whoever_has_an_account_gets_no_code_and_the_page_does_not_tell(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            sent = await send(here, "/start")
            assert "A code of six digits is on its way" in said(sent)
            assert (await Visit(here, await headers(here, ana)).send("/start")).status_code == 422

    run(it())
