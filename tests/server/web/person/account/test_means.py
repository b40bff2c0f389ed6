"""How somebody signs in, and where they are: seen and ended."""

import re
from pathlib import Path

from credence.server.services.people import passkeys
from tests.server.authenticator import Authenticator
from tests.server.harness import Bureau, bureau, run
from tests.server.people import headers, person
from tests.server.web.person.visits import Visit


async def add(here: Bureau, own: dict[str, str], name: str) -> None:
    asked = (await here.client.post("/v1/passkeys/options", json={"name": name}, headers=own)).json()
    credential = Authenticator().make(asked["options"])
    said = {"challenge_id": asked["challenge_id"], "credential": credential, "name": name}
    assert (await here.client.post("/v1/passkeys", json=said, headers=own)).status_code == 201


def test_a_passkey_is_seen_and_removed_but_not_the_last(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            actor = await person(here)
            own = await headers(here, actor)
            ana = Visit(here, own)
            for name in ("my phone", "my <b>key</b>"):
                await add(here, own, name)
            page = await ana.html("/me/account")
            assert "my &lt;b&gt;key&lt;/b&gt;" in page
            first, last = re.findall(r'action="(/me/account/passkeys/psk_\w+/remove)"', page)
            assert "The passkey was removed." in await ana.done(first)
            assert (await ana.send(last)).status_code == 409
            async with here.as_(actor) as context:
                assert len(await passkeys.of(context, actor)) == 1

    run(it())


def test_a_session_elsewhere_is_ended_and_then_all(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            actor = await person(here)
            elsewhere = Visit(here, await headers(here, actor))
            ana = Visit(here, await headers(here, actor))
            (path,) = re.findall(r'action="(/me/account/sessions/\w+/end)"', await ana.html("/me/account"))
            assert "That session has ended." in await ana.done(path)
            await elsewhere.see("/me/account", 303)
            out = await ana.send("/me/account/sessions/end")
            assert out.headers["Location"] == "/sign-in"
            await ana.see("/me/account", 303)

    run(it())
