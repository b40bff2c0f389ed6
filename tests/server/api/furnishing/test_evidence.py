"""A file that stands behind what speaks against a person lies encrypted, and the person can see it."""

from pathlib import Path

import httpx

from credence.server.services.furnishing import evidence
from tests.server.harness import bureau, run
from tests.server.sending import Sending, outcomes, sending

LETTER = b"Reminder of 3 July: bill 77 is not paid.\n"


async def given(who: Sending, person: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
    files = {"file": ("letter.pdf", content)}
    return await who.here.client.post(
        "/v1/event-evidence", files=files, data={"person": person}, headers=headers
    )


def test_a_person_sees_the_file_and_nobody_else_does(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other = await sending(here)
            made = await given(power, power.person, LETTER, power.headers)
            assert made.status_code == 201
            name = made.json()["evidence_id"]
            assert LETTER not in evidence.place(here.state.settings, name).read_bytes()
            rows = [power.unpaid(1, evidence=name), power.unpaid(2)]
            assert outcomes(await power.taken(*rows)) == ["accepted"] * 2
            assert outcomes(await other.taken(other.unpaid(3, evidence=name))) == ["rejected"]
            shown = (await here.client.get("/v1/notices", headers=power.ana_headers)).json()["data"]
            places = {one["evidence"]: f"/v1/notices/{one['notice_id']}/evidence" for one in shown}
            place = places.pop(name)
            file = await here.client.get(place, headers=power.ana_headers)
            assert (file.content, file.headers["content-type"]) == (LETTER, "text/plain; charset=utf-8")
            text_only, nowhere = next(iter(places.values())), "/v1/notices/ntc_x/evidence"
            for path, headers in ((place, other.ana_headers), (text_only, power.ana_headers)):
                assert (await here.client.get(path, headers=headers)).status_code == 404
            assert (await here.client.get(nowhere, headers=power.ana_headers)).status_code == 404
            assert (await here.client.get(place)).status_code == 401
            async with here.as_() as context:
                query = "SELECT what FROM audit WHERE what LIKE 'evidence.%' ORDER BY what"
                acts = [row["what"] for row in await context.connection.fetch(query)]
            assert acts == ["evidence.given", "evidence.read"]

    run(work())


def test_only_files_about_people_whom_it_knows_are_taken(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other = await sending(here)
            assert (await given(power, other.person, LETTER, power.headers)).status_code == 404
            for content in (b"", b"PK\x03\x04"):
                reply = await given(power, power.person, content, power.headers)
                assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
            assert (await given(power, power.person, LETTER, {})).status_code == 401
            assert (await given(power, power.person, LETTER, power.ana_headers)).status_code == 403

    run(work())
