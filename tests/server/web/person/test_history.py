"""The history of a score is a line with its days, a table, and a way to each old statement."""

import html
import re
from datetime import timedelta
from pathlib import Path

from credence.server.services.looking import history
from credence.server.services.reading import evaluations
from tests.server.harness import run
from tests.server.services.reading.world import DAY, World
from tests.server.web.person.explained import DECEMBER, Desk, desk, explained


async def look_at_pages(there: World, ana: Desk) -> None:
    """More days than a page has are told a page at a time."""
    async with there.here.as_(there.people["ana"][0]) as context:
        for days in range(1, history.DAYS + 1):
            day = DECEMBER + timedelta(days=days)
            args = there.here.state.log, there.people["ana"][0].id, "everyday", "a correction"
            await evaluations.again(context, *args, day)
    newest = await ana.get("/me/history")
    assert newest.count("made in between") == history.DAYS
    assert f"/me/statement?scorecard=everyday&amp;as_of={DAY}" not in newest
    assert "before=2026-12-07" in newest
    older = await ana.get("/me/history?before=2026-12-07")
    assert f"as_of={DAY}" in older
    assert "before=" not in older
    assert "There is no score yet" in await desk(there, "cleo").get("/me/history?before=2020-01-01")


def test_each_day_stands_in_a_line_and_a_table_and_leads_to_its_statement(
    database: str, folder: Path
) -> None:
    async def it() -> None:
        async with explained(database, folder) as there:
            ana = desk(there, "ana")
            page = await ana.get("/me/history")
            assert 'class="line"' in page
            assert "How many times has your identity been verified?" in page
            links = [html.unescape(one) for one in re.findall('href="(/me/statement[^"]+)"', page)]
            statements = [await ana.get(link) for link in links]
            scores = [re.search(r'class="score">(\d+)<', one) for one in statements]
            points = [re.search(r'class="sum".*?<span>(\d+)</span>', one, re.DOTALL) for one in statements]
            assert [found and found[1] for found in scores] == [found and found[1] for found in points]
            assert [found and f">{found[1]}" in page for found in scores] == [True, True]
            assert "as known on 7 December 2026" in statements[0]
            assert "As of 6 November 2026, as known on 6 November 2026" in statements[1]
            await look_at_pages(there, ana)
            nobody = await desk(there, "cleo").get("/me/statement")
            assert "Fewer than six things are known" in nobody
            chinese = await desk(there, "ana", "zh").get("/me/statement")
            assert "您的身份核实过几次" in chinese
            assert "优秀" in chinese or "极好" in chinese

    run(it())
