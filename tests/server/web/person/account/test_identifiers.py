"""What somebody is known by: added, confirmed, removed; the last one stays."""

import re
from pathlib import Path

from tests.server.harness import bureau, run
from tests.server.people import headers, last_code, number, person, wrong
from tests.server.web.person.visits import Visit, said

PLACE = "/me/account/identifiers"


def test_an_address_is_added_confirmed_and_removed(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            ana = Visit(here, await headers(here, await person(here)))
            await ana.see(f"{PLACE}/contact")
            reply = await ana.send(f"{PLACE}/contact", contact="two@example.org")
            path = reply.headers["Location"]
            assert "Enter the code" in await ana.see(path)
            assert "waits for the code" in await ana.see("/me/account")
            code = await last_code(here)
            guessed = await ana.send(path, code=wrong(code))
            assert guessed.status_code == 422
            assert "This code is not right" in said(guessed)
            assert "It is confirmed." in await ana.done(path, code=code)
            paths = set(re.findall(rf'action="({PLACE}/idn_\w+/remove)"', await ana.html("/me/account")))
            assert len(paths) == 3
            assert "It was removed." in await ana.done(f"{path}/remove")
            last = await ana.send(min(paths - {f"{path}/remove"}))
            assert last.status_code == 409
            assert 'href="/me/account"' in last.text
            for _ in range(4):
                await ana.send(path, code="000000")
            assert (await ana.send(path, code=code)).status_code == 429

    run(it())


def test_a_document_is_added_if_its_digits_fit(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            ana = Visit(here, await headers(here, await person(here)))
            assert "Portugal" not in await ana.see(f"{PLACE}/document")
            assert number(2) in await ana.done(f"{PLACE}/document", kind="cn.ric", number=number(2))
            wrong = await ana.send(f"{PLACE}/document", kind="cn.ric", number="1")
            assert (wrong.status_code, 'value="cn.ric" selected' in wrong.text) == (422, True)
            wrong = await ana.send(f"{PLACE}/contact", contact="nowhere@")
            assert (wrong.status_code, 'role="alert"' in wrong.text) == (422, True)
            assert 'name="contact"' in wrong.text, "the form is there to try again"

    run(it())
