"""A lost passkey is recovered by a code, a document's number and a day in which its owner can say no."""

from pathlib import Path

import httpx

from tests.server.api.people.test_passkeys import add, sign_in
from tests.server.authenticator import Authenticator
from tests.server.harness import Bureau, bureau, run
from tests.server.people import (
    MAIL,
    audited,
    headers,
    last_code,
    letters,
    number,
    of_cookie,
    person,
    told,
    wrong,
)

CONTACT = {"contact": {"kind": "email", "value": MAIL}}


async def begun(here: Bureau) -> str:
    reply = await here.client.post("/v1/recoveries", json=CONTACT)
    assert reply.status_code == 202
    return str(reply.json()["id"])


async def proven(here: Bureau, recovery: str, code: str, which: int = 1) -> httpx.Response:
    said = {"code": code, "document": {"kind": "cn.ric", "value": number(which)}}
    return await here.client.post(f"/v1/recoveries/{recovery}/proof", json=said)


async def finished(here: Bureau, recovery: str, secret: str) -> httpx.Response:
    return await here.client.post(f"/v1/recoveries/{recovery}/completion", json={"secret": secret})


def test_after_a_day_the_account_is_recovered_and_nothing_older_signs_in(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, key = await person(here), Authenticator()
            own = await headers(here, ana)
            await add(here, own, key)
            recovery = await begun(here)
            waiting = await proven(here, recovery, await last_code(here))
            assert waiting.status_code == 202
            secret = waiting.json()["secret"]
            early = await finished(here, recovery, secret)
            assert (early.status_code, early.json()["code"]) == (409, "recovery_waiting")
            here.clock.move(hours=24)
            assert (await finished(here, recovery, "another")).json()["code"] == "code_wrong"
            done = await finished(here, recovery, secret)
            assert done.status_code == 201
            assert (await here.client.get("/v1/account", headers=own)).status_code == 401
            assert (await sign_in(here, key)).status_code == 401
            now = await here.client.get("/v1/account", headers=of_cookie(done))
            assert now.json()["id"] == ana.id
            assert (await told(here, ana))[1:] == ["recovery.waiting", "recovery.done"]
            assert "recovery.done" in await audited(here, ana)
            assert (await finished(here, recovery, secret)).json()["code"] == "code_wrong"

    run(work())


def test_whoever_is_signed_in_sees_a_recovery_and_stops_it(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own, other = await headers(here, ana), await headers(here, await person(here, "b@example.org", 2))
            recovery = await begun(here)
            assert (await here.client.get("/v1/recoveries", headers=own)).json()["data"] == []
            secret = (await proven(here, recovery, await last_code(here))).json()["secret"]
            (seen,) = (await here.client.get("/v1/recoveries", headers=own)).json()["data"]
            assert seen["id"] == recovery
            path = f"/v1/recoveries/{recovery}"
            assert (await here.client.delete(path, headers=other)).status_code == 404
            assert (await here.client.delete(path)).status_code == 401
            assert (await here.client.delete(path, headers=own)).status_code == 204
            assert (await here.client.delete(path, headers=own)).status_code == 404
            here.clock.move(hours=24)
            assert (await finished(here, recovery, secret)).json()["code"] == "code_wrong"
            assert (await told(here, ana))[-1] == "recovery.stopped"

    run(work())


def test_no_account_a_wrong_code_and_anothers_document_answer_alike(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            nobody = await begun(here)
            assert await letters(here) == []
            await person(here)
            await person(here, "ben@example.org", 2)
            recovery = await begun(here)
            code = await last_code(here)
            replies = [
                await proven(here, nobody, code),
                await proven(here, recovery, wrong(code)),
                await proven(here, recovery, code, 2),
                await proven(here, recovery, code, 3),
            ]
            assert {(one.status_code, one.json()["detail"]) for one in replies} == {
                (422, "This code is not right, was used, or is too old. Ask for a new one.")
            }

    run(work())


def test_a_recovery_that_nobody_finishes_lapses_after_a_week(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await person(here)
            recovery = await begun(here)
            secret = (await proven(here, recovery, await last_code(here))).json()["secret"]
            here.clock.move(days=7)
            assert (await finished(here, recovery, secret)).json()["code"] == "code_wrong"

    run(work())


def test_codes_are_sent_five_times_in_a_quarter_of_an_hour(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await person(here)
            for _ in range(5):
                await begun(here)
            assert (await here.client.post("/v1/recoveries", json=CONTACT)).status_code == 429

    run(work())
