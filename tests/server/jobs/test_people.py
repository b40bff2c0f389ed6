"""Mails are tried again until they are given up; what is too old is forgotten; a busy log is waited for."""

from pathlib import Path

import pytest

from credence.errors import LogBusyError
from credence.server.jobs import people as job
from credence.server.jobs.people import erase_from_log, forget_tries, send_mails
from credence.server.services.people import codes, identifiers, limits, mails, passkeys
from credence.server.services.people.kinds import identifier
from tests.server.harness import Bureau, bureau, run
from tests.server.people import headers, letters, number, person, text_of

# Nobody listens on port 1 of this machine.
NOBODY = "smtp://127.0.0.1:1"


async def state_of_mails(here: Bureau) -> list[tuple[int, bool, bool, bool]]:
    async with here.as_() as context:
        rows = await context.connection.fetch("SELECT * FROM mails ORDER BY made_at")
    return [
        (r["tries"], r["sent_at"] is not None, r["given_up_at"] is not None, r["sealed"] is None)
        for r in rows
    ]


async def send(here: Bureau, to: str = "ana@example.org") -> None:
    async with here.as_() as context:
        await mails.send(context, here.state.keys, identifier("email", to), "enrol", "en", "123456")


def test_a_mail_is_tried_for_days_and_then_given_up_and_forgotten(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, smtp=NOBODY) as here:
            await send(here)
            assert await send_mails(here.state, here.clock()) == 0
            assert await state_of_mails(here) == [(1, False, False, False)]
            assert await send_mails(here.state, here.clock()) == 0
            assert (await state_of_mails(here))[0][0] == 1, "it waits a minute"
            start = here.clock()
            while not (await state_of_mails(here))[0][2]:
                here.clock.move(hours=2)
                await send_mails(here.state, here.clock())
            assert await state_of_mails(here) == [(mails.TRIES, False, True, True)]
            assert 2 <= (here.clock() - start).days <= 3

    run(work())


def test_what_was_sent_is_kept_nowhere(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await send(here)
            assert await state_of_mails(here) == [(0, False, False, False)]
            (mail,) = await letters(here)
            assert "123456" in text_of(mail)
            assert await state_of_mails(here) == [(1, True, False, True)]

    run(work())


def test_whoever_has_no_address_any_more_gets_no_mail(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            async with here.as_() as context:
                await mails.tell(context, ana.id)
                await context.connection.execute("DELETE FROM identifiers WHERE kind = 'email'")
            assert await letters(here) == []
            assert await state_of_mails(here) == [(1, False, True, True)]

    run(work())


def test_old_codes_challenges_and_tries_are_forgotten(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            keys = here.state.keys
            async with here.as_() as context:
                await codes.make(context, keys, "enrol", "somebody")
                await passkeys.begin_sign_in(context)
                await limits.count(context, keys, "account ana")
            assert await forget_tries(here.state, here.clock()) == 0
            here.clock.move(minutes=16)
            assert await forget_tries(here.state, here.clock()) == 3

    run(work())


def test_a_busy_log_is_waited_for(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            own = await headers(here, ana)
            await here.client.post("/v1/account/erasure", json={"erase_everything": True}, headers=own)

            def busy(*_: object) -> int:
                raise LogBusyError(here.state.settings.log)

            with monkeypatch.context() as patched:
                patched.setattr(job, "erase", busy)
                assert await erase_from_log(here.state, here.clock()) == 0
            assert await erase_from_log(here.state, here.clock()) == 1

    run(work())


def test_a_number_that_is_taken_is_taken_however_it_is_written(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            async with here.as_() as context:
                known = identifier("cn.ric", f" {number().lower()} ")
                assert await identifiers.holder(context, here.state.keys, known) == ana.id

    run(work())
