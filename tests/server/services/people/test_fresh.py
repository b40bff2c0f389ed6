"""What a stolen session must not do alone needs somebody who signed in a short while ago."""

from pathlib import Path

from tests.server.api.people.test_passkeys import add, sign_in
from tests.server.authenticator import Authenticator
from tests.server.harness import bureau, run
from tests.server.people import headers, of_cookie, person

# Method, path and body of each act.
ACTS: tuple[tuple[str, str, dict[str, object] | None], ...] = (
    ("POST", "/v1/passkeys/options", {"name": "Phone"}),
    ("POST", "/v1/passkeys", {"name": "x", "challenge_id": "chl_" + "0" * 26, "credential": {}}),
    ("DELETE", "/v1/passkeys/psk_" + "0" * 26, None),
    ("POST", "/v1/passwords", {"password": "a heron in the reeds"}),
    ("POST", "/v1/passwords/confirmation", {"code": "123456"}),
    ("POST", "/v1/identifiers", {"kind": "email", "value": "other@example.org"}),
    ("DELETE", "/v1/identifiers/idn_" + "0" * 26, None),
    ("GET", "/v1/account/export", None),
    ("GET", "/v1/account/export.zip", None),
    ("POST", "/v1/account/leaving", None),
    ("POST", "/v1/account/reopening", None),
    ("POST", "/v1/account/erasure", {"erase_everything": True}),
)


def test_each_act_needs_a_sign_in_of_the_last_ten_minutes(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, key = await person(here), Authenticator()
            own = await headers(here, ana)
            await add(here, own, key)
            here.clock.move(minutes=10, seconds=1)
            for method, path, body in ACTS:
                refused = await here.client.request(method, path, json=body, headers=own)
                assert (refused.status_code, refused.json()["code"]) == (403, "sign_in_again"), path
            for path in ("/v1/account", "/v1/identifiers", "/v1/passkeys"):
                assert (await here.client.get(path, headers=own)).status_code == 200, "it goes on otherwise"
            fresh = of_cookie(await sign_in(here, key))
            assert (await here.client.get("/v1/account/export", headers=fresh)).status_code == 200
            rows = (await here.client.get("/v1/sessions", headers=fresh)).json()["data"]
            assert [row["fresh_until"] for row in rows] == ["2026-11-06T09:10:00Z", "2026-11-06T09:20:01Z"]
            everywhere = await here.client.delete("/v1/sessions", headers=own)
            assert everywhere.status_code == 204, "signing out needs nothing"
            assert (await here.client.get("/v1/account", headers=fresh)).status_code == 401

    run(work())


def test_the_minutes_are_a_setting_and_the_first_means_can_be_added_at_any_time(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder, fresh_minutes=60) as here:
            own = await headers(here, await person(here))
            here.clock.move(minutes=59)
            assert (await here.client.get("/v1/account/export", headers=own)).status_code == 200
            here.clock.move(hours=3)
            assert (await here.client.get("/v1/account/export", headers=own)).status_code == 403
            assert (await add(here, own, Authenticator())).status_code == 201, "there was no other means"
            again = await here.client.post("/v1/passkeys/options", json={"name": "x"}, headers=own)
            assert again.json()["code"] == "sign_in_again"

    run(work())
