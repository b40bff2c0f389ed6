"""The monthly run: its steps, its checks, and two people before readers have it."""

from datetime import date, timedelta
from pathlib import Path

from credence.runs.limits import Limits
from credence.runs.request import Request
from credence.server.jobs.publications import publish_runs
from tests.server.harness import run
from tests.server.services.reading.world import DAY, KNOWN, World, run_of, world
from tests.server.web.person.visits import Visit


async def operator(there: World, *roles: str) -> Visit:
    return Visit(there.here, (await there.here.party("operator", *roles))[1])


async def proposal_on(visit: Visit, path: str) -> str:
    return (await visit.html(path)).split('name="proposal" value="')[1].split('"')[0]


def test_two_people_let_readers_have_a_run_and_then_it_is_loaded(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            made = run_of(there.data, date(2026, 12, 6), KNOWN + timedelta(days=30))
            ada, bo = await operator(there, "risk"), await operator(there, "risk")
            path = f"/operator/runs/{made.run}"
            assert "Nobody has proposed it" in await ada.see("/operator/runs")
            assert "Runs that readers do not have yet: 1" in await ada.see("/operator")
            assert "It is proposed" in await ada.done(f"{path}/propose")
            assert (await ada.send(f"{path}/propose")).status_code == 409
            proposal = await proposal_on(ada, path)
            assert "You proposed it yourself" in await ada.see(path)
            assert (await ada.send(f"{path}/approve", proposal=proposal)).status_code == 403
            assert await publish_runs(there.here.state, there.here.clock()) == 0
            assert "It is approved" in await bo.done(f"{path}/approve", proposal=proposal)
            assert "Nothing waits" in await ada.see("/operator")
            assert (await bo.send(f"{path}/approve", proposal=proposal)).status_code == 409
            assert await publish_runs(there.here.state, there.here.clock()) == 1
            assert await publish_runs(there.here.state, there.here.clock()) == 0
            assert "Readers have it" in await bo.see(path)
            assert (await bo.send(f"{path}/propose")).status_code == 409
            for what in ("run.proposed", "run.approved"):
                assert len(await there.audited(what)) == 1

    run(work())


def test_a_run_that_was_refused_can_be_proposed_anew(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            ada, bo = await operator(there, "risk"), await operator(there, "risk")
            (run_id,) = [one.name for one in (there.data / "runs" / str(DAY)).iterdir()]
            assert run_id
            page = await ada.html("/operator/runs")
            path = page.split('href="/operator/runs/')[1].split('"')[0]
            path = f"/operator/runs/{path}"
            await ada.done(f"{path}/propose")
            proposal = await proposal_on(bo, path)
            assert "not published" in await bo.done(f"{path}/refuse", proposal=proposal, why="Too few bills")
            assert "Too few bills" in await ada.see(path)
            await ada.done(f"{path}/propose")
            again = await proposal_on(ada, path)
            await ada.done(f"{path}/refuse", proposal=again, why="Mine, after all")
            assert len(await there.audited("run.refused")) == 2

    run(work())


def test_the_page_of_a_run_says_what_its_pictures_show(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            made = run_of(there.data, date(2026, 12, 6), KNOWN + timedelta(days=30))
            visit = await operator(there, "reviewer")
            page = await visit.see(f"/operator/runs/{made.run}")
            for said in ("Score stability (PSI)", "From band to band", "How fresh the data is", "power",
                         "Operators with the role 'risk'"):  # fmt: skip
                assert said in page, said
            first = await visit.see("/operator/runs")
            assert "nice credence run everyday" in first
            assert (await visit.send(f"/operator/runs/{made.run}/propose")).status_code == 403
            await visit.see("/operator/runs/none", 404)

    run(work())


def test_a_run_that_limits_hold_back_is_shown_with_the_reasons(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            held(there)
            page = await (await operator(there, "risk")).see("/operator/runs")
            assert "Held back by its limits" in page
            assert "have no score" in page

    run(work())


def held(there: World) -> None:
    """A run that a limit holds back: nobody may lack a score, and on that day everybody does."""
    from credence import EventLog, load_scorecard  # noqa: PLC0415 - here alone
    from credence.runs.run import run as make  # noqa: PLC0415

    log = EventLog.open(there.data / "log")
    card = load_scorecard("everyday", log.vocabulary)
    limits = Limits(unscorable_share_most=0.0)
    known = (KNOWN + timedelta(days=1)).replace(tzinfo=None)
    request = Request(log, there.data / "runs", (card,), date(2020, 1, 6), known, limits=limits)
    assert make(request, KNOWN + timedelta(days=2)).published is None
    log.close()


def test_people_and_partners_have_no_room_here(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            for headers in (there.people["ana"][1], there.partner[1]):
                for path in ("/operator", "/operator/runs"):
                    await Visit(there.here, headers).see(path, 403)
            reply = await there.here.client.get("/operator")
            assert (reply.status_code, reply.headers["Location"]) == (303, "/sign-in?to=/operator")

    run(work())
