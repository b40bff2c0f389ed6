"""The month's run: asked for, made in a process of its own, held back, accepted, taken up after a crash."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fcntl import LOCK_EX, LOCK_NB
from pathlib import Path
from typing import Any

import httpx
import pytest

from credence import EventLog, import_rows
from credence.errors import UnavailableError
from credence.events.scratch import held
from credence.runs.published import published
from credence.scorecards.load import find
from credence.server.jobs import runs
from credence.server.jobs.runs import CHANGED, Said, ask_when_due, command, ended, make_asked, said_by
from credence.server.services.operating import due, starting
from credence.server.services.operating.starting import RunRequest
from credence.server.settings import Settings
from tests.server.harness import Bureau, bureau, run

# Long ago, so that the run's own clock, which is the machine's, is later wherever the tests are run.
BEGUN = datetime(2020, 1, 5, 1, tzinfo=UTC)
DAY, NOBODY = date(2020, 1, 6), date(2018, 1, 6)
ROUTE = "/v1/run-requests"
EVERYDAY = find("everyday").read_text(encoding="utf-8")
OWN = """
INSERT INTO definitions
  (definition_id, partner_id, kind, name, version, text, definition_hash, state, added_at, published_at)
VALUES ('def_' || $1, $2, 'scorecard', $1, 1, $3, '', 'published', $4, $4)
"""


@dataclass
class Place:
    """A bureau with two people in its log, and an operator who may ask for runs."""

    here: Bureau
    headers: dict[str, str] = field(default_factory=dict)

    async def ask(self, status: int = 201, **said: Any) -> httpx.Response:  # noqa: ANN401 - as JSON has it
        self.here.clock.instant = datetime.now(UTC)
        reply = await self.here.client.post(ROUTE, json=said, headers=self.headers)
        assert reply.status_code == status, reply.text
        return reply

    async def made(self) -> dict[str, Any]:
        """The last that was asked for, once the job was done."""
        self.here.clock.instant = datetime.now(UTC)
        assert await make_asked(self.here.state, self.here.clock()) == 1
        return (await self.every())[0]

    async def every(self) -> list[dict[str, Any]]:
        self.here.clock.instant = datetime.now(UTC)
        reply = await self.here.client.get(ROUTE, headers=self.headers)
        found: list[dict[str, Any]] = reply.json()["data"]
        return found

    async def due(self, at: str) -> int:
        """Whether a run is asked for at a time."""
        self.here.clock.instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
        return await ask_when_due(self.here.state, self.here.clock())

    async def carry_out(self, query: str) -> None:
        async with self.here.as_() as context:
            await context.connection.execute(query)

    async def audited(self) -> list[tuple[str, str]]:
        async with self.here.as_() as context:
            query = "SELECT what, actor FROM audit WHERE starts_with(what, 'run.') ORDER BY entry_id"
            return [(row["what"], row["actor"]) for row in await context.connection.fetch(query)]


def record(log: Path) -> None:
    """A bill a month for a year of two people, as known when the log began."""
    rows: list[dict[str, object]] = [
        {
            "furnisher": "power", "event_id": f"{who}-{month}", "person_id": who, "kind": "bill.paid",
            "days_late": 0, "occurred_at": str(DAY - timedelta(days=15 + 30 * month)),
        }
        for month in range(12) for who in ("log-ana", "log-ben")
    ]  # fmt: skip
    assert import_rows(EventLog.create(log), rows, BEGUN).total("accepted") == len(rows)


@asynccontextmanager
async def place(database: str, folder: Path, **said: object) -> AsyncIterator[Place]:
    record(folder / "log")
    async with bureau(database, folder, **said) as here:
        here.clock.instant = datetime.now(UTC)
        found = Place(here, (await here.party("operator", "risk"))[1])
        yield found


def test_a_run_that_is_asked_for_is_made_in_a_process_of_its_own(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            assert await make_asked(there.here.state, there.here.clock()) == 0
            asked = (await there.ask(as_of=str(DAY))).json()["request_id"]
            assert "asked for already" in (await there.ask(409, as_of=str(DAY), again=True)).text
            found = await there.made()
            (made,) = published(folder / "runs")
            assert (found["request_id"], found["state"], found["run"]) == (asked, "made", made.run)
            assert (made.as_of, made.manifest.scorecards[0].scored) == (DAY, 2)
            assert found["sentences"] == []
            assert "was made already" in (await there.ask(409, as_of=str(DAY))).text
            # Taken up after it was published and nobody could say so: it is found, not made once more.
            await there.carry_out("UPDATE run_requests SET state = 'running', run = NULL")
            assert (await there.made())["run"] == made.run
            async with there.here.as_() as context:
                assert [await due.is_there(context, day) for day in (DAY, NOBODY)] == [True, False]
            await there.ask(as_of=str(DAY), again=True)
            again = await there.made()
            assert again["known_at"] is not None
            assert [one.run for one in published(folder / "runs")] == [made.run, again["run"]]
            assert await there.audited() == [
                ("run.asked", "operator"), ("run.made", "system"), ("run.made", "system"),
                ("run.asked", "operator"), ("run.made", "system"),
            ]  # fmt: skip

    run(work())


def test_what_limits_hold_back_is_published_for_a_reason(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            assert "held back" in (await there.ask(409, as_of=str(NOBODY), accept="So it is")).text
            await there.ask(as_of=str(NOBODY))
            kept = await there.made()
            assert kept["state"] == "held_back"
            assert any("have no score" in one for one in kept["sentences"])
            assert published(folder / "runs") == []
            async with there.here.as_() as context:
                assert await due.is_there(context, NOBODY)
            assert "/accept" in (await there.ask(422, as_of=str(NOBODY), accept=" ")).text
            reason = "--json: nobody did anything then"
            await there.ask(as_of=str(NOBODY), accept=reason)
            found = await there.made()
            assert (found["state"], found["run"], found["accepted"]) == ("made", kept["run"], reason)
            # A run that was begun on the command line is nothing to be asked for.
            await there.carry_out("DELETE FROM run_requests")
            (folder / "runs" / str(NOBODY)).rename(folder / "runs" / str(DAY))
            assert await there.due("2020-01-07") == 0
            (folder / "runs" / str(DAY)).rename(folder / "runs" / str(NOBODY))
            assert found["sentences"] == kept["sentences"]
            (made,) = published(folder / "runs")
            assert (made.run, made.manifest.accepted) == (kept["run"], reason)

    run(work())


def test_what_is_not_there_any_more_is_not_accepted(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            await there.ask(as_of=str(NOBODY))
            await there.carry_out("UPDATE run_requests SET state = 'held_back', run = 'gone'")
            await there.ask(as_of=str(NOBODY), accept="It is fine.")
            found = await there.made()
            assert (found["state"], found["sentences"]) == ("failed", [CHANGED])
            # What was held back before is looked at as known now, not the same once more.
            await there.carry_out("UPDATE run_requests SET state = 'held_back'")
            await there.ask(as_of=str(NOBODY))
            assert (await there.every())[0]["known_at"] is not None

    run(work())


def test_a_run_whose_bureau_ends_ends_too_and_is_taken_up_again(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            await there.ask(as_of=str(DAY))
            job = asyncio.create_task(make_asked(there.here.state, there.here.clock()))
            await asyncio.sleep(0.5)
            assert (await there.every())[0]["state"] == "running"
            # Nobody else takes it meanwhile.
            assert await make_asked(there.here.state, there.here.clock()) == 0
            job.cancel()
            with pytest.raises(asyncio.CancelledError):
                await job
            assert published(folder / "runs") == []
            assert (await there.made())["state"] == "made"

    run(work())


def test_partners_own_scorecards_are_run_too_but_for_those_that_need_a_table(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            partner, _ = await there.here.party("partner")
            frailty = find("frailty").read_text(encoding="utf-8")
            for name, text in (
                ("sunny", EVERYDAY.replace("name: everyday", "name: sunny")),
                ("frailty", frailty),
            ):
                async with there.here.as_() as context:
                    await context.connection.execute(OWN, name, partner.id, text, context.now)
            await there.ask(as_of=str(DAY))
            assert (await there.made())["state"] == "made"
            (made,) = published(folder / "runs")
            assert [scores.name for scores in made.manifest.scorecards] == ["everyday", "sunny"]

    run(work())


def test_the_table_of_groups_is_told_to_the_run(folder: Path) -> None:
    request = RunRequest("rnr_1", DAY, None, "bureau", BEGUN, None, "running", (), None, 1, BEGUN, None)
    words = command(Settings(data=folder, groups=Path("groups.csv")), ["everyday"], request, None)
    assert words[words.index("--groups") + 1] == "groups.csv"
    assert "--known-at" not in words


def test_a_process_that_goes_on_without_its_bureau_keeps_others_away(folder: Path) -> None:
    folder.mkdir()

    async def work() -> None:
        words = ["sh", "-c", "read word; sleep 0"]
        with held(folder, LOCK_EX) as lock:
            process = await asyncio.create_subprocess_exec(
                *words, stdin=asyncio.subprocess.PIPE, pass_fds=(lock,)
            )
        assert process.stdin is not None
        with pytest.raises(BlockingIOError), held(folder, LOCK_EX | LOCK_NB):
            pass
        process.stdin.write(b"on\n")
        assert await process.wait() == 0
        with held(folder, LOCK_EX | LOCK_NB) as lock:
            assert await said_by(["sh", "-c", "sleep 1; nice; echo no >&2; exit 3"], lock) == Said(
                3, b"10\n", b"no\n"
            )

    run(work())


def test_what_is_begun_again_and_again_and_never_ends_fails(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            await there.ask(as_of=str(DAY))
            await there.carry_out("UPDATE run_requests SET state = 'running', tries = 5")
            assert await make_asked(there.here.state, there.here.clock()) == 0
            (found,) = await there.every()
            assert found["state"] == "failed"
            assert "never came to an end" in found["sentences"][0]

    run(work())


def test_a_scorecard_with_faults_is_told(database: str, folder: Path) -> None:
    async def work() -> None:
        card = folder.parent / "card.yaml"
        card.write_text(EVERYDAY, encoding="utf-8")
        async with place(database, folder, scorecards=(str(card),)) as there:
            await there.ask(as_of=str(DAY))
            card.write_text("name: everyday\n", encoding="utf-8")
            found = await there.made()
            assert found["state"] == "failed"
            assert "card.yaml" in found["sentences"][0]

    run(work())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said(-9, b"", b""), "signal 9"),
        (Said(1, b"", b"Traceback\nMemoryError\n"), "MemoryError"),
        (Said(1, b"[]", b""), "ended with 1"),
        (Said(2, b'{"error": "run_busy", "sentence": "Another process."}', b""), "Another process."),
    ],
)
def test_whatever_a_process_ends_with_is_told_in_a_sentence(said: Said, told: str) -> None:
    found = ended(said)
    assert (found.state, found.run) == ("failed", None)
    assert told in found.sentences[0]


def test_the_run_is_asked_for_on_the_day_that_it_is_due_and_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            # The last that was due is of before the log began.
            assert await there.due("2020-01-05T02:00") == 0
            assert [await there.due(f"2020-01-06T00:{minute}") for minute in ("05", "15")] == [1, 0]
            (found,) = await there.every()
            assert (found["as_of"], found["asked_by"], found["state"]) == (str(DAY), "bureau", "waiting")
            assert await there.due("2020-02-05") == 0
            assert await there.due("2020-02-20") == 1
            # What failed is asked for by an operator, who sees why.
            await there.carry_out("UPDATE run_requests SET state = 'failed' WHERE state = 'waiting'")
            assert await there.due("2020-02-21") == 0
            assert set(await there.audited()) == {("run.asked", "system")}

    run(work())


def test_nothing_is_asked_for_where_operators_do(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder, run_monthly=False) as there:
            assert await there.due("2020-01-07") == 0

    run(work())


def test_while_the_database_is_away_nothing_is_said_of_the_run(database: str, folder: Path) -> None:
    async def work() -> None:
        async with place(database, folder) as there:
            await there.ask(as_of=str(DAY))
            async with there.here.as_() as context:
                request = await starting.begin(context)
            assert request is not None
            await there.here.state.pool.close()
            with pytest.raises(UnavailableError):
                await runs._made(there.here.state, there.here.clock(), request, 0)  # noqa: SLF001 - the step

    run(work())
