"""The routes that are asked most answer and refuse as they would on the usual way."""

from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from credence.server.api import direct
from tests.server.harness import run
from tests.server.services.reading.world import World, world

ASK = "/v1/scores/ask"
# The usual way is taken as soon as a body is not plainly JSON.
WAYS = ("application/json", "application/json; charset=utf-8")

Sent = bytes | AsyncIterable[bytes] | None


async def asked(there: World, person: str, way: str, content: Sent = None, **headers: str) -> httpx.Response:
    """A question on one way."""
    said = {"person": person, "purpose": "rental_deposit", "level": "score", "scorecard": "everyday"}
    sent = there.partner[1] | {"Content-Type": way} | headers
    client = there.here.client
    if content is not None:
        return await client.post(ASK, content=content, headers=sent)
    return await client.post(ASK, content=httpx.Request("POST", ASK, json=said).content, headers=sent)


def seen(reply: httpx.Response) -> tuple[int, Any, dict[str, str]]:
    """What a reply says, without what differs between any two."""
    said = {name: value for name, value in reply.json().items() if name not in ("inquiry", "request_id")}
    own = ("x-request-id", "ratelimit", "content-length")
    return reply.status_code, said, {name: value for name, value in reply.headers.items() if name not in own}


def test_both_ways_tell_and_refuse_the_same(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    answer = direct.Way.answer

    async def counted(way: direct.Way, *said: Any) -> Any:  # noqa: ANN401 - what `answer` is given and gives
        called.append(way.route.path)
        return await answer(way, *said)

    monkeypatch.setattr(direct.Way, "answer", counted)

    async def work() -> None:
        async with world(database, folder, body_most=2_000) as there:
            ana = (await there.consent("ana", level="score"))["person"]
            first = await asked(there, ana, WAYS[0])
            assert (first.status_code, called) == (200, ["/scores/ask"])
            assert seen(first) == seen(await asked(there, ana, WAYS[1]))
            assert len(called) == 1
            tried: tuple[tuple[str, bytes | None, dict[str, str]], ...] = (
                ("per_nobody", None, {}),
                ("per_" + "0" * 26, None, {}),
                (ana, b"{", {}),
                (ana, b"[]", {}),
                (ana, b'{"person": 7, "strange": true}', {}),
                (ana, b"\xff", {}),
                (ana, b"x" * 2_001, {}),
                (ana, None, {"Authorization": "Bearer nobody"}),
                (ana, None, {"Authorization": ""}),
                (ana, None, {"Idempotency-Key": "\x7f"}),
                (ana, None, there.people["ana"][1]),
            )
            for person, content, headers in tried:
                one, other = [await asked(there, person, way, content, **headers) for way in WAYS]
                assert one.status_code >= 400
                assert seen(one) == seen(other)
            assert len(called) == 6

    run(work())


def test_a_question_in_pieces_is_one_question(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, body_most=2_000) as there:
            ana = (await there.consent("ana", level="score"))["person"]
            said = {"person": ana, "purpose": "rental_deposit", "level": "score", "scorecard": "everyday"}
            whole = httpx.Request("POST", ASK, json=said).content

            async def sent(*parts: bytes) -> httpx.Response:
                async def pieces() -> AsyncIterator[bytes]:
                    for part in parts:
                        yield part

                return await asked(there, ana, WAYS[0], pieces())

            assert (await sent(whole[:9], whole[9:])).status_code == 200
            cut = await sent(whole[:9], b"}", whole[9:])
            assert (cut.status_code, cut.json()["code"]) == (422, "invalid_request")
            long = await sent(*([whole] * 20))
            assert (long.status_code, long.json()["code"]) == (413, "too_large")

    run(work())


def test_a_question_that_is_sent_again_is_asked_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ana = (await there.consent("ana", level="score"))["person"]
            key = {"Idempotency-Key": "once"}
            first = await asked(there, ana, WAYS[0], None, **key)
            for way in WAYS:
                again = await asked(there, ana, way, None, **key)
                assert (again.status_code, again.content) == (200, first.content)
                assert again.headers["Idempotent-Replayed"] == "true"
            assert len(await there.audited("score.read")) == 1
            other = await asked(there, "per_another", WAYS[0], None, **key)
            assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")

    run(work())


def test_what_nobody_foresaw_is_a_problem_on_this_way_too(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ana = (await there.consent("ana", level="score"))["person"]
            there.here.app.state.buckets = None
            one, other = [await asked(there, ana, way) for way in WAYS]
            assert (one.status_code, one.json()["code"]) == (500, "internal")
            assert seen(one) == seen(other)

    run(work())
