"""A passkey is added while signed in, and then signs in alone; each answer of it once."""

from pathlib import Path
from typing import Any

import httpx

from credence.server.services.context import Actor
from tests.server.authenticator import PRESENT, Authenticator
from tests.server.harness import Bureau, bureau, run
from tests.server.people import audited, headers, of_cookie, person, told


async def add(here: Bureau, own: dict[str, str], key: Authenticator) -> httpx.Response:
    asked = (await here.client.post("/v1/passkeys/options", json={"name": "Phone"}, headers=own)).json()
    said = {"challenge_id": asked["challenge_id"], "credential": key.make(asked["options"]), "name": "Phone"}
    return await here.client.post("/v1/passkeys", json=said, headers=own)


async def ask(here: Bureau) -> dict[str, Any]:
    asked: dict[str, Any] = (await here.client.post("/v1/sessions/passkey/options")).json()
    return asked


async def sign_in(here: Bureau, key: Authenticator) -> httpx.Response:
    asked = await ask(here)
    said = {"challenge_id": asked["challenge_id"], "credential": key.sign(asked["options"])}
    return await here.client.post("/v1/sessions/passkey", json=said)


def test_a_passkey_signs_in_without_a_name(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, key = await person(here), Authenticator()
            own = await headers(here, ana)
            asked = (await here.client.post("/v1/passkeys/options", json={"name": "x"}, headers=own)).json()
            chosen = asked["options"]["authenticatorSelection"]
            assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
            assert (await add(here, own, key)).status_code == 201
            assert (
                "allowCredentials" not in (await ask(here))["options"]
                or not (await ask(here))["options"]["allowCredentials"]
            )
            signed = await sign_in(here, key)
            assert (signed.status_code, signed.json()) == (201, {"kind": "person", "id": ana.id})
            (seen,) = (await here.client.get("/v1/passkeys", headers=of_cookie(signed))).json()["data"]
            assert seen["name"] == "Phone"
            assert seen["used_at"] is not None
            assert await told(here, ana) == ["sign_in.passkey_added"]
            assert {"sign_in.passkey_added", "session.begun"} <= set(await audited(here, ana))

    run(work())


def test_an_operator_signs_in_by_the_same_means(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            operator, own = await here.party("operator")
            key = Authenticator()
            assert (await add(here, own, key)).status_code == 201
            signed = await sign_in(here, key)
            known = await here.client.get("/v1/whoami", headers=of_cookie(signed))
            assert known.json() == {"kind": "operator", "id": operator.id, "scopes": ["admin"], "test": False}
            async with here.as_() as context:
                await context.connection.execute("UPDATE operators SET ended_at = $1", context.now)
            assert (await sign_in(here, key)).json()["code"] == "sign_in_failed"

    run(work())


def test_an_answer_is_taken_once_in_time_and_from_a_counter_that_went_on(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            key = Authenticator()
            await add(here, await headers(here, await person(here)), key)
            asked = await ask(here)
            said = {"challenge_id": asked["challenge_id"], "credential": key.sign(asked["options"])}
            first, replay = [await here.client.post("/v1/sessions/passkey", json=said) for _ in range(2)]
            assert (first.status_code, replay.status_code) == (201, 401)
            assert replay.json()["code"] == "sign_in_failed"
            asked = await ask(here)
            late = {"challenge_id": asked["challenge_id"], "credential": key.sign(asked["options"])}
            here.clock.move(minutes=5)
            assert (await here.client.post("/v1/sessions/passkey", json=late)).status_code == 401
            key.uses = 0
            assert (await sign_in(here, key)).status_code == 401
            key.uses = 10
            assert (await sign_in(here, key)).status_code == 201

    run(work())


def test_what_is_no_answer_signs_nobody_in(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own, key = await headers(here, await person(here)), Authenticator()
            await add(here, own, key)
            unseen = Authenticator(key.key, key.credential, 5, PRESENT)
            elsewhere = Authenticator(key.key, key.credential, 5, origin="http://127.0.0.1.example")
            for wrong in (Authenticator(), unseen, elsewhere):
                assert (await sign_in(here, wrong)).status_code == 401
            for credential in (
                {},
                {"rawId": 1},
                {"rawId": "!"},
                key.sign({"challenge": "AAAA"}) | {"response": {}},
            ):
                said = {"challenge_id": (await ask(here))["challenge_id"], "credential": credential}
                assert (await here.client.post("/v1/sessions/passkey", json=said)).status_code == 401

    run(work())


def test_a_passkey_is_added_once_and_only_to_what_was_asked(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, ben = await person(here), await person(here, "ben@example.org", 2)
            own, other, key = await headers(here, ana), await headers(here, ben), Authenticator()
            assert (await add(here, own, key)).status_code == 201
            for again in (own, other):
                assert (await add(here, again, key)).status_code == 401
            asked = (await here.client.post("/v1/passkeys/options", json={"name": "x"}, headers=own)).json()
            made = Authenticator().make(asked["options"])
            said = {"challenge_id": asked["challenge_id"], "credential": made, "name": "x"}
            assert (await here.client.post("/v1/passkeys", json=said, headers=other)).status_code == 401
            elsewhere = Authenticator(origin="https://elsewhere.example")
            assert (await add(here, own, elsewhere)).status_code == 401

    run(work())


def test_the_last_means_of_signing_in_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own, other = await headers(here, ana), await headers(here, await person(here, "b@example.org", 2))
            first = (await add(here, own, Authenticator())).json()["id"]
            path = f"/v1/passkeys/{first}"
            assert (await here.client.delete(path, headers=own)).status_code == 409
            assert (await here.client.delete(path, headers=other)).status_code == 404
            assert (await here.client.delete(path)).status_code == 401
            await add(here, own, Authenticator())
            assert (await here.client.delete(path, headers=own)).status_code == 204
            assert (await told(here, ana))[-1] == "sign_in.passkey_removed"
            left = (await here.client.get("/v1/passkeys", headers=own)).json()["data"]
            assert first not in [one["id"] for one in left]
            async with here.as_(Actor("person", ana.id)) as context:
                assert await context.connection.fetch("SELECT * FROM passkeys") == []

    run(work())
