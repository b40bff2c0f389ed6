"""Leaving can be undone; erasing is typed, and needs somebody who just signed in."""

from pathlib import Path

import pytest

from credence.server.services.people.accounts import KEPT
from credence.server.web.texts import known
from tests.server.harness import run
from tests.server.services.reading.world import world
from tests.server.web.person.visits import Visit, said


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_is_kept_is_said_in_every_language(name: str) -> None:
    assert known(f"leave.kept_{name}")


def test_an_account_is_closed_and_opened_again_and_partners_are_told(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            await here.consent("ana")
            ana = Visit(here.here, here.people["ana"][1])
            closed = await ana.done("/me/leave")
            assert "Your account is closed since 6 November 2026" in closed
            assert (await ana.send("/me/leave")).status_code == 409
            async with here.here.as_() as context:
                told = await context.connection.fetch("SELECT kind FROM outbox ORDER BY sequence")
            assert [row["kind"] for row in told] == ["consent.granted", "consent.revoked"]
            assert "Your account is open again." in await ana.done("/me/leave/back")
            here.here.clock.move(minutes=11)
            again = await ana.send("/me/leave")
            assert again.status_code == 403
            assert "Sign in again" in said(again)

    run(it())


def test_erasing_takes_a_typed_word_and_says_what_is_kept(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as here:
            ana = Visit(here.here, here.people["ana"][1])
            for word in ("", "delete"):
                refused = await ana.send("/me/leave/erase", word=word)
                assert refused.status_code == 422
                assert "Nothing was erased. To go on, type the word: erase" in said(refused)
            done = await ana.send("/me/leave/erase", word=" Erase ")
            assert done.status_code == 200
            assert "You are erased" in said(done)
            assert "That there was somebody of this id" in said(done)
            await ana.see("/me", 303)
            assert len(await here.audited("person.erased")) == 1

    run(it())
