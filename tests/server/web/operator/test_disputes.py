"""Disputes by their clock: what reviewers see, open and decide."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.contesting.case import Case, case
from tests.server.web.person.visits import Visit

HERE = "/operator/disputes"


def reviewer(there: Case) -> Visit:
    return Visit(there.here, there.headers["reviewer"])


def test_disputes_stand_by_their_clock_and_the_late_ones_first(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1", "e2")
            visit = reviewer(there)
            assert "No dispute is open" in await visit.see(HERE)
            first = await there.open("e1")
            there.here.clock.move(days=3)
            second = await there.open("e2", reason="amount")
            html = await visit.html(HERE)
            assert html.index(first) < html.index(second)
            assert there.furnisher.id in html
            there.here.clock.move(days=60)
            assert "late: " in await visit.see(HERE)
            assert "past their day" in await visit.see("/operator")
            assert "No dispute is open" in await visit.see(f"{HERE}?after=2030-01-01_dis_0")
            assert await visit.see(f"{HERE}?after=nonsense") == await visit.see(HERE)

    run(work())


def test_a_reviewer_sees_both_sides_opens_files_and_decides(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1")
            dispute = await there.open("e1", text="I never had this loan")
            file = {"file": ("letter.txt", b"The bank says so, too")}
            await there.ask("person", "POST", f"/disputes/{dispute}/files", files=file)
            visit, path = reviewer(there), f"{HERE}/{dispute}"
            page = await visit.html(path)
            assert "I never had this loan" in page
            assert "not opened yet" in page
            link = page.split(f'href="{path}/files/')[1].split('"')[0]
            reply = await there.here.client.get(f"{path}/files/{link}", headers=visit.headers)
            assert (reply.text, reply.headers["Content-Disposition"]) == (
                "The bank says so, too",
                "attachment",
            )
            assert "A file was opened" in await visit.see(path)
            seen = await there.ask("person", "GET", f"/disputes/{dispute}")
            assert seen["files"][0]["opened_at"] is not None
            item = await there.item(dispute)
            said = {
                "item": item,
                "outcome": "deleted",
                "checked": "The bank's file\n\nThe account",
                "note": "Sorry",
            }
            done = await visit.done(f"{path}/answers", **said)
            assert "The person was told" in done
            assert "The bank's file" in done
            told = await there.ask("person", "GET", f"/disputes/{dispute}")
            assert told["items"][0]["checked"] == ["The bank's file", "The account"]
            assert told["state"] == "closed"
            assert (await visit.send(f"{path}/answers", **said)).status_code == 409

    run(work())


def test_what_says_too_little_is_closed_with_what_is_missing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            await there.have("e1")
            dispute = await there.open("e1")
            visit, path = reviewer(there), f"{HERE}/{dispute}"
            reply = await visit.send(f"{path}/frivolous", reason="not_enough", missing=" \n")
            assert reply.status_code == 422
            assert "Say what is missing" in reply.text
            fields = {"reason": "not_enough", "missing": "Which loan this is\nA letter"}
            assert "It is closed" in await visit.done(f"{path}/frivolous", **fields)
            assert "There is nothing to look into" not in await visit.see(path)

    run(work())


def test_only_reviewers_see_disputes(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as there:
            other = Visit(there.here, (await there.here.party("operator", "admin"))[1])
            await other.see(HERE, 403)
            await reviewer(there).see(f"{HERE}/dis_none", 404)

    run(work())
