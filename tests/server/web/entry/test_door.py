"""The way in and out."""

from pathlib import Path

import pytest

from credence.server.services.access import parties
from credence.server.web.entry.door import inside
from tests.server.harness import bureau, run

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/me/history", "/me/history"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_nothing_leads_to_another_site(path: str | None, leads: str) -> None:
    assert inside(path) == leads


def test_a_link_signs_in_once_by_its_button_and_out_again(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder, sandbox=True) as here:
            operator, _ = await here.party("operator")
            async with here.as_() as context:
                secret = await parties.sign_in_link(context, operator.id)
            assert (await here.client.get(f"/enter/{secret}")).status_code == 200
            entered = await here.client.post(f"/enter/{secret}", headers=HERE)
            assert entered.headers.get("Location") == "/operator", entered.text
            assert "HttpOnly" in entered.headers["Set-Cookie"]
            first = await here.client.get("/")
            assert first.headers["Location"] == "/operator"
            again = await here.client.post(f"/enter/{secret}", headers=HERE)
            assert again.status_code == 401
            out = await here.client.post("/sign-out", headers=HERE)
            assert out.headers["Location"] == "/"
            assert "A score you can add up" in (await here.client.get("/")).text

    run(it())


def test_a_language_that_is_chosen_stays(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            said = {"language": "zh", "to": "/sign-in"}
            chosen = await here.client.post("/language", data=said, headers=HERE)
            assert chosen.headers["Location"] == "/sign-in"
            assert '<html lang="zh-Hans">' in (await here.client.get("/")).text
            await here.client.post("/language", data={"language": "xx"}, headers=HERE)
            assert '<html lang="zh-Hans">' in (await here.client.get("/")).text

    run(it())


def test_a_wrong_password_is_a_sentence(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            said = {"kind": "email", "value": "a@example.org", "password": "wrong", "code": "000000"}
            reply = await here.client.post("/sign-in", data=said, headers=HERE)
            assert reply.status_code == 401
            assert "<h1>" in reply.text

    run(it())
