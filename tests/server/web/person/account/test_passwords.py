"""A password with an authenticator app, set without script, and signing in with it."""

import re
from pathlib import Path

import pyotp

from credence.server.requests import COOKIE
from tests.server.harness import bureau, run
from tests.server.people import MAIL, headers, person, wrong
from tests.server.web.person.visits import Visit, said

PLACE = "/me/account/password"
WORD = "correct horse battery"


def test_a_password_counts_once_the_apps_code_was_shown(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            ana = Visit(here, await headers(here, await person(here)))
            assert "At least 12 signs" in await ana.see(PLACE)
            short = await ana.send(PLACE, password=WORD[:8])
            assert (short.status_code, "A password has 12 to 128 signs" in said(short)) == (422, True)
            assert 'name="password"' in short.text, "the form is there to try again"
            shown = await ana.send(PLACE, password=WORD)
            assert 'class="qr"' in shown.text
            (secret,) = re.findall(r"<code>([A-Z2-7 ]+)</code>", shown.text)
            app = pyotp.TOTP(secret.replace(" ", ""))
            code = app.at(here.clock())
            guessed = await ana.send(f"{PLACE}/code", code=wrong(code))
            assert guessed.status_code == 422
            assert "This code is not right" in said(guessed)
            assert "qr" not in guessed.text
            done = await ana.send(f"{PLACE}/code", code=code)
            assert done.headers["Location"] == "/me/account?done=password_set"
            await ana.see("/me/account", 303)
            here.client.cookies.clear()
            here.clock.move(minutes=1)
            words = {"kind": "email", "value": MAIL, "password": WORD, "code": app.at(here.clock())}
            entered = await Visit(here).send("/sign-in?to=/me/account", **words)
            assert entered.headers["Location"] == "/me/account"
            token = {"Authorization": f"Bearer {entered.cookies[COOKIE]}"}
            assert "You can sign in with a password" in await Visit(here, token).see("/me/account")

    run(it())
