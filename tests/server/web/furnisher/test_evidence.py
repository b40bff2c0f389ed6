"""Files that stand behind what is sent against somebody are given at the desk, and their ids stand there."""

from pathlib import Path

import httpx
import pytest

from credence.server.web.furnisher import evidence as pages
from tests.server.harness import bureau, run
from tests.server.sending import Sending, outcomes, sending
from tests.server.web.person.visits import Visit, said

HERE = "/furnisher/evidence"
# As large as the picture of a telephone, and larger than any other body may be.
PICTURE = b"\xff\xd8\xff" + bytes(3_000_000)


async def give(visit: Visit, person: str, content: bytes) -> httpx.Response:
    files = {"file": ("reminder.jpg", content)}
    return await visit.here.client.post(HERE, data={"person": person}, files=files, headers=visit.headers)


def shown(reply: httpx.Response) -> str:
    return reply.text.split('<pre tabindex="0">')[1].split("<")[0]


async def counted(who: Sending) -> int:
    async with who.here.as_() as context:
        return int(await context.connection.fetchval("SELECT count(*) FROM event_evidence"))


def test_a_file_that_is_given_stands_behind_an_event_and_the_person_sees_it(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            assert "You have given no file yet." in await visit.see(HERE)
            reply = await give(visit, f" {power.person} ", PICTURE)
            assert (reply.status_code, "It is kept" in said(reply)) == (200, True)
            taken = await power.taken(power.unpaid(1, evidence=shown(reply)))
            assert outcomes(taken) == ["accepted"]
            ana = Visit(here, power.ana_headers)
            file = (await ana.html("/me/notices")).split('href="/me/notices/')[1].split('"')[0]
            assert (await here.client.get(f"/me/notices/{file}", headers=ana.headers)).content == PICTURE
            listed = await visit.see(HERE)
            for words in (power.person, "image/jpeg, 3,000,003 B", shown(reply)):
                assert words in listed, words
            other = await sending(here)
            assert "You have given no file yet." in await Visit(here, other.headers).see(HERE)
            reader = await here.party("furnisher", "receipts.read")
            await Visit(here, reader[1]).see(HERE, 403)

    run(work())


def test_rubbish_is_refused_with_a_sentence_and_kept_nowhere(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            for person, content, sentence in (
                ("nobody", b"text", "You know nobody by this id."),
                (power.person, b"", "The file is empty."),
                (power.person, b"PK\x03\x04\xff", "The file is none of PDF"),
                (power.person, b"x" * 10_000_001, "at most 10000000 are taken"),
            ):
                reply = await give(visit, person, content)
                assert reply.status_code in (404, 422)
                assert sentence in said(reply), sentence
                assert person in reply.text, "what was filled in stays"
            assert await counted(power) == 0

    run(work())


def test_files_stand_a_page_at_a_time(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "A_PAGE", 1)

    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            first = shown(await give(visit, power.person, b"one"))
            here.clock.move(seconds=1)
            second = shown(await give(visit, power.person, b"two"))
            assert first not in await visit.see(HERE)
            assert f"?before={second}" in await visit.html(HERE)
            assert first in await visit.see(f"{HERE}?before={second}")

    run(work())
