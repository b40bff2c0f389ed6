"""A run's scores become readers': `python -m bench.server_publishing --people 1000000`.

CPU is of this process, which packs the rows with DuckDB, and of PostgreSQL, which takes them and makes the
key. A town is made, taken into a log and scored first, which is not in the figures.
"""

import argparse
import asyncio
import os
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg

from bench.serving import OPTIONS, backends, spent
from credence.events.log import EventLog
from credence.lab.big_town.beside import inhabitants
from credence.lab.big_town.make import Town, make_town, move_in
from credence.runs.published import PublishedRun
from credence.runs.request import Request
from credence.runs.run import run
from credence.scorecards.load import load_scorecard
from credence.server.app import bureau_state
from credence.server.database.embedded import embedded
from credence.server.database.migrate import migrate
from credence.server.jobs.publications import publish
from credence.server.settings import Settings

DAY = date(2026, 11, 6)
NIGHT = datetime(2026, 11, 6, tzinfo=UTC)
# CPU seconds for a million people; the longest that a reader may wait for the swap, in milliseconds.
AIM, SWAP_AIM = 10.0, 50.0
PAUSE = 0.002
READ = "SELECT * FROM scores JOIN publications USING (number) WHERE person_id = 'per_' || lpad('7', 26, '0')"
TICK = os.sysconf("SC_CLK_TCK")
PERSON = """
INSERT INTO people (person_id, log_id, enrolled_at)
SELECT 'per_' || lpad(row_number() OVER ()::text, 26, '0'), log_id, now() FROM known
"""


def main() -> None:
    """Make a town, score it, and publish the scores to readers."""
    parser = argparse.ArgumentParser(prog="python -m bench.server_publishing", description=__doc__)
    parser.add_argument(
        "--people", type=int, default=100_000, help="how many, at most 999,999 and the stories"
    )
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory(prefix="bench-publishing-") as place:
        Path(place).chmod(0o755)
        data = Path(place) / "data"
        found, known = _scored(data, Path(place) / "town", people)
        print(f"{people:,} people scored", flush=True)
        cluster = Path(place) / "postgres"
        with embedded(cluster) as server:
            url = server.url("postgres")
            migrate(url)
            _enrol(url, known)
            asyncio.run(_measure(url, Settings(data=data), found, cluster))


def _scored(data: Path, town: Path, people: int) -> tuple[PublishedRun, list[str]]:
    """The run of a town's scores, and who lives there."""
    settings = Settings(data=data)
    files = make_town(town, Town(people, last_day=DAY))
    log = EventLog.create(settings.log)
    move_in(log, files, NIGHT)
    request = Request(log, settings.runs, (load_scorecard("everyday", log.vocabulary),), DAY)
    made = run(request, NIGHT + timedelta(hours=1)).published
    assert made is not None, "nothing holds a first run back"
    log.close()
    return made, [one.person_id for one in inhabitants(files)]


def _enrol(url: str, known: list[str]) -> None:
    with psycopg.connect(url, autocommit=True, options=OPTIONS) as connection:
        connection.execute("CREATE TEMP TABLE known (log_id text)")
        with connection.cursor().copy("COPY known FROM STDIN") as copy:
            for log_id in known:
                copy.write_row((log_id,))
        connection.execute(PERSON)
        connection.execute("VACUUM ANALYZE people")
        connection.execute("CHECKPOINT")


async def _measure(url: str, settings: Settings, found: PublishedRun, cluster: Path) -> None:
    async with bureau_state(settings, url) as state:
        done = threading.Event()
        reading = asyncio.create_task(asyncio.to_thread(_read_on, url, done))
        # What starts with the first queries is not of publishing.
        await asyncio.sleep(1)
        before = time.process_time(), _database(cluster)
        rows = await publish(state, found, datetime.now(UTC))
        own, database = time.process_time() - before[0], _database(cluster) - before[1]
        done.set()
        reader, backend, longest = await reading
    own, database = own - reader, database - backend
    million = (own + database) * 1e6 / rows
    print(f"{rows:,} scores with their lines: {own:.1f} CPU s here, {database:.1f} in PostgreSQL")
    print(f"a million: {million:.1f} CPU s (aim {AIM:.0f}: {'met' if million <= AIM else 'MISSED'})")
    met = "met" if longest <= SWAP_AIM else "MISSED"
    print(f"a reader waited {longest:.0f} ms at most (aim {SWAP_AIM:.0f}: {met})")


def _read_on(url: str, done: threading.Event) -> tuple[float, float, float]:
    """Read somebody's newest score again and again: CPU s here and in PostgreSQL, the longest wait in ms."""
    longest, begun = 0.0, time.thread_time()
    with psycopg.connect(url, autocommit=True, options=OPTIONS) as connection:
        own = [connection.info.backend_pid]
        before = spent(own)
        while not done.wait(PAUSE):
            asked = time.perf_counter()
            connection.execute(READ).fetchall()
            longest = max(longest, time.perf_counter() - asked)
        return time.thread_time() - begun, spent(own) - before, longest * 1e3


def _database(cluster: Path) -> float:
    """CPU seconds of PostgreSQL: of its processes, and of those that it has seen end."""
    first = (cluster / "cluster" / "postmaster.pid").read_text().split()[0]
    ended = Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()[13:15]
    return spent(backends(cluster)) + sum(map(int, ended)) / TICK


if __name__ == "__main__":
    main()
