"""What a person is told stands in the app; a mail says only that there is something, if they want it."""

from pathlib import Path

from credence.server.services.context import Actor
from credence.server.services.people import messages
from credence.server.services.people.texts import mail as mail_of
from tests.server.harness import Bureau, bureau, run
from tests.server.people import MAIL, headers, letters, person, text_of

KIND = "account.left"


async def tell(here: Bureau, who: Actor, **ids: str) -> str:
    here.clock.move(seconds=1)
    async with here.as_() as context:
        return await messages.tell(context, who.id, KIND, **ids)


def test_a_message_is_a_sentence_with_ids_and_its_mail_says_nothing_of_it(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here, language="zh")
            own = await headers(here, ana)
            message = await tell(here, ana, dispute="dis_1")
            (seen,) = (await here.client.get("/v1/messages", headers=own)).json()["data"]
            assert (seen["id"], seen["kind"], seen["ids"]) == (message, KIND, {"dispute": "dis_1"})
            assert "账户已关闭" in seen["text"]
            (mail,) = await letters(here)
            assert mail["To"] == MAIL
            assert text_of(mail) == mail_of("news", "zh", url="http://127.0.0.1:8000")[1]
            path = f"/v1/messages/{message}/reading"
            assert (await here.client.post(path, headers=own)).status_code == 204
            (seen,) = (await here.client.get("/v1/messages", headers=own)).json()["data"]
            assert seen["read_at"] is not None

    run(work())


def test_messages_come_in_pages_newest_first(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            told = [await tell(here, ana) for _ in range(3)]
            first = (await here.client.get("/v1/messages?limit=2", headers=own)).json()
            rest = await here.client.get(f"/v1/messages?limit=2&cursor={first['next_cursor']}", headers=own)
            ids = [one["id"] for one in first["data"] + rest.json()["data"]]
            assert ids == told[::-1]
            assert rest.json()["next_cursor"] is None

    run(work())


def test_mails_of_a_kind_are_on_until_turned_off_and_one_waits_for_many(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            choices = (await here.client.get("/v1/message-choices", headers=own)).json()["data"]
            assert all(one["mail"] for one in choices)
            await tell(here, ana)
            await tell(here, ana)
            assert len(await letters(here)) == 1, "one mail says as much as two"
            off = await here.client.put(f"/v1/message-choices/{KIND}", json={"mail": False}, headers=own)
            assert {"kind": KIND, "mail": False} in off.json()["data"]
            await tell(here, ana)
            assert len(await letters(here)) == 1
            assert len((await here.client.get("/v1/messages", headers=own)).json()["data"]) == 3
            none = await here.client.put("/v1/message-choices/none", json={"mail": False}, headers=own)
            assert none.status_code == 404

    run(work())


def test_somebody_elses_messages_are_not_there(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, ben = await person(here), await person(here, "ben@example.org", 2)
            message, other = await tell(here, ana), await headers(here, ben)
            assert (await here.client.get("/v1/messages", headers=other)).json()["data"] == []
            path = f"/v1/messages/{message}/reading"
            assert (await here.client.post(path, headers=other)).status_code == 404
            assert (await here.client.post(path)).status_code == 401
            assert (await here.client.get("/v1/messages")).status_code == 401

    run(work())
