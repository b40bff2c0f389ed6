"""The audit trail: filtered, a page at a time."""

from pathlib import Path

from credence.server.services import audit
from tests.server.harness import bureau, run
from tests.server.web.person.visits import Visit

HERE = "/operator/audit"


def test_the_trail_is_filtered_by_who_what_whom_and_when(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ada, headers = await here.party("operator", "admin")
            ana, _ = await here.party("person")
            async with here.as_(ada) as context:
                await audit.record(context, "dispute.answered", person=ana.id, item="itm_1")
            here.clock.move(days=2)
            async with here.as_(ana) as context:
                await audit.record(context, "freeze.set", person=ana.id)
            visit = Visit(here, headers)
            page = await visit.html(HERE)
            assert page.index("freeze.set") < page.index("dispute.answered")
            assert "itm_1" in page
            both = {"dispute.answered", "freeze.set"}
            for asked, found in (
                (f"actor={ada.id}", {"dispute.answered"}), ("actor=person", {"freeze.set"}),
                ("what=dispute.", {"dispute.answered"}), (f"person={ana.id}", both),
                ("person=per_none", set()),
                ("since=2026-11-07", {"freeze.set"}), ("until=2026-11-06", {"dispute.answered"}),
                ("since=2026-11-06&until=2026-11-08", both), ("since=yesterday", both),
            ):  # fmt: skip
                page = await visit.html(f"{HERE}?{asked}")
                assert {what for what in both if f"<td>{what}</td>" in page} == found, asked

    run(work())


def test_the_trail_has_pages(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ada, headers = await here.party("operator", "support")
            for number in range(60):
                here.clock.move(seconds=1)
                async with here.as_(ada) as context:
                    await audit.record(context, "noted", number=f"no-{number:02}-")
            visit = Visit(here, headers)
            first = await visit.html(f"{HERE}?what=noted")
            assert ("no-59-" in first, "no-10-" in first, "no-09-" in first) == (True, True, False)
            further = first.split(f'href="{HERE}?')[1].split('"')[0].replace("&amp;", "&")
            second = await visit.html(f"{HERE}?{further}")
            assert ("no-10-" in second, "no-09-" in second, "no-00-" in second) == (False, True, True)

    run(work())


def test_reviewers_do_not_see_the_trail(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await Visit(here, (await here.party("operator", "reviewer"))[1]).see(HERE, 403)

    run(work())
