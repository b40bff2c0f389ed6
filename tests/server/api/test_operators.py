"""Operators come in with a passkey that a secret registers once, and stay for a day's work."""

from pathlib import Path

import httpx

from credence.server.services.access import parties
from tests.server.api.people.test_passkeys import sign_in
from tests.server.authenticator import Authenticator
from tests.server.harness import Bureau, bureau, run


async def invited(here: Bureau, name: str = "Ben") -> tuple[str, dict[str, str]]:
    """A new operator's id, and the secret that is for them."""
    _, headers = await here.party("operator", "admin")
    said = {"name": name, "roles": ["reviewer"]}
    made = (await here.client.post("/v1/operators", json=said, headers=headers)).json()
    return made["id"], {"secret": made["sign_in_link"], "name": "Phone"}


async def register(here: Bureau, secret: dict[str, str], key: Authenticator) -> httpx.Response:
    asked = await here.client.post("/v1/operators/passkey/options", json=secret)
    if asked.status_code != 200:
        return asked
    answer = key.make(asked.json()["options"])
    said = secret | {"challenge_id": asked.json()["challenge_id"], "credential": answer}
    return await here.client.post("/v1/operators/passkey", json=said)


def test_a_secret_registers_a_passkey_once_and_the_passkey_signs_in(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            (ben, secret), key = await invited(here), Authenticator()
            elsewhere = Authenticator(origin="https://elsewhere.example")
            assert (await register(here, secret, elsewhere)).json()["code"] == "sign_in_failed"
            made = await register(here, secret, key)
            assert (made.status_code, made.json()["operator_id"]) == (201, ben)
            assert "HttpOnly" in made.headers["set-cookie"]
            again = await register(here, secret, Authenticator())
            assert (again.status_code, again.json()["code"]) == (401, "not_signed_in")
            signed = await sign_in(here, key)
            assert signed.json() == {"kind": "operator", "id": ben}
            known = (await here.client.get("/v1/whoami")).json()  # by the cookie
            assert (known["id"], known["scopes"]) == (ben, ["reviewer"])
            here.clock.move(hours=8)
            assert (await here.client.get("/v1/whoami")).status_code == 401, "a day's work is over"
            async with here.as_() as context:
                audited = await context.connection.fetch("SELECT what FROM audit WHERE actor_id = $1", ben)
            assert "operator_registered" in {row["what"] for row in audited}

    run(work())


def test_a_new_secret_replaces_what_was_lost(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            (ben, secret), lost, new = await invited(here), Authenticator(), Authenticator()
            session = (await register(here, secret, lost)).json()["token"]
            async with here.as_() as context:
                again, unused = [
                    {"secret": await parties.sign_in_link(context, ben), "name": "New phone"}
                    for _ in range(2)
                ]
            assert (await register(here, again, new)).status_code == 201
            assert (await register(here, unused, Authenticator())).status_code == 401
            assert (await sign_in(here, lost)).status_code == 401
            old = {"Authorization": f"Bearer {session}"}
            assert (await here.client.get("/v1/whoami", headers=old)).status_code == 401
            assert (await sign_in(here, new)).status_code == 201

    run(work())


def test_a_secret_alone_signs_in_in_a_sandbox_only(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, secret = await invited(here)
            refused = await here.client.post("/v1/operators/sign-in", json={"secret": secret["secret"]})
            assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        async with bureau(database, folder, sandbox=True) as here:
            told = await here.client.post("/v1/operators/sign-in", json={"secret": secret["secret"]})
            assert told.json()["roles"] == ["reviewer"]
            again = await here.client.post("/v1/operators/sign-in", json={"secret": secret["secret"]})
            assert (again.status_code, again.json()["code"]) == (401, "not_signed_in")

    run(work())


def test_an_old_secret_is_of_no_use_and_neither_is_that_of_somebody_who_left(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("operator", "admin")
            ben, secret = await invited(here)
            assert await _id_of(here, "Ben") == ben
            here.clock.move(days=1)
            assert (await register(here, secret, Authenticator())).status_code == 401
            async with here.as_() as context:
                again = {"secret": await parties.sign_in_link(context, ben), "name": "Phone"}
            listed = (await here.client.get("/v1/operators", headers=headers)).json()["data"]
            assert "Ben" in [one["name"] for one in listed]
            await here.client.delete(f"/v1/operators/{ben}", headers=headers)
            assert (await register(here, again, Authenticator())).status_code == 401

    run(work())


def test_an_operator_has_an_address_and_the_last_administrator_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ada, headers = await here.party("operator", "admin")
            said = {"name": "Ben", "roles": ["reviewer"], "email": "nowhere"}
            refused = await here.client.post("/v1/operators", json=said, headers=headers)
            assert [one["pointer"] for one in refused.json()["errors"]] == ["/email"]
            said["email"] = "ben@bureau.example"
            made = await here.client.post("/v1/operators", json=said, headers=headers)
            url = f"/v1/operators/{made.json()['id']}/email"
            for email in ("ben@other.example", None):
                put = await here.client.put(url, json={"email": email}, headers=headers)
                assert put.status_code == 204
            last = await here.client.delete(f"/v1/operators/{ada.id}", headers=headers)
            assert (last.status_code, last.json()["code"]) == (409, "last_admin")
            assert (await here.client.get("/v1/operators", headers=headers)).status_code == 200

    run(work())


async def _id_of(here: Bureau, name: str) -> str:
    async with here.as_() as context:
        return await parties.operator_named(context, name)
