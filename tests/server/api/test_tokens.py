"""Programs sign for a token, and prove with each request that they have its key."""

from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from credence.client.signing import SigningKey
from credence.server.services.access import parties
from tests.server.harness import Bureau, bureau, run
from tests.server.signing import TOKEN, URL, ask, signed_in, signer

WHOAMI = f"{URL}/v1/whoami"


async def whoami(here: Bureau, token: str, *proofs: str, scheme: str = "DPoP") -> tuple[int, str]:
    headers = [("Authorization", f"{scheme} {token}"), *(("DPoP", proof) for proof in proofs)]
    told = await here.client.get("/v1/whoami", headers=headers)
    return told.status_code, told.json().get("code") or told.json()["id"]


def test_whoever_signs_gets_a_token_of_five_minutes_for_scopes_of_its_key(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            key = await signer(here, "partner", "scores.read", "feed.read")
            told = await ask(here, key, scope="scores.read")
            assert told.headers["cache-control"] == "no-store"
            token = told.json().pop("access_token")
            assert {**told.json(), "access_token": ""} == {
                "access_token": "", "token_type": "DPoP", "expires_in": 300, "scope": "scores.read",
            }  # fmt: skip
            assert await whoami(here, token, key.proof("GET", WHOAMI, token)) == (200, key.client_id)
            here.clock.move(minutes=5)
            assert await whoami(here, token, key.proof("GET", WHOAMI, token)) == (401, "not_signed_in")

    run(work())


def test_a_token_without_its_key_is_of_no_use(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            key, stranger = await signer(here), await signer(here)
            token = await signed_in(here, key)
            refused = (401, "invalid_dpop_proof")
            for proofs in (
                (),
                ("nonsense",),
                (stranger.proof("GET", WHOAMI, token),),
                (key.proof("POST", WHOAMI, token),),
                (key.proof("GET", f"{URL}/v1/keys", token),),
                (key.proof("GET", "http://[", token),),
                (key.proof("GET", WHOAMI, "another"),),
                (key.proof("GET", WHOAMI),),
                (key.proof("GET", WHOAMI, token, iat=0),),
                (key.proof("GET", WHOAMI, token, iat=True),),
                (key.proof("GET", WHOAMI, token, jti=""),),
                (key.proof("GET", WHOAMI, token, iat=int(here.clock().timestamp()) + 60),),
                (key.proof("GET", WHOAMI, token), key.proof("GET", WHOAMI, token)),
                (key.assertion(),),
            ):
                assert await whoami(here, token, *proofs) == refused
            good = key.proof("GET", WHOAMI, token)
            assert await whoami(here, token, good, scheme="Bearer") == refused
            assert await whoami(here, token, good) == (200, key.client_id)
            assert await whoami(here, token, good) == refused

    run(work())


def test_a_proof_is_used_up_by_a_request_that_fails(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            key = await signer(here)
            token, url = await signed_in(here, key), f"{URL}/v1/operators"
            proof = key.proof("GET", url, token)
            sent = {"Authorization": f"DPoP {token}", "DPoP": proof}
            told = [(await here.client.get("/v1/operators", headers=sent)).json()["code"] for _ in range(2)]
            assert told == ["not_allowed", "invalid_dpop_proof"]
            used = key.assertion()
            for error in ("invalid_scope", "invalid_client"):
                refused = await ask(here, key, client_assertion=used, scope="of everything")
                assert refused.json()["error"] == error

    run(work())


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"aud": "http://elsewhere"}, "invalid_client"),
        ({"aud": ["x", 7]}, "invalid_client"),
        ({"sub": "par_another"}, "invalid_client"),
        ({"exp": 0}, "invalid_client"),
        ({"exp": 10**10}, "invalid_client"),
        ({"nbf": 10**10}, "invalid_client"),
        ({"jti": 7}, "invalid_client"),
        ({"iss": "par_nobody\0"}, "invalid_client"),
    ],
)
def test_an_assertion_that_is_not_for_us_now_gives_no_token(
    database: str, folder: Path, claims: dict[str, object], error: str
) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            key = await signer(here)
            told = await ask(here, key, client_assertion=key.assertion(**claims))
            assert (told.status_code, told.json()["error"]) == (401, error)

    run(work())


def test_an_assertion_is_taken_once_and_a_key_only_while_it_is_registered(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            key = await signer(here)
            assertion = key.assertion(aud=[TOKEN], nbf=0)
            first = await ask(here, key, client_assertion=assertion)
            again = await ask(here, key, client_assertion=assertion)
            assert (first.status_code, again.status_code) == (200, 401)
            unknown = SigningKey(
                key.client_id, ECKey.generate_key("P-256", private=True), URL, clock=key.clock
            )
            assert (await ask(here, unknown)).json()["error"] == "invalid_client"
            async with here.as_() as context:
                await context.connection.execute("UPDATE partners SET ended_at = $1", context.now)
            assert (await ask(here, key)).json()["error"] == "invalid_client"

    run(work())


def test_what_else_is_wrong_with_a_request_for_a_token_is_told(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            key = await signer(here, "furnisher", "events.write")
            for said, error in (
                ({"grant_type": "password"}, "unsupported_grant_type"),
                ({"client_assertion_type": "other"}, "invalid_request"),
                ({"client_assertion": "a.b.c"}, "invalid_client"),
                ({"client_assertion": "x" * 9_000}, "invalid_client"),
                ({"scope": "receipts.read"}, "invalid_scope"),
                ({"proof": "nonsense"}, "invalid_dpop_proof"),
            ):
                told = await ask(here, key, **said)
                assert told.status_code in (400, 401)
                assert told.json()["error"] == error
            # Somebody else's key in the header does not help.
            other = await signer(here)
            mixed = SigningKey(key.client_id, other.key, URL, clock=key.clock)
            assert (await ask(here, mixed)).json()["error"] == "invalid_client"

    run(work())


def test_a_client_finds_where_to_ask(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, public_url=URL) as here:
            told = (await here.client.get("/.well-known/oauth-authorization-server")).json()
            assert (told["issuer"], told["token_endpoint"]) == (URL, TOKEN)
            assert told["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
            assert {"scores.read", "events.write"} <= set(told["scopes_supported"])

    run(work())


def test_a_simple_key_opens_the_sandbox_alone(database: str, folder: Path) -> None:
    async def work() -> None:

        async with bureau(database, folder / "a", sandbox=True) as here:
            async with here.as_() as context:
                partner = await parties.add(context, "partner", "Flats", ["rental_deposit"])
                key = await parties.test_key(context, "partner", partner, [])
            assert key.startswith("test_")
            headers = {"Authorization": f"Bearer {key}"}
            assert (await here.client.get("/v1/whoami", headers=headers)).json()["test"]
        async with bureau(database, folder / "b") as here:
            assert (await here.client.get("/v1/whoami", headers=headers)).status_code == 401

    run(work())
