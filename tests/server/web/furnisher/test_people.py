"""Whom a furnisher knows: by a code, under an id of its own; and what people were told of."""

from datetime import date
from pathlib import Path

import pytest

from credence.server.web.furnisher import people as pages
from tests.server.harness import bureau, run
from tests.server.sending import sending
from tests.server.web.person.visits import Visit, said


def test_a_code_shows_the_id_and_only_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other, headers = await here.party("furnisher", "events.write")
            made = await here.client.post(
                "/v1/people/links", json={"furnisher": other.id}, headers=power.ana_headers
            )
            visit = Visit(here, headers)
            assert "You know nobody yet." in await visit.see("/furnisher/people")
            reply = await visit.send("/furnisher/people", code=f" {made.json()['code'].lower()} ")
            assert reply.status_code == 200
            assert "They were told that you know them." in said(reply)
            known = reply.text.split('<pre tabindex="0">')[1].split("<")[0]
            assert known != power.person
            assert known in await visit.see("/furnisher/people")
            again = await visit.send("/furnisher/people", code=made.json()["code"])
            assert again.status_code >= 400
            assert 'role="alert"' in again.text
            await Visit(here, (await here.party("furnisher", "disputes.read"))[1]).see(
                "/furnisher/people", 403
            )

    run(work())


def test_the_known_stand_a_page_at_a_time(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            monkeypatch.setattr(pages, "A_PAGE", 1)
            assert f"?before={power.person}" in await visit.html("/furnisher/people")
            assert power.person not in await visit.see(f"/furnisher/people?before={power.person}")

    run(work())


def test_what_people_were_told_of_stands_with_its_day(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            assert "Nothing waits to count." in await visit.see("/furnisher/notices")
            await power.taken(power.unpaid(1))
            page = await visit.see("/furnisher/notices")
            assert "p-1" in page
            assert power.person in page
            assert await visit.see("/furnisher/notices?after=nonsense") == page
            monkeypatch.setattr(pages, "A_PAGE", 1)
            html = await visit.html("/furnisher/notices")
            further = html.split('href="/furnisher/notices?after=')[1].split('"')[0]
            assert date.fromisoformat(further[:10]) > here.clock().date()
            assert "Nothing waits to count." in await visit.see(f"/furnisher/notices?after={further}")

    run(work())
