"""Policies at a desk: their state, who would pass by band, and that two at the bureau publish."""

from pathlib import Path

import pytest

from credence.server.services.deciding import approvals
from credence.server.web.partner import policies
from credence.server.web.partner.policies import Band
from tests.server.harness import run
from tests.server.services.deciding.house import BANDS, DEPOSIT
from tests.server.services.reading.world import world
from tests.server.web.partner.desks import desk
from tests.server.web.person.visits import Visit

HERE = "/partner/policies"


def test_a_draft_is_tried_proposed_refused_and_published_before_the_partners_eyes(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            assert "You have written none yet" in await d.visit.see(HERE)
            draft = await d.house.made("POST", "/policies", body={"text": DEPOSIT})
            path = f"{HERE}/deposit%401"
            page = await d.visit.see(path)
            assert "Two people of the bureau who answer for risk" in page
            assert "people with scores" not in page
            tried = await d.visit.see(f"{path}?try=1")
            assert "1 of 2 people with scores" in tried
            assert "100 %" in tried
            (ada, _), (bo, _) = d.house.risk
            runs = d.here.state.settings.runs
            async with d.here.as_(ada) as context:
                first = await approvals.propose(context, runs, draft["definition_id"])
            page = await d.visit.see(path)
            assert "Proposed at the bureau 6 November 2026" in page
            assert ada.id not in page
            async with d.here.as_(bo) as context:
                await approvals.refuse(context, first.approval_id, "Too strict.")
            assert "Too strict." in await d.visit.see(path)
            async with d.here.as_(ada) as context:
                again = await approvals.propose(context, runs, draft["definition_id"])
            async with d.here.as_(bo) as context:
                await approvals.approve(context, again.approval_id)
            assert "Published 6 November 2026" in await d.visit.see(path)
            await (await d.other("decisions.read")).see(path, 404)
            reader = Visit(d.here, (await d.here.party("partner", "decisions.read"))[1])
            assert "Write a policy" not in await reader.see(HERE)

    run(work())


def test_a_policy_is_retired_and_what_cannot_be_tried_says_why(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            named = await d.house.publish(BANDS)
            path = f"{HERE}/{named.replace('@', '%40')}"
            assert "what only a partner knows" in await d.visit.see(f"{path}?try=1")
            etag = (await d.visit.html(path)).split('name="etag" value="')[1].split('"><')[0]
            etag = etag.replace("&#34;", '"')
            assert (await d.visit.send(f"{path}/retire", etag='"old"')).status_code == 412
            assert "Nothing is decided by it" in await d.visit.done(f"{path}/retire", etag=etag)
            page = await d.visit.see(path)
            assert ("Retired 6 November 2026" in page, "Decide by it no more" in page) == (True, False)

    run(work())


def test_policies_that_come_with_us_are_there_where_their_scorecard_is_run(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        cards = ("everyday", "zhima")
        async with world(database, folder, load=False, sandbox=True, scorecards=cards) as there:
            visit = Visit(
                there.here, (await there.here.party("partner", "decisions.read", "decisions.write"))[1]
            )
            page = await visit.see(HERE)
            assert "A hired car without a deposit" in page
            assert "friends/loan" not in page
            form = await visit.see("/partner/decisions/new?policy=zhima%2Fcar_rental%401")
            assert "A hired car without a deposit" in form

    run(work())


def test_policies_of_the_lab_are_for_a_sandbox(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False, scorecards=("everyday", "zhima")) as there:
            visit = Visit(there.here, (await there.here.party("partner", "decisions.read"))[1])
            assert "A hired car without a deposit" not in await visit.see(HERE)

    run(work())


def test_policies_have_pages(database: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "A_PAGE", 2)

    async def work() -> None:
        async with desk(database, folder) as d:
            for number in range(1, 4):
                d.here.clock.move(seconds=1)
                text = DEPOSIT.replace("version: 1", f"version: {number}")
                await d.house.made("POST", "/policies", body={"text": text})
            assert "deposit@1 " not in await d.visit.see(HERE)
            assert "deposit@1 " in await d.visit.see(await d.link(HERE, rf"{HERE}\?before="))

    run(work())


def test_the_share_of_nobody_is_nothing() -> None:
    assert (Band("low", 3, 2).share, Band("high", 0, 0).share) == (67, 0)
