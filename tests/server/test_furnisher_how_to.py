"""What the guide for furnishers shows is run as it stands, against a bureau that listens."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn

from credence.server.jobs import receipts
from credence.server.services.furnishing import notice_days, rows
from credence.server.services.furnishing.importing import COLUMNS
from tests.server.harness import Bureau, bureau, run
from tests.server.sending import sending

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "send-events-as-a-furnisher.md"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The guide's Python is run by ours.
PYTHON = "exec(compile(open('shown.py').read(), 'shown.py', 'exec'))"


@asynccontextmanager
async def listening(here: Bureau) -> AsyncIterator[str]:
    """The application on a port of its own, with a worker that takes what comes."""
    server = uvicorn.Server(uvicorn.Config(here.app, port=0, lifespan="off", log_level="warning"))
    tasks = [asyncio.create_task(server.serve()), asyncio.create_task(working(here))]
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def working(here: Bureau) -> None:
    while True:
        await receipts.take(here.state, here.clock())
        await receipts.take_files(here.state, here.clock())
        await asyncio.sleep(0.05)


def script(folder: Path) -> str:
    """All that the guide shows, in its order."""
    shown = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    (folder / "shown.py").write_text("".join(body for language, body in shown if language == "python"))
    run_python = f'{sys.executable} -c "{PYTHON}"\n'
    return "set -e\n" + "".join(body if language == "sh" else run_python for language, body in shown)


def test_what_the_guide_shows_runs(database: str, folder: Path, tmp_path: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            name = {"furnisher": power.furnisher.id}
            made = await here.client.post("/v1/people/links", json=name, headers=power.ana_headers)
            key = power.headers["Authorization"].removeprefix("Bearer ")
            async with listening(here) as address:
                said = {"BUREAU": address, "KEY": key, "CODE": made.json()["code"], "no_proxy": "*"}
                shell = await asyncio.create_subprocess_exec(
                    "bash", "-c", script(tmp_path), cwd=tmp_path, env={**os.environ, **said},
                    stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
                )  # fmt: skip
                words, _ = await shell.communicate()
                assert shell.returncode == 0, words.decode()
            told = read(tmp_path, "receipt")["results"]
            assert [result["outcome"] for result in told] == ["accepted", "rejected"]
            await receipts.take_files(here.state, here.clock())
            place = f"/v1/imports/{read(tmp_path, 'import')['import_id']}"
            assert (await here.client.get(place, headers=power.headers)).json()["counts"]["rejected"] == 1
            assert {event["event_id"] for event in power.events()} >= {"bill-77", "bill-79", "bill-80"}

    run(work())


def read(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text())
    return found


def test_the_numbers_and_keys_of_the_guide_are_those_that_hold() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert f"at most {rows.ROWS_MOST:,} rows" in text
    told = notice_days.notice_rules()
    assert f"a text of at least {told.evidence} signs" in text
    for where, days in told.days.items():
        (others,) = set(days.kinds.values())
        assert f"| `{where}` | {days.usual} days | {others} days |" in text
    assert {name for name in COLUMNS if f"`{name}`" not in text} == set()
