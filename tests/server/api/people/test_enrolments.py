"""Who opts in has an address or number that is theirs, a document's number, and has said so."""

from pathlib import Path
from typing import Any

from credence.server.services.context import Actor
from tests.server.harness import Bureau, bureau, run
from tests.server.people import MAIL, audited, last_code, letters, number, of_cookie, person, text_of, wrong

CONTACT = {"kind": "email", "value": " Ana@Example.org "}


def asked(code: str, **said: object) -> dict[str, Any]:
    document = {"kind": "cn.ric", "value": number()}
    return {"contact": CONTACT, "code": code, "document": document, "agreed": True, **said}


async def code_for(here: Bureau, **said: object) -> str:
    reply = await here.client.post("/v1/enrolments", json={"contact": CONTACT, **said})
    assert (reply.status_code, reply.json()) == (202, {"sent": True})
    return await last_code(here)


def test_whoever_says_the_code_is_enrolled_and_signed_in(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            code = await code_for(here, language="zh")
            (mail,) = await letters(here)
            assert mail["To"] == MAIL
            assert "验证码" in str(mail["Subject"])
            made = await here.client.post("/v1/people", json=asked(code, language="zh"))
            assert made.status_code == 201
            cookie = made.headers["set-cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie
            assert f"Max-Age={30 * 86400}" in cookie
            own = await here.client.get("/v1/account", headers=of_cookie(made))
            assert own.json()["id"] == made.json()["id"]
            assert own.json()["language"] == "zh"
            assert own.json()["left_at"] is None
            assert await audited(here, Actor("person", made.json()["id"])) == [
                "identifier.added", "identifier.added", "person.enrolled", "session.begun",
            ]  # fmt: skip

    run(work())


def test_over_https_the_cookie_goes_over_nothing_else(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url="https://bureau.example") as here:
            made = await here.client.post("/v1/people", json=asked(await code_for(here)))
            assert "Secure" in made.headers["set-cookie"]

    run(work())


def test_nothing_is_agreed_to_unless_said(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            code = await code_for(here)
            for said in (
                asked(code) | {"agreed": False},
                {k: v for k, v in asked(code).items() if k != "agreed"},
            ):
                refused = await here.client.post("/v1/people", json=said)
                assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
            assert (await here.client.post("/v1/people", json=asked(code))).status_code == 201

    run(work())


def test_a_code_is_taken_once_in_time_and_for_its_address_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            code = await code_for(here)
            other = asked(code, contact={"kind": "email", "value": "other@example.org"})
            for said in (asked(wrong(code)), other):
                refused = await here.client.post("/v1/people", json=said)
                assert (refused.status_code, refused.json()["code"]) == (422, "code_wrong")
            here.clock.move(minutes=15)
            assert (await here.client.post("/v1/people", json=asked(code))).json()["code"] == "code_wrong"
            fresh = await code_for(here)
            assert (await here.client.post("/v1/people", json=asked(fresh))).status_code == 201
            assert (await here.client.post("/v1/people", json=asked(fresh))).json()["code"] == "code_wrong"

    run(work())


def test_an_address_that_has_an_account_is_told_so_by_mail_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await person(here, which=2)
            reply = await here.client.post("/v1/enrolments", json={"contact": CONTACT})
            assert (reply.status_code, reply.json()) == (202, {"sent": True})
            (mail,) = await letters(here)
            assert mail["Subject"] == "You have an account already"
            assert "http://127.0.0.1:8000" in text_of(mail)

    run(work())


def test_an_address_that_became_somebodys_since_enrols_nobody(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            code = await code_for(here)
            await person(here, which=2)
            refused = await here.client.post("/v1/people", json=asked(code))
            assert refused.json()["code"] == "code_wrong"

    run(work())


def test_a_document_is_one_persons_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await person(here, "ben@example.org")
            refused = await here.client.post("/v1/people", json=asked(await code_for(here)))
            assert (refused.status_code, refused.json()["code"]) == (409, "identifier_taken")

    run(work())


def test_digits_that_do_not_check_are_told_where_they_are_and_not_repeated(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            bad = number()[:-1] + ("0" if number()[-1] != "0" else "1")
            said = asked("123456", document={"kind": "cn.ric", "value": bad})
            refused = await here.client.post("/v1/people", json=said)
            assert refused.status_code == 422
            assert refused.json()["errors"][0]["pointer"] == "/document/value"
            assert bad not in refused.text

    run(work())


def test_five_guesses_at_a_code_are_enough(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            code = await code_for(here)
            for _ in range(5):
                refused = await here.client.post("/v1/people", json=asked(wrong(code)))
                assert refused.status_code == 422
            sixth = await here.client.post("/v1/people", json=asked(code))
            assert (sixth.status_code, sixth.json()["code"]) == (429, "too_many_tries")
            assert int(sixth.headers["retry-after"]) == 15 * 60 + 1

    run(work())


def test_what_people_can_be_known_by_is_told(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            kinds = (await here.client.get("/v1/identifier-kinds")).json()
            assert {"email", "phone", "cn.ric"} <= {one["kind"] for one in kinds}

    run(work())
