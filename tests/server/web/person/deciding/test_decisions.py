"""Decisions as the person sees them: every clause, the letter, a human look."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.deciding.house import house
from tests.server.services.reading.world import Headers

HERE = {"Sec-Fetch-Site": "same-origin"}


def cookie(headers: Headers) -> Headers:
    return {"Cookie": f"credence_session={headers['Authorization'].split()[1]}"} | HERE


def test_a_decision_is_told_whole_and_somebody_looks_at_it_if_asked(database: str, folder: Path) -> None:
    async def it() -> None:
        async with house(database, folder) as here:
            await here.publish()
            made = await here.decided("ben")
            client, ben = here.there.here.client, cookie(here.there.people["ben"][1])
            listed = (await client.get("/me/decisions", headers=ben)).text
            address = f"/me/decisions/{made['decision_id']}"
            assert address in listed
            shown = (await client.get(address, headers=ben)).text
            assert "Your score is less than 650" in shown
            assert "not met" in shown
            letter = await client.get(f"{address}/letter.pdf", headers=ben)
            assert letter.content.startswith(b"%PDF")
            asked = await client.post(f"{address}/look", data={"words": "I had no work then."}, headers=ben)
            assert asked.headers["Location"] == f"{address}?done=look_asked"
            waiting = (await client.get(asked.headers["Location"], headers=ben)).text
            assert "an answer is due by" in waiting
            assert "<textarea" not in waiting, "one look at a time"
            ana = cookie(here.there.people["ana"][1])
            assert (await client.get(address, headers=ana)).status_code == 404

    run(it())


def test_nothing_offered_and_nothing_decided_is_said(database: str, folder: Path) -> None:
    async def it() -> None:
        async with house(database, folder) as here:
            client, ana = here.there.here.client, cookie(here.there.people["ana"][1])
            assert "There are no offers" in (await client.get("/me/offers", headers=ana)).text
            assert "Nothing was decided" in (await client.get("/me/decisions", headers=ana)).text

    run(it())
