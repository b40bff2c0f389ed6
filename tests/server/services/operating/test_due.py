"""The day of the month's run, as its scorecards say it."""

from datetime import date
from pathlib import Path

import pytest

from credence.errors import InvalidRequestError
from credence.scorecards.load import find
from credence.server.services.operating import due, starting
from credence.server.services.operating.due import Days
from tests.server.harness import bureau, run


def test_scorecards_of_no_day_in_common_are_run_when_somebody_says(database: str, folder: Path) -> None:
    other = folder.parent / "other.yaml"
    text = find("everyday").read_text(encoding="utf-8")
    other.write_text(text.replace("evaluated_on_day: 6", "evaluated_on_day: 7"), encoding="utf-8")

    async def work() -> None:
        async with bureau(database, folder, scorecards=("everyday", str(other))) as here:
            async with here.as_() as context:
                every = await due.scorecards(context, here.state.log)
                days = await due.days_of(context, here.state.log, every)
                assert days == Days(date(2026, 11, 6), None, None)
                assert await starting.ask_due(context, here.state.log) is None
                with pytest.raises(InvalidRequestError, match="say which day"):
                    await starting.ask(context, here.state.log, None)
            async with here.as_() as context:
                assert await starting.ask(context, here.state.log, date(2026, 11, 5))

    run(work())


def test_a_day_begins_where_the_log_is(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, timezone="Asia/Shanghai") as here:
            here.clock.move(hours=8)
            async with here.as_() as context:
                every = await due.scorecards(context, here.state.log)
                days = await due.days_of(context, here.state.log, every)
            assert days == Days(date(2026, 11, 7), date(2026, 11, 6), None)

    run(work())
