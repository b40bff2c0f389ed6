"""What is done about people by itself: mails go out, erased people out of the log, keys are wrapped anew."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from credence.errors import LogBusyError, PersonNotFoundError
from credence.events.upkeep import erase
from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.context import SYSTEM, Context
from credence.server.services.furnishing.log_writer import writing
from credence.server.services.people import accounts, codes, erasing, limits, mails, passkeys, post, vault
from credence.server.services.reading.kept import SHELF
from credence.server.state import State

MAILS_MOST = 200
# How often it is tried to be alone with what is kept, until the next time that the job is due.
TRIES, PAUSE_SECONDS = 50, 0.1


async def send_mails(state: State, now: datetime) -> int:
    """Send what is due, each in a transaction of its own; return how many went out."""
    sent = 0
    for _ in range(MAILS_MOST):
        async with _system(state, now) as context:
            due = await mails.next_due(context, state.keys)
            if due is None:
                break
            sent += await _sent(state, context, due)
    return sent


async def _sent(state: State, context: Context, due: mails.Due) -> bool:
    if due.letter is not None:
        try:
            await asyncio.to_thread(post.deliver, state.settings, due.mail_id, due.letter, context.now)
        except post.FAILED:
            pass
        else:
            await mails.note_sent(context, due)
            return True
    await mails.note_failed(context, due)
    return False


async def erase_from_log(state: State, now: datetime) -> int:
    """Take erased people's events out of the log; return how many people. It goes on where it was stopped."""
    done = 0
    while True:
        async with _system(state, now) as context:
            found = await accounts.next_in_log(context)
            if (
                found is None
                or not await _alone(context, found[0])
                or not await _erased(state, found[1], now)
            ):
                return done
            await accounts.note_gone(context, *found)
            SHELF.forget(found[0])
            done += 1


async def _alone(context: Context, person_id: str) -> bool:
    """Whether nobody keeps anything that may be somebody's who was erased; if so, nobody begins to."""
    for _ in range(TRIES):
        if await erasing.sweep(context, person_id):
            return True
        await asyncio.sleep(PAUSE_SECONDS)
    return False


async def _erased(state: State, log_id: str, now: datetime) -> bool:
    try:
        await writing(state, lambda log: erase(log, log_id, now))
    except PersonNotFoundError:
        return True
    except LogBusyError:
        return False
    return True


async def wrap_keys(state: State, now: datetime) -> int:
    """Wrap keys of people with the current master key, in batches; return how many."""
    done = 0
    while True:
        async with _system(state, now) as context:
            wrapped = await vault.rotate(context, state.keys)
        if not wrapped:
            return done
        done += wrapped


async def forget_tries(state: State, now: datetime) -> int:
    """Delete codes, challenges and tries that are too old to matter; return how many."""
    async with _system(state, now) as context:
        old = await codes.forget(context) + await limits.forget(context)
        return old + await passkeys.forget(context)


@asynccontextmanager
async def _system(state: State, now: datetime) -> AsyncIterator[Context]:
    async with acting(state.pool, SYSTEM.setting) as connection:
        yield Context(SYSTEM, connection, now, new_id("req", now), state.settings)
