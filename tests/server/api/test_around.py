"""What surrounds each request: sizes, headers, and a line of the log that says nothing about anybody."""

import logging
from pathlib import Path

import httpx
import pytest

from tests.server.harness import bureau, run


def test_a_line_of_the_log_tells_the_route_and_never_what_was_sent(
    database: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            actor, headers = await here.party("operator", "admin")
            with caplog.at_level(logging.INFO, "credence.requests"):
                told = await here.client.get("/v1/partners/par_secret/keys?word=secret", headers=headers)
            facts = caplog.records[-1].facts  # type: ignore[attr-defined]
            assert facts.pop("ms") > 0
            assert facts == {
                "request_id": told.headers["X-Request-Id"], "method": "GET",
                "route": "/v1/partners/{party_id}/keys",
                "actor": "operator", "actor_id": actor.id, "status": 404,
            }  # fmt: skip

    run(work())


def test_a_body_that_is_too_large_is_refused_before_it_is_read(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, body_most=100) as here:
            _, headers = await here.party("operator", "admin")
            told = await here.client.post("/v1/partners", content=b"x" * 101, headers=headers)
            assert (told.status_code, told.json()["code"]) == (413, "too_large")

            async def parts() -> object:
                for _ in range(11):
                    yield b"x" * 10

            headers["Content-Type"] = "application/json"
            told = await here.client.post("/v1/partners", content=parts(), headers=headers)  # type: ignore[arg-type]
            assert (told.status_code, told.json()["code"]) == (413, "too_large")

    run(work())


def test_every_reply_says_how_it_may_be_used(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url="https://bureau.example", rate_a_minute=60) as here:
            _, headers = await here.party("partner")
            told = await here.client.get("/v1/whoami", headers=headers)
            assert told.headers["X-Content-Type-Options"] == "nosniff"
            assert told.headers["Cache-Control"] == "no-store"
            assert told.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert told.headers["Strict-Transport-Security"].startswith("max-age=")
            assert told.headers["RateLimit-Policy"] == '"default";q=60;w=60'
            assert told.headers["RateLimit"] == '"default";r=59;t=1'

    run(work())


def test_what_nobody_foresaw_is_a_problem_without_its_words(
    database: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("partner")
            here.app.state.buckets = None
            told = await here.client.get("/v1/whoami", headers=headers)
            assert (told.status_code, told.json()["code"]) == (500, "internal")
            assert "NoneType" not in told.text
            assert told.headers["X-Content-Type-Options"] == "nosniff"
            assert told.json()["request_id"] in caplog.text

    run(work())


def test_whoever_asks_too_often_is_told_when_to_come_back(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, rate_a_minute=6) as here:
            _, headers = await here.party("partner")
            actor, favoured = await here.party("partner")
            async with here.as_() as context:
                await context.connection.execute("INSERT INTO rates VALUES ($1, 100)", actor.id)

            async def often(headers: dict[str, str], times: int) -> list[httpx.Response]:
                return [await here.client.get("/v1/whoami", headers=headers) for _ in range(times)]

            told = await often(headers, 7)
            assert [one.status_code for one in told] == [200] * 6 + [429]
            assert (told[-1].json()["code"], told[-1].headers["Retry-After"]) == ("rate_limited", "10")
            assert {one.status_code for one in await often(favoured, 7)} == {200}
            here.clock.move(seconds=10)
            assert [one.status_code for one in await often(headers, 2)] == [200, 429]
            here.clock.move(hours=1)
            assert [one.status_code for one in await often(headers, 7)] == [200] * 6 + [429]

    run(work())
