"""An account as its owner sees it, and the way to everything else."""

import re
from pathlib import Path

from credence.server.services.people import messages
from tests.server.harness import bureau, run
from tests.server.people import MAIL, audited, headers, number, person
from tests.server.web.person.visits import Visit


def test_every_link_leads_to_a_page(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            ana = Visit(here, await headers(here, await person(here)))
            links = set(re.findall(r'href="(/me[^"]*)"', await ana.html("/me/more")))
            assert len(links) > 12
            for link in sorted(links):
                await ana.see(link)

    run(it())


def test_everything_is_a_link_away_with_what_is_unread(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            actor = await person(here)
            ana = Visit(here, await headers(here, actor))
            assert "unread" not in await ana.see("/me/more")
            async with here.as_() as context:
                await messages.tell(context, actor.id, "freeze.set")
            assert "1 unread" in await ana.see("/me/more")
            assert "Frozen: nobody can see your score" in await ana.done(
                "/me/freeze", on="yes", to="/me/more"
            )

    run(it())


def test_an_account_says_who_somebody_is_here_and_when_they_must_sign_in_again(
    database: str, folder: Path
) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            actor = await person(here)
            ana = Visit(here, await headers(here, actor))
            page = await ana.see("/me/account")
            for words in (MAIL, number(), "You have no passkey", "You have no password", "here"):
                assert words in page, words
            assert "sign in again first" not in page
            here.clock.move(minutes=11)
            assert "sign in again first" in await ana.see("/me/account")
            refused = await ana.send("/me/account/identifiers/contact", contact="a@example.org")
            assert refused.status_code == 403
            assert 'href="/sign-in?to=/me/account"' in refused.text
            gone = await here.client.get("/me/account", headers={"Cookie": "credence_session=none"})
            assert gone.status_code == 303

    run(it())


def test_a_language_holds_for_pages_and_for_messages(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            actor = await person(here)
            ana = Visit(here, await headers(here, actor))
            reply = await ana.send("/me/account/language", language="zh")
            assert "credence_language=zh" in reply.headers["Set-Cookie"]
            assert "account.language" in await audited(here, actor)
            assert (await ana.send("/me/account/language", language="xx")).status_code == 422

    run(it())
