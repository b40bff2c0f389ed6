"""Recovering an account: a code, a document, a day, and a link that opens it once."""

import re
from pathlib import Path

from tests.server.harness import bureau, run
from tests.server.people import MAIL, headers, last_code, number, person, wrong
from tests.server.web.person.visits import Visit, said


def test_a_link_opens_the_account_after_a_day_and_once(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder, public_url="http://bureau") as here:
            ana = await person(here)
            nobody = Visit(here)
            assert "Recover your account" in await nobody.see("/recover")
            asked = await nobody.send("/recover", contact=MAIL)
            (recovery,) = re.findall(r'name="recovery" value="(rec_\w+)"', asked.text)
            proof = {"recovery": recovery, "kind": "cn.ric", "number": number()}
            code = await last_code(here)
            assert "This code is not right" in said(
                await nobody.send("/recover/proof", code=wrong(code), **proof)
            )
            shown = await nobody.send("/recover/proof", code=code, **proof)
            assert "From 7 November 2026, 09:00 UTC on it opens" in said(shown)
            (path,) = re.findall(r"<code>http://bureau(/recover/\S+)</code>", shown.text)
            owner = Visit(here, await headers(here, ana))
            assert "Somebody asks to recover your account" in await owner.see("/me/account")
            assert "Earlier passkeys" in await nobody.see(path)
            early = await nobody.send(path)
            assert early.status_code == 409
            here.clock.move(hours=24)
            done = await nobody.send(path)
            assert done.headers["Location"] == "/start/passkey"
            assert (await here.client.get("/me")).status_code == 200
            assert (await owner.here.client.get("/me/account", headers=owner.headers)).status_code == 303
            assert (await nobody.send(path)).status_code == 422

    run(it())


def test_the_owner_stops_somebody_elses_try(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            owner = Visit(here, await headers(here, await person(here)))
            nobody = Visit(here)
            assert (await nobody.send("/recover", contact="x")).status_code == 422
            assert "Show that it is you" in said(await nobody.send("/recover", contact="no@example.org"))
            asked = await nobody.send("/recover", contact=MAIL)
            (recovery,) = re.findall(r'name="recovery" value="(rec_\w+)"', asked.text)
            proof = {"recovery": recovery, "kind": "cn.ric", "number": number()}
            await nobody.send("/recover/proof", code=await last_code(here), **proof)
            assert "The recovery was stopped" in await owner.done(f"/me/account/recoveries/{recovery}/stop")

    run(it())
