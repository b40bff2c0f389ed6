"""The month's run is asked for in the room, and seen on its way, held back, and done."""

from datetime import date, timedelta
from pathlib import Path

from credence.runs.published import published
from credence.server.services.operating.reports import on_their_way
from tests.server.harness import run
from tests.server.services.reading.world import DAY, World, world
from tests.server.web.browser import DESK, browsing, free_port, needs_chromium
from tests.server.web.operator.test_runs import held, operator

HERE = "/operator/runs"
OTHER = date(2026, 10, 6)
LOOKS_AGAIN = 'hx-trigger="every 5s"'


async def mark(there: World, **said: object) -> None:
    """Have become of what was asked for last what a job would make of it."""
    sets = ", ".join(f"{name} = ${number}" for number, name in enumerate(said, start=1))
    query = f"UPDATE run_requests SET {sets} WHERE request_id = (SELECT max(request_id) FROM run_requests)"
    async with there.here.as_() as context:
        await context.connection.execute(query, *said.values())


def test_a_run_is_asked_for_and_seen_until_it_is_made(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ada = await operator(there, "risk")
            page = await ada.html(HERE)
            assert f'value="{DAY}"' in page
            assert "Nobody asked for a run yet" in page
            assert LOOKS_AGAIN not in page
            reply = await ada.send(HERE, as_of=str(DAY))
            assert reply.status_code == 409
            assert "was made already" in reply.text
            assert (await ada.send(HERE, as_of="2026-11-07")).status_code == 422
            assert "It is asked for" in await ada.done(HERE, as_of=str(OTHER))
            assert LOOKS_AGAIN in await ada.html(HERE)
            assert "Look again" in await ada.see(HERE)
            assert (await ada.send(HERE, as_of=str(OTHER))).status_code == 409
            (made,) = published(there.data / "runs")
            await mark(there, state="made", run=made.run, ended_at=there.here.clock())
            page = await ada.html(HERE)
            assert f'<a href="{HERE}/{made.run}">Look at it' in page
            assert LOOKS_AGAIN not in page
            there.here.clock.move(hours=1)
            await ada.done(HERE, as_of=str(DAY), again="true")
            assert "With what is known by then" in await ada.see(HERE)
            assert len(await there.audited("run.asked")) == 2

    run(work())


def test_what_is_held_back_is_let_go_on_for_a_reason_or_made_anew(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ada, bo = await operator(there, "risk"), await operator(there, "support")
            held(there)
            (draft,) = on_their_way(there.data / "runs")
            assert "Begun by hand" in await ada.see(HERE)
            await ada.done(HERE, as_of=str(draft.as_of))
            await mark(there, state="running")
            page = await ada.see(HERE)
            assert f"{draft.done} of {draft.tasks} parts" in page
            assert "Begun by hand" not in page
            ended = there.here.clock()
            await mark(there, state="held_back", run=draft.run, sentences='["Too few."]', ended_at=ended)
            assert "Runs that limits hold back, or that failed: 1" in await ada.see("/operator")
            assert "Too few." in await bo.see(HERE)
            assert "because:" not in await bo.see(HERE)
            assert "because:" in await ada.see(HERE)
            assert (await bo.send(HERE, as_of=str(draft.as_of), accept="Fine")).status_code == 403
            there.here.clock.move(hours=1)
            await ada.done(HERE, as_of=str(draft.as_of), accept="Nobody did anything then.")
            page = await ada.see(HERE)
            assert "Accepted: Nobody did anything then." in page
            assert "because:" not in page
            assert "Runs that limits hold back" not in await ada.see("/operator")

    run(work())


def test_operators_are_told_where_the_bureau_asks_for_no_run(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, run_monthly=False) as there:
            page = await (await operator(there, "support")).see(HERE)
            assert "The bureau asks for no run by itself" in page
            assert "Operators with the role 'risk' ask for runs" in page

    run(work())


@needs_chromium
def test_the_page_goes_on_by_itself_while_a_run_is_made(database: str, folder: Path) -> None:
    port = free_port()

    async def work() -> None:
        async with world(database, folder) as there, browsing(there.here, port) as browser:
            _, headers = await there.here.party("operator", "risk")
            held(there)
            (draft,) = on_their_way(there.data / "runs")
            page = await browser.page(headers, width=DESK)
            await page.goto(HERE)
            await page.get_by_label("Day of the scores").fill(str(draft.as_of))
            await page.get_by_role("button", name="Make a run").click()
            await page.get_by_text("Waits its turn").wait_for()
            await mark(there, state="running")
            await page.get_by_text("Is being made").wait_for()
            await browser.check(page)
            ended = there.here.clock() + timedelta(minutes=1)
            await mark(there, state="held_back", run=draft.run, sentences='["Too few."]', ended_at=ended)
            await page.get_by_text("Held back by its limits").wait_for()
            await browser.check(page)
            await page.get_by_label("because").fill("Nobody did anything then.")
            await page.get_by_role("button", name="Accept them").click()
            await page.get_by_text("Accepted: Nobody did anything then.").wait_for()

    run(work())
