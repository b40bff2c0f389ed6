"""Each partner knows a person by an id of its own."""

import asyncio
from pathlib import Path

from credence.server.services.people import known_as, person_of
from tests.server.harness import Bureau, bureau, run
from tests.server.people import person


def test_two_partners_know_one_person_by_two_ids_that_stay(database: str, folder: Path) -> None:
    async def known(here: Bureau, party: str, who: str) -> str:
        async with here.as_() as context:
            return await known_as(context, party, who)

    async def work() -> None:
        async with bureau(database, folder) as here:
            ana = await person(here)
            ids = await asyncio.gather(*(known(here, "par_1", ana.id) for _ in range(4)))
            other = await known(here, "par_2", ana.id)
            assert len({*ids, other, ana.id}) == 3
            partner, _ = await here.party("partner")
            async with here.as_(partner) as context:
                assert await person_of(context, "par_1", ids[0]) == ana.id
                assert await person_of(context, "par_2", ids[0]) is None
                assert await person_of(context, "par_1", ana.id) is None

    run(work())
