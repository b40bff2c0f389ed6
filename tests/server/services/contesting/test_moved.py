"""Rows that correct are taken once; what was taken before says the same, or is refused."""

from pathlib import Path

import pytest

from credence.errors import InvalidRequestError
from credence.server.services.contesting import moved, rows
from credence.server.services.contesting.rows import Target
from tests.server.harness import run
from tests.server.services.contesting.case import case, missed


def test_a_mark_that_is_there_already_is_no_fault_and_other_content_under_one_id_is(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            target = Target(f"log-{one.person.id}", one.furnisher.id, "e1")
            state = one.here.state
            async with one.here.as_() as context:
                for _ in range(2):
                    mark = rows.suspends("bureau", target, "itm_1", one.here.clock())
                    await moved.send(context, state, [mark])
                    one.here.clock.move(hours=1)
                other = missed(target.log_id, one.furnisher.id, "e2", account="another")
                with pytest.raises(InvalidRequestError, match="with other content"):
                    await moved.send(context, state, [other], "/replacement")

    run(work())
