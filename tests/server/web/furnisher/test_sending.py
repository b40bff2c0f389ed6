"""A file of events at a page: what it may have, how far it is, and what was refused of it, row by row."""

from pathlib import Path

import httpx
import pytest

from credence.server.jobs import receipts
from credence.server.web.furnisher import sending as pages
from tests.server.harness import bureau, run
from tests.server.sending import EVIDENCE, Sending, sending
from tests.server.web.person.visits import Visit, said

HEAD = "event_id,person,kind,occurred_at,days_late,due_date,evidence\n"


def table(who: Sending) -> bytes:
    rows = [
        f"p-1,{who.person},bill.paid,2026-09-03,0,,\n",
        f"p-2,{who.person},bill.unpaid,2026-09-03,,2026-06-30,{EVIDENCE.replace(',', ';')}\n",
        f"p-3,{who.person},bill.unpaid,2026-09-03,,2026-06-30,\n",
        f"p-1,{who.person},bill.paid,2026-09-03,9,,\n",
        "torn\n",
    ]
    return (HEAD + "".join(rows)).encode()


async def upload(visit: Visit, name: str, content: bytes) -> httpx.Response:
    files = {"file": (name, content)}
    return await visit.here.client.post("/furnisher/imports", files=files, headers=visit.headers)


def test_a_file_is_taken_and_what_is_refused_stands_row_by_row(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            assert "You have sent no file yet." in await visit.see("/furnisher/imports")
            # Files are larger than any other body may be.
            large = (await upload(visit, "large.csv", HEAD.encode() + b"x" * 2_100_000)).status_code
            assert large == 303
            reply = await upload(visit, "May.csv", table(power))
            path = reply.headers["Location"].split("?")[0]
            page = await visit.see(reply.headers["Location"])
            assert "The file is safe here." in page
            assert "on its way" in page
            assert "Nothing was refused so far." in page
            assert 'hx-trigger="load delay:2s"' in await visit.html(path)
            await receipts.take_files(here.state, here.clock())
            page = await visit.see(path)
            assert "done" in page
            assert "Rows 5 Taken 2 Known already 0 Refused 3" in page
            assert "3 p-3 refused evidence An event that speaks against a person needs evidence" in page
            assert "4 p-1 other content under a known number event_id" in page
            assert "5 refused the whole row" in page
            assert "hx-trigger" not in await visit.html(path)
            csv = await here.client.get(f"{path}/rejects.csv", headers=visit.headers)
            assert csv.headers["Content-Disposition"] == 'attachment; filename="rejects.csv"'
            assert len(csv.text.splitlines()) == 4
            assert "5 2 0 3" in await visit.see("/furnisher/imports")

    run(work())


def test_many_files_and_rejects_stand_a_part_at_a_time(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            visit = Visit(here, power.headers)
            path = (await upload(visit, "a.csv", table(power))).headers["Location"].split("?")[0]
            await receipts.take_files(here.state, here.clock())
            assert "are shown" not in await visit.see(path)
            monkeypatch.setattr(pages, "REJECTS_SHOWN", 2)
            assert "The first 2 are shown" in await visit.see(path)
            monkeypatch.setattr(pages, "A_PAGE", 1)
            further = path.split("/")[-1]
            assert f"?before={further}" in await visit.html("/furnisher/imports")
            assert "You have sent no file yet." in await visit.see(f"/furnisher/imports?before={further}")

    run(work())


def test_the_columns_are_told_and_only_the_kinds_that_may_be_sent(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            async with here.as_() as context:
                change = "UPDATE furnishers SET kinds = '{bill.unpaid}' WHERE furnisher_id = $1"
                await context.connection.execute(change, power.furnisher.id)
            visit = Visit(here, power.headers)
            page = await visit.see("/furnisher/send")
            assert "The id under which you know the person" in page
            assert "a text of at least 20 signs" in page
            assert "event_id,person,kind,occurred_at,due_date" in page
            assert "speaks against somebody" in page
            assert "bill.paid" not in page.split("Kinds of events")[1]
            refused = await upload(visit, "events.xlsx", b"PK")
            assert refused.status_code == 422
            assert "events.xlsx" in said(refused)
            broken = await upload(visit, "a.parquet", b"no parquet")
            await receipts.take_files(here.state, here.clock())
            page = await visit.see(broken.headers["Location"].split("?")[0])
            assert "could not be read" in page
            assert "What was taken before stays." in page

    run(work())


def test_a_file_is_nobody_elses_and_needs_the_scope(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power, other = await sending(here), await sending(here)
            path = (await upload(Visit(here, power.headers), "a.csv", table(power))).headers["Location"]
            path = path.split("?")[0]
            for one in (path, f"{path}/rejects.csv"):
                await Visit(here, other.headers).see(one, 404)
            reader = Visit(here, (await sending(here, "receipts.read")).headers)
            await reader.see("/furnisher/send", 403)
            assert (await upload(reader, "a.csv", b"")).status_code == 403
            sender = Visit(here, (await sending(here, "events.write")).headers)
            await sender.see("/furnisher/imports", 403)

    run(work())
