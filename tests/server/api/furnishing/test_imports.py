"""A file of events is safe when it is acknowledged, and whatever is refused of it can be fetched."""

import asyncio
import csv
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from credence.errors import UnavailableError
from credence.server.jobs import receipts
from credence.server.services.furnishing import importing
from tests.server.harness import Bureau, bureau, run
from tests.server.sending import EVIDENCE, Sending, sending

HEAD = "event_id,person,kind,occurred_at,days_late,due_date,evidence\n"


async def sent(who: Sending, name: str, content: bytes) -> httpx.Response:
    return await who.here.client.post("/v1/imports", files={"file": (name, content)}, headers=who.headers)


async def shown(who: Sending, reply: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = (await who.here.client.get(reply.headers["location"], headers=who.headers)).json()
    return found


async def rejects(who: Sending, reply: httpx.Response) -> list[list[str]]:
    found = await who.here.client.get(f"{reply.headers['location']}/rejects", headers=who.headers)
    assert found.headers["content-type"].startswith("text/csv")
    return list(csv.reader(found.text.splitlines()))


def table(who: Sending) -> str:
    return HEAD + "".join([
        f"p-1,{who.person},bill.paid,2026-09-03,0,,\n",
        f"p-2,{who.person},bill.unpaid,2026-09-03,,2026-06-30,{EVIDENCE.replace(',', ';')}\n",
        f"p-3,{who.person},bill.unpaid,2026-09-03,,2026-06-30,\n",
        "p-4,per_nobody,bill.paid,2026-09-03,0,,\n",
        f"p-1,{who.person},bill.paid,2026-09-03,9,,\n",
        "torn\n",
        f"p-5,{who.person},bill.paid,2026-09-33,0,,\n",
    ])  # fmt: skip


async def take(here: Bureau) -> int:
    return await receipts.take_files(here.state, here.clock())


def test_a_csv_file_is_taken_and_its_rejects_told_by_row(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            reply = await sent(power, "May.CSV", table(power).encode())
            assert reply.status_code == 202
            waiting = await shown(power, reply)
            assert (waiting["status"], waiting["rows"], waiting["rows_done"]) == ("waiting", None, 0)
            assert [await take(here), await take(here)] == [1, 0]
            done = await shown(power, reply)
            assert (done["status"], done["rows"], done["rows_done"]) == ("done", 7, 7)
            assert done["counts"] == {"accepted": 2, "known": 0, "conflict": 1, "rejected": 4}
            told = await rejects(power, reply)
            assert told[0] == ["row", "event_id", "outcome", "field", "sentence"]
            assert [row[:4] for row in told[1:]] == [
                ["3", "p-3", "rejected", "evidence"], ["4", "p-4", "rejected", "person"],
                ["5", "p-1", "conflict", "event_id"], ["6", "", "rejected", ""],
                ["7", "p-5", "rejected", "occurred_at"],
            ]  # fmt: skip
            assert {event["event_id"] for event in power.events()} >= {"p-1", "p-2"}
            assert [path.name for path in (folder / "imports").rglob("events*")] == []
            notices = await here.client.get("/v1/notices", headers=power.ana_headers)
            assert len(notices.json()["data"]) == 1
            assert (await here.client.get("/v1/imports", headers=power.headers)).json()["data"] == [done]

    monkeypatch.setattr(importing, "ROWS_A_TIME", 4)
    run(work())


def test_lines_and_parquet_are_taken_and_strange_columns_are_not(
    database: str, folder: Path, tmp_path: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            line = f'{{"event_id": "l-NR", "person": "{power.person}", "kind": "bill.paid", '
            line += '"occurred_at": "2026-09-03", "days_late": 3}'
            strange = line.replace("days_late", "furnisher").replace("NR", "2")
            lines = await sent(power, "a.ndjson", f"{line.replace('NR', '1')}\n\n{strange}\n".encode())
            query = f"SELECT 'q-1' AS event_id, '{power.person}' AS person, 'bill.paid' AS kind, "
            query += "DATE '2026-09-03' AS occurred_at, 4 AS days_late"
            path = tmp_path / "a.parquet"
            with duckdb.connect() as connection:
                connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
            parquet = await sent(power, "a.parquet", path.read_bytes())
            assert await take(here) == 2
            assert (await shown(power, lines))["counts"]["accepted"] == 1
            assert (await rejects(power, lines))[1][:4] == ["3", "", "rejected", "furnisher"]
            assert (await shown(power, parquet))["counts"]["accepted"] == 1
            days = {event["event_id"]: event["days_late"] for event in power.events()}
            assert days == {"l-1": 3, "q-1": 4}

    run(work())


def test_what_is_no_file_of_events_fails_and_says_why(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            reply = await sent(power, "events.xlsx", b"PK")
            assert (reply.status_code, reply.json()["code"]) == (415, "unsupported_form")
            broken = await sent(power, "a.parquet", b"no parquet")
            half = await sent(power, "a.csv.gz", b"\x1f\x8b no gzip")
            assert await take(here) == 2
            told = [await shown(power, one) for one in (broken, half)]
            assert [one["status"] for one in told] == ["failed", "failed"]
            assert "Parquet" in told[0]["why"]
            assert str(folder) not in "".join(one["why"] for one in told)

    run(work())


def test_only_a_furnisher_sees_its_own_imports(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other = await sending(here)
            reply = await sent(power, "a.csv", table(power).encode())
            place = reply.headers["location"]
            _, partner = await here.party("partner", "events.write", "receipts.read")
            for headers, status in (({}, 401), (partner, 403), (other.headers, 404)):
                for path in (place, f"{place}/rejects"):
                    assert (await here.client.get(path, headers=headers)).status_code == status
            assert (await here.client.get("/v1/imports", headers=other.headers)).json()["data"] == []
            assert (await here.client.post("/v1/imports", files={"file": ("a.csv", b"")})).status_code == 401

    run(work())


def test_an_import_that_was_stopped_goes_on_where_it_was(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            rows = [f"p-{number},{power.person},bill.paid,2026-09-03,0,,\n" for number in range(7)]
            reply = await sent(power, "a.csv", (HEAD + "".join(rows)).encode())
            # The disk is full when the second part's rejects are to be written: its events are taken by then.
            folder_of_it = folder / "imports" / reply.json()["import_id"]
            (folder_of_it / "rejects-000000000005.csv").mkdir()
            with pytest.raises(UnavailableError):
                await take(here)
            stopped = await shown(power, reply)
            assert (stopped["status"], stopped["rows_done"]) == ("waiting", 4)
            (folder_of_it / "rejects-000000000005.csv").rmdir()
            assert await take(here) == 1
            done = (await shown(power, reply))["counts"]
            # What the log had taken and nobody had noted yet is known by then.
            assert (done["accepted"], done["known"]) == (4, 3)
            assert len(power.events()) == 7

    monkeypatch.setattr(importing, "ROWS_A_TIME", 4)
    run(work())


def test_two_workers_do_not_take_one_file_twice(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            rows = "".join(f"p-{number},{power.person},bill.paid,2026-09-03,0,,\n" for number in range(7))
            reply = await sent(power, "a.csv", (HEAD + rows).encode())
            assert sorted(await asyncio.gather(take(here), take(here))) == [0, 1]
            assert (await shown(power, reply))["rows_done"] == 7

    run(work())
