"""Why a score changed is told with its cause, each event, and what the scorecard itself did."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.reading.world import DAY
from tests.server.web.person.explained import desk, explained


def test_a_change_is_told_line_by_line_and_adds_up(database: str, folder: Path) -> None:
    async def it() -> None:
        async with explained(database, folder) as there:
            ana, cleo = desk(there, "ana"), desk(there, "cleo")
            page = await ana.get("/me/change")
            assert "From 6 November 2026 to 6 December 2026." in page
            assert "Your identity was confirmed" in page
            assert "became known" in page
            assert "+40" in page
            assert "/me/disputes/new?event=northgate/i-1" in page
            assert "The scorecard itself changed" not in page
            assert await ana.get(f"/me/change?since={DAY}") == page
            assert f'<option value="{DAY}" selected>' in page
            assert "There is no earlier score" in await cleo.get("/me/change")
            before = await ana.get("/me/change?since=1990-01-01")
            assert "There is a score now" in before
            await ana.get("/me/change?since=soon", 422)
            async with there.here.as_() as context:
                stepped = "UPDATE publications SET version = 0 WHERE as_of = $1"
                await context.connection.execute(stepped, DAY)
            history = await ana.get("/me/history")
            assert "now version 1 of the scorecard" in history

    run(it())
