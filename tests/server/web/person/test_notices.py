"""What speaks against somebody, as they read it: from when it counts, its evidence, and a way out."""

from pathlib import Path

import pytest

from credence.server.web.person import notices as pages
from tests.server.harness import bureau, run
from tests.server.sending import EVIDENCE, sending
from tests.server.web.person.visits import Visit


def test_each_notice_stands_with_its_day_its_evidence_and_this_is_wrong(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            ana = Visit(here, power.ana_headers)
            assert "Nothing was reported against you." in await ana.see("/me/notices")
            await power.taken(power.unpaid(1))
            page = await ana.see("/me/notices")
            assert "Counts from " in page
            assert EVIDENCE in page
            html = await ana.html("/me/notices")
            assert f"/me/disputes/new?event={power.furnisher.id}/p-1" in html
            notice = (await here.client.get("/v1/notices", headers=power.ana_headers)).json()["data"][0]
            monkeypatch.setattr(pages, "A_PAGE", 1)
            assert f"?before={notice['notice_id']}" in await ana.html("/me/notices")
            path = f"/me/notices?before={notice['notice_id']}"
            assert "Nothing was reported against you." in await ana.see(path)
            await ana.see(f"/me/notices/{notice['notice_id']}/file", 404)
            here.clock.move(days=60)
            token = Visit(here, (await here.party("person"))[1])
            assert EVIDENCE not in await token.see("/me/notices")
            assert "Counts since " in await ana.see("/me/notices")

    run(work())


def test_a_file_that_stands_behind_it_is_kept_and_not_shown(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            given = await here.client.post(
                "/v1/event-evidence",
                data={"person": power.person},
                files={"file": ("bill.txt", b"Bill 77")},
                headers=power.headers,
            )
            await power.taken(power.unpaid(1, evidence=given.json()["evidence_id"]))
            ana = Visit(here, power.ana_headers)
            link = (await ana.html("/me/notices")).split('href="/me/notices/')[1].split('"')[0]
            reply = await here.client.get(f"/me/notices/{link}", headers=ana.headers)
            assert (reply.text, reply.headers["Content-Disposition"]) == ("Bill 77", "attachment")

    run(work())
