"""A request that is sent twice has one effect and one reply."""

import asyncio
from pathlib import Path
from typing import Any

import httpx

from credence.server.services.access import idempotency
from credence.server.services.context import Actor
from tests.server.harness import Bureau, bureau, run

ADMIN = ("admin",)


async def add(here: Bureau, headers: dict[str, str], name: str, key: str) -> httpx.Response:
    said = {"name": name, "purposes": ["rental_deposit"]}
    return await here.client.post("/v1/partners", json=said, headers=headers | {"Idempotency-Key": key})


async def partners(here: Bureau) -> int:
    async with here.as_() as context:
        return int(await context.connection.fetchval("SELECT count(*) FROM partners"))


def test_the_same_request_has_the_same_reply_and_one_effect(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("operator", *ADMIN)
            first = await add(here, headers, "Flats", "k1")
            here.clock.move(days=6)
            again = await add(here, headers, "Flats", '"k1"')
            assert (
                (again.status_code, again.content)
                == (first.status_code, first.content)
                == (201, first.content)
            )
            assert again.headers["Idempotent-Replayed"] == "true"
            assert "Idempotent-Replayed" not in first.headers
            assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
            other = await add(here, headers, "Bikes", "k1")
            assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
            assert await partners(here) == 1
            _, somebody = await here.party("operator", *ADMIN)
            assert (await add(here, somebody, "Bikes", "k1")).status_code == 201

    run(work())


def test_nothing_is_kept_of_what_failed_and_after_seven_days(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("operator", *ADMIN)
            await add(here, headers, "Flats", "k1")
            assert (await add(here, headers, "Flats", "k2")).status_code == 409
            assert (await add(here, headers, "Bikes", "k2")).status_code == 201
            here.clock.move(days=7)
            assert (await add(here, headers, "Boats", "k1")).status_code == 201
            async with here.as_() as context:
                assert await idempotency.forget(context) == 1

    run(work())


def test_of_many_at_once_one_is_carried_out(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("operator", *ADMIN)
            told = await asyncio.gather(*(add(here, headers, "Flats", "k1") for _ in range(20)))
            assert {one.status_code for one in told} <= {201, 409}
            assert {one.json()["code"] for one in told if one.status_code == 409} <= {"in_flight"}
            assert len({one.content for one in told if one.status_code == 201}) == 1
            assert await partners(here) == 1

    run(work())


def test_programs_must_send_a_key_and_people_may(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            transport = httpx.ASGITransport(here.app)
            _, program = await here.party("partner", "feed.read")
            _, operator = await here.party("operator", *ADMIN)
            async with httpx.AsyncClient(transport=transport, base_url="http://bureau") as client:
                said: dict[str, Any] = {"jwk": {"kty": "EC", "crv": "P-256", "x": "a", "y": "b"}}
                for key in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 256}):
                    told = await client.post("/v1/keys", json=said, headers=program | key)
                    assert (told.status_code, told.json()["code"]) == (400, "idempotency_key_missing")
                added = await client.post("/v1/furnishers", json={"name": "Power"}, headers=operator)
                assert added.status_code == 201

    run(work())


def test_a_reply_is_kept_encrypted(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            actor, headers = await here.party("operator", *ADMIN)
            told = await add(here, headers, "Flats", "k1")
            async with here.as_() as context:
                kept = await context.connection.fetchval("SELECT reply FROM replies")
            assert told.json()["id"].encode() not in kept
            async with here.as_(Actor("operator", actor.id)) as context:
                assert await context.connection.fetch("SELECT * FROM replies") == []

    run(work())
