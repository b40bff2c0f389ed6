"""Five tries in a quarter of an hour, whoever comes at once from wherever."""

import asyncio
from pathlib import Path

import pytest

from credence.errors import TooManyTriesError
from credence.server.services.people import limits
from tests.server.harness import Bureau, bureau, run


async def tried(here: Bureau, *subjects: str) -> bool:
    try:
        async with here.as_() as context:
            await limits.count(context, here.state.keys, *subjects)
    except TooManyTriesError:
        return False
    return True


def test_of_twenty_tries_at_once_five_go_through(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            done = await asyncio.gather(*(tried(here, "account ana", f"address {n}") for n in range(20)))
            assert sum(done) == limits.MOST
            assert await tried(here, "account ben", "address 0")
            here.clock.move(minutes=15)
            assert await tried(here, "account ana", "address 0")

    run(work())


def test_the_error_says_how_long_to_wait(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            for _ in range(limits.MOST):
                assert await tried(here, "account ana")
                here.clock.move(minutes=1)
            with pytest.raises(TooManyTriesError, match="in 11 minutes") as caught:
                async with here.as_() as context:
                    await limits.count(context, here.state.keys, "account ana")
            assert caught.value.headers["Retry-After"] == "601"

    run(work())
