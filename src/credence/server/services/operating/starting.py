"""The month's run: an operator asks for it, or the bureau does when it is due; a job makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from credence.errors import ConflictError, InvalidRequestError
from credence.events.log import EventLog
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.operating import due

# So often one is begun that never ends: what takes the whole machine down each time is no accident.
TRIES_MOST = 5
NO_DAY = "The scorecards have no day of the month in common (evaluated_on_day): say which day."
AHEAD = "It is {today} where the log is: ask for {day} when it has come."
OPEN = "A run as of {day} is asked for already, and is not done."
MADE = "A run as of {day} was made already; ask for the day again to have it as known now."
NO_REASON = "Say why the scores are published although limits hold them back."
NOT_HELD = "No scores as of {day} are held back that could be published."
TOO_OFTEN = "It was begun {tries} times and never came to an end; the log of the bureau says more."

COLUMNS = """request_id, as_of, known_at, asked_by, asked_at, accepted, state, sentences::text AS sentences,
  run, tries, begun_at, ended_at"""
ADD = """
INSERT INTO run_requests (request_id, as_of, known_at, asked_by, asked_at, accepted, run)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (as_of) WHERE state IN ('waiting', 'running') DO NOTHING RETURNING request_id
"""
LIST = f"SELECT {COLUMNS} FROM run_requests ORDER BY request_id DESC LIMIT $1"  # noqa: S608 - named above
LAST = f"SELECT {COLUMNS} FROM run_requests WHERE as_of = $1 ORDER BY request_id DESC LIMIT 1"  # noqa: S608
# What is marked as running comes first: nobody is at work on it any more.
BEGIN = f"""
UPDATE run_requests SET state = 'running', begun_at = coalesce(begun_at, $1), tries = tries + 1
WHERE request_id = (SELECT request_id FROM run_requests WHERE state IN ('waiting', 'running')
  ORDER BY state = 'running' DESC, request_id LIMIT 1 FOR UPDATE)
RETURNING {COLUMNS}
"""  # noqa: S608
END = """
UPDATE run_requests SET state = $2, run = coalesce($3, run), sentences = $4::jsonb, ended_at = $5
WHERE request_id = $1
"""


@dataclass(frozen=True)
class RunRequest:
    """A run that was asked for, and what became of it (store/schema/run_requests.py)."""

    request_id: str
    as_of: date
    known_at: datetime | None
    asked_by: str
    asked_at: datetime
    accepted: str | None
    state: str
    sentences: tuple[str, ...]
    run: str | None
    tries: int
    begun_at: datetime | None
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it is still to be made."""
        return self.state in ("waiting", "running")


@dataclass(frozen=True)
class Ended:
    """What became of a run: made, held_back or failed; which it is, where that is known; and why."""

    state: str
    run: str | None
    sentences: tuple[str, ...]


async def ask(
    context: Context, log: EventLog, day: date | None, accept: str | None = None, *, again: bool = False
) -> str:
    """Ask for a run; return the request's id.

    Args:
        context: The context.
        log: The event log.
        day: The day of the scores; the last on which a run was due if not said.
        accept: Why the scores of the day that limits hold back are published nevertheless.
        again: Whether a day of which there is a run is scored again, as known now.

    Raises:
        InvalidRequestError: The day has not come, or there is none; or the reason is empty.
        ConflictError: It is asked for already, was made, or nothing is held back that could be accepted.
    """
    if accept is not None and not accept.strip():
        raise InvalidRequestError(NO_REASON, {"/accept": NO_REASON})
    every = await due.scorecards(context, log)
    day = _day(await due.days_of(context, log, every), day)
    last = await _last(context, day)
    held = last if last is not None and last.state == "held_back" else None
    if accept is not None:
        if held is None:
            raise ConflictError(NOT_HELD.format(day=day))
        return await _add(context, day, None, (accept, held.run))
    if not again and await due.is_made(context, day, every):
        raise ConflictError(MADE.format(day=day))
    # What was held back would be held back again, were it not looked at as known now.
    return await _add(context, day, context.now if again or held else None, (None, None))


async def ask_due(context: Context, log: EventLog) -> str | None:
    """Ask for the run that is due in the bureau's own name; None where there is nothing to ask for.

    That is so while there is a run of that day, where it was asked for, whatever became of it, and of days
    before the log began.
    """
    days = await due.days_of(context, log, await due.scorecards(context, log))
    if days.due is None or days.begun is None or days.due < days.begun:
        return None
    if await _last(context, days.due) is not None or await due.is_there(context, days.due):
        return None
    return await _add(context, days.due, None, (None, None))


async def listed(context: Context, limit: int) -> list[RunRequest]:
    """What was asked for, the newest first."""
    return [_request(row) for row in await context.connection.fetch(LIST, limit)]


async def begin(context: Context) -> RunRequest | None:
    """Begin what was asked for first, or take up what was left running; None where nothing waits.

    Whoever calls this has made sure that nobody is at work on any.
    """
    row = await context.connection.fetchrow(BEGIN, context.now)
    found = None if row is None else _request(row)
    if found is not None and found.tries > TRIES_MOST:
        await end(context, found, Ended("failed", None, (TOO_OFTEN.format(tries=TRIES_MOST),)))
        return None
    return found


async def end(context: Context, request: RunRequest, ended: Ended) -> None:
    """Keep what became of it."""
    said = msgspec.json.encode(ended.sentences).decode()
    values = request.request_id, ended.state, ended.run, said, context.now
    await context.connection.execute(END, *values)
    what, name = f"run.{ended.state}", request.request_id
    await audit.record(context, what, request=name, as_of=request.as_of, run=ended.run)


def _day(days: due.Days, asked: date | None) -> date:
    day = asked or days.due
    if day is None:
        raise InvalidRequestError(NO_DAY, {"/as_of": NO_DAY})
    if day > days.today:
        sentence = AHEAD.format(today=days.today, day=day)
        raise InvalidRequestError(sentence, {"/as_of": sentence})
    return day


async def _add(
    context: Context, day: date, known_at: datetime | None, accepted: tuple[str | None, str | None]
) -> str:
    made = new_id("rnr", context.now)
    values = made, day, known_at, context.actor.id, context.now, *accepted
    if await context.connection.fetchval(ADD, *values) is None:
        raise ConflictError(OPEN.format(day=day))
    reason, run = accepted
    await audit.record(context, "run.asked", request=made, as_of=day, accepted=reason is not None, run=run)
    return made


async def _last(context: Context, day: date) -> RunRequest | None:
    row = await context.connection.fetchrow(LAST, day)
    return None if row is None else _request(row)


def _request(row: Mapping[str, Any]) -> RunRequest:
    return RunRequest(**dict(row) | {"sentences": tuple(msgspec.json.decode(row["sentences"]))})
