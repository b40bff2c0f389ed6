"""This is wrong: from the link on a line to the result, on pages, without script."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.contesting.case import CARD, Case, case

PNG = b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)


def at_a_page(one: Case, who: str = "person") -> dict[str, str]:
    """The headers of a browser in which somebody is signed in."""
    token = one.headers[who]["Authorization"].split()[1]
    return {"Cookie": f"credence_session={token}", "Sec-Fetch-Site": "same-origin"}


def test_a_wrong_event_is_contested_with_a_file_and_deleted(database: str, folder: Path) -> None:
    async def it() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            client, me = one.here.client, at_a_page(one)
            new = f"/me/disputes/new?event={one.furnisher.id}/e1&scorecard={CARD}"
            page = (await client.get(new, headers=me)).text
            assert "suining: 970 if it stays, 1000 if it is deleted" in page
            assert "checked" not in page, "nothing is chosen beforehand"
            said = {"reason": "not_mine", "text": "I never had this account."}
            sent = await client.post(new, data=said, files={"files": ("a.png", PNG)}, headers=me)
            there = sent.headers["Location"]
            shown = (await client.get(there, headers=me)).text
            assert "It must be decided by 4 December 2026." in shown
            assert "What has no answer by then is deleted." in shown
            assert "I never had this account." in shown
            assert "not opened yet" in shown
            dispute = there.split("/")[3].split("?")[0]
            assert f"/me/disputes/{dispute}" in (await client.get("/me/disputes", headers=me)).text
            await one.answer("furnisher", dispute, "deleted")
            shown = (await client.get(there, headers=me)).text
            assert "It was deleted and counts no more." in shown

    run(it())


def test_a_line_is_contested_with_everything_behind_it(database: str, folder: Path) -> None:
    async def it() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            client, me = one.here.client, at_a_page(one)
            new = f"/me/disputes/new?line=loan_arrears&scorecard={CARD}"
            assert "Everything behind this line" in (await client.get(new, headers=me)).text
            sent = await client.post(new, data={"reason": "paid"}, headers=me)
            assert (await client.get(sent.headers["Location"], headers=me)).text.count("Sent by") == 2

    run(it())


def test_what_is_not_there_is_said(database: str, folder: Path) -> None:
    async def it() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            client, me = one.here.client, at_a_page(one)
            for query in ("", "event=x", "event=a/b", f"line=x&scorecard={CARD}", "line=x&scorecard=y"):
                reply = await client.get(f"/me/disputes/new?{query}", headers=me)
                assert reply.status_code == 404, query
            new = f"/me/disputes/new?event={one.furnisher.id}/e1"
            assert (await client.post(new, data={"reason": "why not"}, headers=me)).status_code == 404
            assert (await client.get("/me/disputes/dis_none", headers=me)).status_code == 404
            assert "You have contested nothing." in (await client.get("/me/disputes", headers=me)).text

    run(it())
