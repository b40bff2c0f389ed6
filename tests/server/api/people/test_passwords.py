"""A password signs in only with the codes of an app, each code once."""

from pathlib import Path

import httpx
import pyotp

from tests.server.api.people.test_passkeys import add
from tests.server.authenticator import Authenticator
from tests.server.harness import Bureau, bureau, run
from tests.server.people import MAIL, headers, of_cookie, person, told, wrong

WORDS = "a heron in the reeds"
ACCOUNT = {"kind": "email", "value": MAIL}


async def begun(here: Bureau, own: dict[str, str], password: str = WORDS) -> pyotp.TOTP:
    reply = await here.client.post("/v1/passwords", json={"password": password}, headers=own)
    assert reply.status_code == 201
    app = pyotp.parse_uri(reply.json()["otpauth"])
    assert isinstance(app, pyotp.TOTP)
    return app


async def confirmed(here: Bureau, own: dict[str, str], app: pyotp.TOTP) -> httpx.Response:
    said = {"code": app.at(here.clock())}
    return await here.client.post("/v1/passwords/confirmation", json=said, headers=own)


async def sign_in(here: Bureau, code: str, password: str = WORDS, **said: object) -> httpx.Response:
    body = {"account": ACCOUNT, "password": password, "code": code, **said}
    return await here.client.post("/v1/sessions/password", json=body)


def test_setting_a_password_ends_every_session_and_begins_a_new_one(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own, elsewhere = await headers(here, ana), await headers(here, ana)
            app = await begun(here, own)
            refused = await sign_in(here, app.at(here.clock()))
            assert refused.json()["code"] == "sign_in_failed", "it does not count before its app was shown"
            bad = {"code": wrong(app.at(here.clock()))}
            assert (
                await here.client.post("/v1/passwords/confirmation", json=bad, headers=own)
            ).status_code == 422
            done = await confirmed(here, own, app)
            assert done.status_code == 201
            for old in (own, elsewhere):
                assert (await here.client.get("/v1/account", headers=old)).status_code == 401
            fresh = of_cookie(done)
            assert (await here.client.get("/v1/account", headers=fresh)).status_code == 200
            assert await told(here, ana) == ["sign_in.password_set"]
            nothing = await here.client.post("/v1/passwords/confirmation", json=bad, headers=fresh)
            assert nothing.json()["code"] == "code_wrong", "nothing waits to be confirmed"

    run(work())


def test_both_factors_are_needed_and_a_code_is_used_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            app = await begun(here, own)
            await confirmed(here, own, app)
            used = app.at(here.clock())
            assert (await sign_in(here, used)).status_code == 401, "the code was used to confirm"
            here.clock.move(seconds=30)
            code = app.at(here.clock())
            assert (await sign_in(here, code, "a heron in the weeds")).status_code == 401
            assert (await sign_in(here, wrong(code))).status_code == 401
            signed = await sign_in(here, code)
            assert (signed.status_code, signed.json()) == (201, {"kind": "person", "id": ana.id})
            assert (await sign_in(here, code)).status_code == 401

    run(work())


def test_a_new_password_ends_the_old_one_and_no_account_answers_alike(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            first = await begun(here, own)
            own = of_cookie(await confirmed(here, own, first))
            second = await begun(here, own, "two herons in the reeds")
            await confirmed(here, own, second)
            here.clock.move(minutes=1)
            assert (await sign_in(here, first.at(here.clock()))).status_code == 401
            nobody = {"kind": "email", "value": "nobody@example.org"}
            refused = await sign_in(here, "123456", account=nobody)
            again = await sign_in(here, "123456", account={"kind": "operator", "value": "nobody"})
            assert refused.json()["detail"] == again.json()["detail"]
            rubbish = await sign_in(here, "123456", account={"kind": "phone", "value": "no number"})
            assert rubbish.json()["detail"] == again.json()["detail"]
            assert refused.status_code == again.status_code == rubbish.status_code == 401
            good = await sign_in(here, second.at(here.clock()), "two herons in the reeds")
            assert good.status_code == 201

    run(work())


def test_five_tries_in_a_quarter_of_an_hour_are_enough_also_of_one_address(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            operator, own = await here.party("operator")
            app = await begun(here, own)
            await confirmed(here, own, app)
            named = {"kind": "operator", "value": operator.id}
            here.clock.move(seconds=30)
            for _ in range(4):
                assert (await sign_in(here, "000000", "wrong", account=named)).status_code == 401
            signed = await sign_in(here, app.at(here.clock()), account=named)
            assert signed.status_code == 201, "the fifth is right"
            # The account's tries are forgiven, those of the address are not.
            assert (await sign_in(here, "000000", "wrong", account=ACCOUNT)).status_code == 401
            sixth = await sign_in(here, "000000", "wrong", account=named)
            assert (sixth.status_code, sixth.json()["code"]) == (429, "too_many_tries")
            here.clock.move(minutes=15)
            assert (await sign_in(here, app.at(here.clock()), account=named)).status_code == 201

    run(work())


def test_a_short_password_is_refused_and_one_may_replace_the_last_passkey(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            own = await headers(here, await person(here))
            short = await here.client.post("/v1/passwords", json={"password": "heron"}, headers=own)
            assert short.status_code == 422
            assert (await here.client.post("/v1/passwords", json={"password": WORDS})).status_code == 401
            key = (await add(here, own, Authenticator())).json()["id"]
            own = of_cookie(await confirmed(here, own, await begun(here, own)))
            assert (await here.client.delete(f"/v1/passkeys/{key}", headers=own)).status_code == 204

    run(work())
