"""Errors on pages: a sentence, what to do, the request's number, never a traceback; the API keeps its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.server.harness import bureau, run

HERE = {"Sec-Fetch-Site": "same-origin"}


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            reply = await here.client.get("/me?scorecard=everyday")
            assert (reply.status_code, reply.headers["Location"]) == (
                303,
                "/sign-in?to=/me%3Fscorecard%3Deveryday",
            )
            assert "/sign-in?to=/me" in (await here.client.get("/sign-in?to=/me")).text

    run(it())


def test_a_page_that_is_not_there_says_so_in_the_language_of_who_asks(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            reply = await here.client.get("/nowhere", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
            assert reply.status_code == 404
            assert "没有这个页面" in reply.text
            assert reply.headers["X-Request-Id"] in reply.text
            assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
            problem = await here.client.get("/v1/nowhere")
            assert problem.headers["Content-Type"] == "application/problem+json"

    run(it())


def test_somebody_of_another_kind_is_told_that_the_page_is_for_others(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("partner")
            cookie = {"Cookie": f"credence_session={headers['Authorization'].split()[1]}"}
            reply = await here.client.get("/me", headers=cookie)
            assert reply.status_code == 403
            assert "This page is for others" in reply.text

    run(it())


def test_a_form_of_another_site_does_nothing(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            for headers in (
                {"Sec-Fetch-Site": "cross-site"},
                {"Sec-Fetch-Site": "same-site"},
                {"Origin": "https://elsewhere.example"},
                {},
            ):
                reply = await here.client.post("/language", data={"language": "zh"}, headers=headers)
                assert reply.status_code == 403, headers
                assert "another site" in reply.text
            for headers in (HERE, {"Origin": "http://bureau"}, {"Referer": "http://bureau/sign-in"}):
                reply = await here.client.post("/language", data={"language": "zh"}, headers=headers)
                assert reply.status_code == 303, headers

    run(it())


def test_a_form_that_lacks_a_field_is_a_sentence(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            reply = await here.client.post("/sign-in", data={"kind": "email"}, headers=HERE)
            assert reply.status_code == 422
            assert "This was left out: password." in reply.text
            said = {"language": "z" * 300, "to": "/"}
            reply = await here.client.post("/language", data=said, headers=HERE | {"Accept-Language": "zh"})
            assert "language 最多 200 个字符" in reply.text
            _, admin = await here.party("operator", "admin")
            cookie = {"Cookie": f"credence_session={admin['Authorization'].split()[1]}"} | HERE
            reply = await here.client.post("/operator/partners", data={"name": "\x07"}, headers=cookie)
            assert "This cannot be as it was filled in: name." in reply.text

    run(it())


def test_what_nobody_foresaw_is_a_page_without_its_words(
    database: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("partner")
            cookie = {"Cookie": f"credence_session={headers['Authorization'].split()[1]}"}
            here.app.state.bureau = replace(here.app.state.bureau, pool=None)
            reply = await here.client.get("/me", headers=cookie)
            assert reply.status_code == 500
            assert "Something went wrong here" in reply.text
            assert "NoneType" not in reply.text
            assert reply.headers["X-Request-Id"] in reply.text
            assert reply.headers["X-Request-Id"] in caplog.text

    run(it())


def test_a_form_that_is_too_large_is_refused_on_a_page(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            much = {"language": "z" * (here.app.state.bureau.settings.body_most + 1)}
            reply = await here.client.post("/language", data=much, headers=HERE)
            assert reply.status_code == 413
            assert reply.headers["Content-Type"].startswith("text/html")

    run(it())
