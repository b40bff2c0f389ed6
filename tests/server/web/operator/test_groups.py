"""Groups of people on the page of a run: the lowest ratio among the checks, a table beside its picture."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from credence.engines.counts.groups import Count
from credence.runs.publish import FACTS
from credence.runs.published import PublishedRun
from credence.runs.report.facts import report_facts
from credence.server.web.operator.checks import Check, checks
from credence.server.web.operator.groups import Column, Group, Groups, groups
from tests.runs.report.months import reported
from tests.runs.report.test_groups_section import MEN, NONE, OTHERS, WOMEN, grouped
from tests.server.harness import run
from tests.server.services.reading.world import KNOWN, World, run_of, world
from tests.server.web.browser import DESK, browsing, free_port, needs_chromium
from tests.server.web.operator.test_runs import operator

EVERYBODY = (MEN, WOMEN, OTHERS, NONE)


def facts(folder: Path, counts: tuple[Count, ...], *cut_offs: int) -> dict[str, Any]:
    """What a report says of a scorecard whose people are counted by sex."""
    said = report_facts(grouped(reported(folder), counts, *cut_offs))
    card: dict[str, Any] = json.loads(json.dumps(said, default=str))["scorecards"][0]
    return card


def with_groups(made: PublishedRun, card: dict[str, Any]) -> str:
    """The path of a run's page, after its report was given the groups of another."""
    path = made.folder / FACTS
    said = json.loads(path.read_bytes())
    said["scorecards"][0]["groups"] = card["groups"]
    path.write_text(json.dumps(said), encoding="utf-8")
    return f"/operator/runs/{made.run}"


def december(there: World) -> PublishedRun:
    return run_of(there.data, date(2026, 12, 6), KNOWN + timedelta(days=30))


def test_figures_are_those_of_the_report(tmp_path: Path) -> None:
    assert groups(facts(tmp_path, EVERYBODY, 600, 700)) == Groups(
        600,
        (
            Column(
                "sex", 0.48,
                (
                    Group("men", 100, few=False, without=20.0, mean=625.0, share=0.6, ratio=1.0),
                    Group("women", 50, few=False, without=20.0, mean=600.0, share=0.3, ratio=0.5, low=True),
                    Group("others", 3, few=True),
                    Group(None, 40, few=False, without=100.0, share=0.0),
                ),
            ),
        ),
    )  # fmt: skip


def test_without_a_cut_off_nothing_is_compared(tmp_path: Path) -> None:
    found = groups(facts(tmp_path, (MEN, WOMEN)))
    assert found is not None
    assert (found.cut_off, found.columns[0].tick) == (None, None)
    assert [(one.mean, one.share, one.ratio) for one in found.columns[0].groups] == [
        (625.0, None, None),
        (600.0, None, None),
    ]


def ratio(card: dict[str, Any], *past: dict[str, Any]) -> Check:
    return next(one for one in checks(card, past) if one.name == "ratio")


def test_the_lowest_ratio_is_checked_beside_four_fifths(tmp_path: Path) -> None:
    low = facts(tmp_path, EVERYBODY, 600)
    high = facts(tmp_path, (MEN, Count("women", 50, 40, 24_000, (24,))), 600)
    bare = facts(tmp_path, (MEN, WOMEN))
    assert ratio(low, bare, high) == Check("ratio", "0.500", "0.800", "look", (0.8, 0.5), 0.8)
    assert ratio(high).verdict == "pass"
    assert (ratio(bare).value, ratio(bare).verdict) == ("", "none")
    older = {key: value for key, value in low.items() if key != "groups"}
    assert (groups(older), ratio(older).value) == (None, "")


def test_a_run_without_a_table_of_groups_says_so(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            page = await (await operator(there, "risk")).see(f"/operator/runs/{december(there).run}")
            assert "No table of groups was given for this run" in page
            assert "Lowest ratio between groups, at least 0.800" in page

    run(work())


@needs_chromium
def test_everybody_can_read_how_groups_fare(database: str, folder: Path, tmp_path: Path) -> None:
    port = free_port()

    async def work() -> None:
        async with (
            world(database, folder, public_url=f"http://localhost:{port}") as there,
            browsing(there.here, port) as browser,
        ):
            path = with_groups(december(there), facts(tmp_path, EVERYBODY, 600, 700))
            visit = await operator(there, "risk")
            page = await visit.see(path)
            for said in (
                "proves nothing about why. Four fifths (0.8) is a rule of thumb of US employment law",
                "sex People Without a score Mean score 600 and above Ratio",
                "men 100 20.0 % 625.0 60.0 % 1.000 women 50 20.0 % 600.0 30.0 % 0.500 Under four fifths",
                "others fewer than 30 people: too few to tell more 3 In no group 40 100.0 % 0.0 %",
                "Lowest ratio between groups, at least 0.500 0.800 Look",
            ):
                assert said in page, said
            window = await browser.page((await there.here.party("operator", "risk"))[1], width=DESK)
            await window.goto(path)
            await browser.check(window)
            bare = with_groups(december(there), facts(tmp_path, (MEN, WOMEN)))
            assert "men 100 20.0 % 625.0 women 50 20.0 % 600.0" in await visit.see(bare)

    run(work())
