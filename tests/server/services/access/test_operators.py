"""Operators are mailed that something waits, never what; the last administrator stays."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from credence.errors import InvalidRequestError, LastAdminError, NoSuchThingError
from credence.server.jobs.people import send_mails
from credence.server.services.access import operators, parties
from credence.server.services.people import mails
from tests.server.harness import Bureau, bureau, run
from tests.server.jobs.test_reviews import ESCALATED, LATE, REMINDED, asked, pass_to
from tests.server.people import letters, text_of
from tests.server.services.contesting.case import case
from tests.server.services.deciding.house import house


async def invited(here: Bureau, name: str, role: str, *, mailed: bool = True) -> str:
    async with here.as_() as context:
        email = f" {name}@Bureau.example" if mailed else None
        return (await operators.invite(context, here.state.keys, name, [role], email))[0]


async def to_whom(here: Bureau) -> list[str]:
    """To whom mails went out by now, in order."""
    return [str(mail["To"]) for mail in await letters(here)]


async def tell(here: Bureau, role: str = "reviewer") -> None:
    async with here.as_() as context:
        await mails.tell_operators(context, role)


def test_a_review_that_nobody_answers_is_mailed_to_reviewers_and_then_to_those_who_lead_them(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            here = h.there.here
            for name, role in (("Rea", "reviewer"), ("Ada", "admin"), ("Kim", "risk")):
                await invited(here, name, role)
            await invited(here, "Bo", "reviewer", mailed=False)
            await asked(h)
            seen = [len(await letters(here))]
            for day in (REMINDED, ESCALATED, LATE, date(2026, 11, 24)):
                await pass_to(h, day)
                seen.append(len(await letters(here)))
            assert seen == [0, 1, 2, 3, 3]
            rea, *ada = await letters(here)
            assert [str(one["To"]) for one in (rea, *ada)] == [
                "rea@bureau.example", "ada@bureau.example", "ada@bureau.example",
            ]  # fmt: skip
            assert rea["Subject"] == "Something waits for you / 有事项等待处理"
            assert f"{here.state.settings.public_url}/operator" in text_of(rea)
            assert not any(word in text_of(rea) for word in ("review", "rev_", "per_", "dec_"))

    run(work())


def test_a_dispute_that_is_passed_on_or_runs_out_is_mailed_to_reviewers(database: str, folder: Path) -> None:
    from tests.server.jobs.test_disputes import sweep  # noqa: PLC0415

    async def work() -> None:
        async with case(database, folder) as one:
            await invited(one.here, "Rea", "reviewer")
            await one.have("e1")
            await one.open("e1")
            many = []
            for _ in range(31):
                await sweep(one, days=1)
                many.append((await to_whom(one.here)).count("rea@bureau.example"))
            assert many[-1] == 2
            assert len(set(many)) == 3, "once when it was passed on, once when its time had run out"

    run(work())


def test_one_mail_an_hour_says_enough(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            rea = await invited(here, "Rea", "reviewer")
            for _ in range(3):
                await tell(here)
            assert await send_mails(here.state, here.clock()) == 1
            here.clock.move(minutes=10)
            await tell(here)
            assert await send_mails(here.state, here.clock()) == 0
            here.clock.move(minutes=51)
            assert await send_mails(here.state, here.clock()) == 1
            here.clock.move(days=1)
            await tell(here)
            async with here.as_() as context:
                await operators.set_mail(context, here.state.keys, rea, "")
            assert await send_mails(here.state, here.clock()) == 0, "there is nowhere to send it any more"
            await tell(here)
            assert len(await letters(here)) == 2

    run(work())


def test_an_address_lies_sealed_and_is_one(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            rea = await invited(here, "Rea", "reviewer")
            async with here.as_() as context:
                sealed = await context.connection.fetchval("SELECT mail FROM operators WHERE name = 'Rea'")
                assert b"rea@" not in sealed
                with pytest.raises(InvalidRequestError):
                    await operators.set_mail(context, here.state.keys, rea, "nowhere")
                with pytest.raises(NoSuchThingError):
                    await operators.set_mail(context, here.state.keys, "ope_none", "a@example.org")

    run(work())


def test_the_last_administrator_stays_even_if_two_end_each_other_at_once(database: str, folder: Path) -> None:
    async def end(here: Bureau, name: str) -> bool:
        try:
            async with here.as_() as context:
                await operators.end(context, await parties.operator_named(context, name))
        except LastAdminError:
            return False
        return True

    async def work() -> None:
        async with bureau(database, folder) as here:
            for name, role in (("Ada", "admin"), ("Bo", "admin"), ("Rea", "reviewer")):
                await invited(here, name, role)
            assert sorted(await asyncio.gather(end(here, "Ada"), end(here, "Bo"))) == [False, True]
            assert await end(here, "Rea")

    run(work())
