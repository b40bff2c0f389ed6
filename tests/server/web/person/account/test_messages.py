"""What somebody was told: unread, read, and where it leads; mails are on until they are turned off."""

import re
from pathlib import Path

import pytest

from credence.server.services.people import messages
from credence.server.services.people.texts import MESSAGES
from credence.server.web.person.account.messages import place_of
from credence.server.web.texts import known
from tests.server.harness import bureau, run
from tests.server.people import headers, person
from tests.server.web.person.visits import Visit


@pytest.mark.parametrize("kind", sorted(MESSAGES))
def test_every_kind_of_message_has_a_title(kind: str) -> None:
    assert known(f"messages.kind_{kind.replace('.', '_')}")


def test_a_message_leads_to_what_it_is_about() -> None:
    assert place_of({"partner": "par_1", "inquiry": "inq_1"}) == "/me/inquiries/inq_1"
    assert place_of({"dispute": "dis_1"}) == "/me/disputes/dis_1"
    assert place_of({}) == "/me/messages"


def test_a_message_is_new_until_it_is_read(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            actor = await person(here)
            ana = Visit(here, await headers(here, actor))
            other = Visit(here, await headers(here, await person(here, "b@example.org", 2)))
            assert "There are no messages yet" in await ana.see("/me/messages")
            async with here.as_() as context:
                for kind in ("freeze.set", "freeze.lifted"):
                    await messages.tell(context, actor.id, kind)
            here.clock.move(minutes=1)
            async with here.as_() as context:
                await messages.tell(context, actor.id, "recovery.waiting", recovery="rec_1")
            page = await ana.html("/me/messages")
            assert page.count(">New<") == 3
            paths = re.findall(r'action="(/me/messages/msg_\w+)"', page)
            assert (await other.send(paths[0])).status_code == 404
            reply = await ana.send(paths[0])
            assert reply.headers["Location"] == "/me/account"
            assert (await ana.html("/me/messages")).count(">New<") == 2
            await ana.done("/me/messages/read")
            assert (await ana.html("/me/messages")).count(">New<") == 0
            chinese = ana.headers | {"Accept-Language": "zh"}
            said = await here.client.get("/me/messages", headers=chinese)
            assert "有人请求找回您的账户" in said.text

    run(it())


def test_mails_of_a_kind_are_turned_off_and_on(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            actor = await person(here)
            ana = Visit(here, await headers(here, actor))
            async with here.as_(actor) as context:
                everything = list(await messages.choices(context))
            for wanted in (["freeze.set"], [], everything):
                assert "Your choice is kept." in await ana.done("/me/messages/mails", mail=wanted)
                async with here.as_(actor) as context:
                    on = [kind for kind, mail in (await messages.choices(context)).items() if mail]
                assert on == wanted
                shown = re.findall(r'value="([^"]+)" checked', await ana.html("/me/messages/mails"))
                assert shown == wanted
            assert (await ana.send("/me/messages/mails", mail=["none"])).status_code == 404

    run(it())
