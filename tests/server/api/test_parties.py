"""Operators let partners and furnishers in, register their keys, and end them."""

from pathlib import Path

from joserfc.jwk import ECKey

from credence.client.signing import public_half
from tests.server.harness import bureau, run
from tests.server.signing import URL, ask, signed_in, signer

FLATS = {"name": "Flats", "purposes": ["rental_deposit"]}


def jwk() -> dict[str, object]:
    return public_half(ECKey.generate_key("P-256", private=True))


def test_an_operator_adds_a_partner_with_a_key_and_ends_it(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            _, headers = await here.party("operator", "admin")
            made = (await here.client.post("/v1/partners", json=FLATS, headers=headers)).json()["id"]
            said = {"jwk": jwk(), "scopes": ["scores.read"]}
            keys = f"/v1/partners/{made}/keys"
            key = await here.client.post(keys, json=said, headers=headers)
            assert key.status_code == 201
            again = await here.client.post(keys, json=said, headers=headers)
            assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/jwk")
            (told,) = (await here.client.get(keys, headers=headers)).json()["data"]
            assert (told["key_id"], told["scopes"]) == (key.json()["key_id"], ["scores.read"])
            (partner,) = (await here.client.get("/v1/partners", headers=headers)).json()["data"]
            assert (partner["name"], partner["has"], partner["ended_at"]) == (
                "Flats",
                ["rental_deposit"],
                None,
            )
            for status in (204, 404):
                assert (
                    await here.client.delete(f"/v1/partners/{made}", headers=headers)
                ).status_code == status
            assert (await here.client.get(keys, headers=headers)).status_code == 404
            async with here.as_() as context:
                rows = await context.connection.fetch("SELECT what FROM audit")
            assert sorted(row["what"] for row in rows) == ["key_registered", "partner_added", "partner_ended"]

    run(work())


def test_what_cannot_be_is_refused(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            _, headers = await here.party("operator", "admin")
            for path, said, status in (
                ("/v1/partners", FLATS | {"purposes": ["dating"]}, 422),
                ("/v1/partners", FLATS | {"more": 1}, 422),
                ("/v1/partners", FLATS | {"name": "a\0b"}, 422),
                ("/v1/partners", FLATS, 201),
                ("/v1/partners", FLATS, 409),
                ("/v1/furnishers", {"name": "Power", "kinds": ["bill.paid"]}, 201),
                ("/v1/operators", {"name": "Ben", "roles": ["king"]}, 422),
            ):
                told = await here.client.post(path, json=said, headers=headers)
                assert told.status_code == status, told.text
            (power,) = (await here.client.get("/v1/furnishers", headers=headers)).json()["data"]
            bad = {"jwk": jwk() | {"x": "AA"}}
            told = await here.client.post(f"/v1/furnishers/{power['id']}/keys", json=bad, headers=headers)
            assert (told.status_code, told.json()["code"]) == (422, "invalid_request")
            _, reviewer = await here.party("operator", "reviewer")
            _, partner = await here.party("partner", "scores.read")
            for somebody in (reviewer, partner):
                told = await here.client.post("/v1/partners", json=FLATS, headers=somebody)
                assert (told.status_code, told.json()["code"]) == (403, "not_allowed")
            assert (await here.client.post("/v1/partners", json=FLATS)).status_code == 401

    run(work())


def test_programs_change_their_own_keys_and_get_no_more_than_they_had(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            key = await signer(here, "partner", "scores.read")
            token = await signed_in(here, key)

            def headers(method: str, path: str) -> dict[str, str]:
                return {"Authorization": f"DPoP {token}", "DPoP": key.proof(method, URL + path, token)}

            said = {"jwk": jwk(), "scopes": ["feed.read"]}
            more = await here.client.post("/v1/keys", json=said, headers=headers("POST", "/v1/keys"))
            assert (more.status_code, more.json()["code"]) == (403, "not_allowed")
            said = {"jwk": jwk()}
            other = await here.client.post("/v1/keys", json=said, headers=headers("POST", "/v1/keys"))
            assert other.status_code == 201
            listed = (await here.client.get("/v1/keys", headers=headers("GET", "/v1/keys"))).json()["data"]
            assert [one["scopes"] for one in listed] == [["scores.read"]] * 2
            path = f"/v1/keys/{key.key.thumbprint()}"
            assert (
                await here.client.delete("/v1/keys/x", headers=headers("DELETE", "/v1/keys/x"))
            ).status_code == 404
            assert (await here.client.delete(path, headers=headers("DELETE", path))).status_code == 204
            assert (await here.client.get("/v1/keys", headers=headers("GET", "/v1/keys"))).status_code == 401
            assert (await ask(here, key)).status_code == 401

    run(work())
