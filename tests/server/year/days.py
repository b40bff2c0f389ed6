"""Days: the bureau does by itself what is due, months are published, and people leave."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from credence import EventLog, load_scorecard
from credence.runs.limits import Limits
from credence.runs.request import Request
from credence.runs.run import run
from credence.server.jobs import disputes, forgetting, notices, people, publications, receipts
from credence.server.services.furnishing import log_writer
from tests.server.approving import let_readers_have
from tests.server.year.model import Life
from tests.server.year.town import CARD, Town

DAILY = (receipts.take, disputes.remind_and_decide, people.erase_from_log)
WEEKLY = (notices.remind, forgetting.forget, people.forget_tries, receipts.forget)
PUBLISHED_ON = 6
TEXTS = "SELECT to_jsonb(t)::text AS said FROM {} AS t"
TABLES = """
SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'credence' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1
"""


async def pass_by(town: Town, days: int) -> None:
    """Let days pass; each does its work, and on the sixth of a month the scores are published."""
    for _ in range(days):
        town.here.clock.move(days=1)
        for work in (*DAILY, *(WEEKLY if town.now.weekday() == 0 else ())):
            await work(town.here.state, town.now)
        _silence(town)
        if town.now.day == PUBLISHED_ON:
            await publish(town)
    for life in town.lives:
        if not life.erased:
            await town.sign_in_again(life)


def _silence(town: Town) -> None:
    """What nobody answered by its day is gone."""
    for life in town.lives:
        for dispute in list(life.disputes):
            if dispute.due_on <= town.now.date():
                for said in dispute.items.values():
                    life.goes(said, town.now)
                life.disputes.remove(dispute)


async def publish(town: Town) -> None:
    """Publish the month's scores; the log's files are put in order first."""
    state, now = town.here.state, town.now
    await receipts.tidy(state, now)

    def work() -> str:
        log = EventLog.open(state.settings.log)
        cards = (load_scorecard(CARD, log.vocabulary),)
        known_at = now.astimezone(UTC).replace(tzinfo=None)
        request = Request(log, state.settings.runs, cards, now.date(), known_at, limits=Limits())
        outcome = run(request, now + timedelta(seconds=1))
        log.close()
        assert outcome.published is not None
        return outcome.published.run

    name = await asyncio.to_thread(work)
    await let_readers_have(town.here, name)
    await publications.publish_runs(state, now)
    town.published[name] = (now, await of_run(town, name))


async def of_run(town: Town, name: str) -> dict[str, object]:
    """What readers have of a run, by person; whoever is erased is in none."""
    query = """
    SELECT person_id, to_jsonb(s)::text || to_jsonb(p)::text AS said
    FROM scores s JOIN publications p USING (number) WHERE run = $1
    """
    return {str(one["person_id"]): one["said"] for one in await town.rows(query, name)}


async def leaves(town: Town, life: Life) -> None:
    """Close an account: nobody reads it any more."""
    await town.sign_in_again(life)
    await town.good(life.person_id, "POST", "/account/leaving")
    life.left = True
    for consent in life.consents:
        consent.withdrawn = True


async def erases(town: Town, life: Life) -> None:
    """Have everything erased; what was known only to the person is then nowhere."""
    await town.sign_in_again(life)
    await town.good(life.person_id, "POST", "/account/erasure", {"erase_everything": True})
    life.erased = True
    reply = await town.send(life.person_id, "GET", "/account")
    assert reply.status_code == 401
    await people.erase_from_log(town.here.state, town.now)
    await unreadable(town, life)


async def unreadable(town: Town, life: Life) -> None:
    """Nothing of an erased person is in any table, in the log, or in a file that can be read."""
    hidden = [*life.secrets, life.log_id]
    for row in await town.rows(TABLES):
        said = "\n".join(str(one["said"]) for one in await town.rows(TEXTS.format(row["name"])))
        found = [one for one in hidden if one in said]
        assert not found, (row["name"], found)
    with log_writer.opened(town.here.state) as log:
        assert log.events_of(life.log_id) == []
    for path in _files(town):
        content = path.read_bytes()
        assert not [one for one in hidden if one.encode() in content], path
    rows = await town.rows("SELECT person_id FROM pairwise WHERE person_id = $1", life.person_id)
    assert rows == []


def _files(town: Town) -> list[Path]:
    """Files that the bureau keeps, but for the runs of before, which say nothing of whom a pseudonym was."""
    data = town.here.state.settings.data
    return [path for path in data.rglob("*") if path.is_file() and "runs" not in path.parts]


def at(text: str) -> datetime:
    return datetime.fromisoformat(re.sub("Z$", "+00:00", text))
