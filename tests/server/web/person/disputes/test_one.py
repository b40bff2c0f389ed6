"""A dispute on its page: what is added to it, and withdrawing it."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.contesting.case import Case, case

PNG = b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)


def at_a_page(one: Case, who: str = "person") -> dict[str, str]:
    """The headers of a browser in which somebody is signed in."""
    token = one.headers[who]["Authorization"].split()[1]
    return {"Cookie": f"credence_session={token}", "Sec-Fetch-Site": "same-origin"}


def test_more_is_added_files_come_back_and_it_can_be_withdrawn(database: str, folder: Path) -> None:
    async def it() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            client, me = one.here.client, at_a_page(one)
            there = f"/me/disputes/{await one.open('e1')}"
            await client.post(f"{there}/information", data={"text": "I moved in May."}, headers=me)
            await client.post(f"{there}/files", files={"files": ("a.png", PNG)}, headers=me)
            shown = (await client.get(there, headers=me)).text
            assert "I moved in May." in shown
            file = shown.split(f'href="{there}/files/')[1].split('"')[0]
            kept = await client.get(f"{there}/files/{file}", headers=me)
            assert kept.content == PNG
            assert kept.headers["Content-Disposition"] == "attachment"
            bad = await client.post(f"{there}/files", files={"files": ("a.exe", b"MZ\x00")}, headers=me)
            assert bad.status_code == 422
            assert "none of PDF, PNG, JPEG or plain text" in bad.text
            await client.post(f"{there}/withdraw", headers=me)
            assert "You withdrew it" in (await client.get(there, headers=me)).text
            put = await client.post(f"{there}/statement", data={"text": "It was not me."}, headers=me)
            assert "It was not me." in (await client.get(put.headers["Location"], headers=me)).text

    run(it())
