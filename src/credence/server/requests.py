"""What pages and the API know of a request alike: the bureau it came to, a transaction, tries, the cookie."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request, Response

from credence.errors import FrozenError
from credence.server.database.pool import acting
from credence.server.services.context import SYSTEM, Context
from credence.server.services.people import limits, sessions
from credence.server.services.reading import refusals
from credence.server.state import State

COOKIE = "credence_session"


def state_of(request: Request) -> State:
    """What the application holds: settings, keys, the pool, the log, a clock."""
    found: State = request.app.state.bureau
    return found


@asynccontextmanager
async def as_system(request: Request, *, small: bool = False) -> AsyncIterator[Context]:
    """A transaction for a request, in the name of the bureau itself; `small` on a connection of the few."""
    state = state_of(request)
    pool = state.small if small else state.pool
    try:
        async with acting(pool, SYSTEM.setting) as connection:
            yield Context(SYSTEM, connection, state.clock(), request.state.request_id, state.settings)
    except FrozenError as error:
        # The transaction is undone; that somebody asked is kept for the person to see.
        async with acting(pool, SYSTEM.setting) as connection:
            now, request_id = state.clock(), request.state.request_id
            asked = Context(request.state.actor, connection, now, request_id, state.settings)
            await refusals.record(asked, error.refused)
        raise


@asynccontextmanager
async def guarded(request: Request, account: str) -> AsyncIterator[Context]:
    """The system's context for a try on an account, counted against it and against the address it comes from.

    Raises:
        RateLimitedError: The address asks too often, whatever for.
        TooManyTriesError: Either was tried too often.
    """
    keys = state_of(request).keys
    address = f"address {request.client.host if request.client else 'nowhere'}"
    async with as_system(request) as context:
        request.state.bucket = await request.app.state.buckets.take(context, address)
        tries = await limits.count(context, keys, account, address)
    async with as_system(request) as context:
        yield context
        await limits.forgive(context, keys, account, tries)


async def count(request: Request, subject: str) -> None:
    """Count what may be done five times in a quarter of an hour, whether it works or not.

    Raises:
        TooManyTriesError: It was done too often.
    """
    async with as_system(request) as context:
        await limits.count(context, state_of(request).keys, subject)


def keep_signed_in(response: Response, context: Context, token: str) -> None:
    """Set the cookie of a session, which no script can read and no other site can send along."""
    secure = context.settings.public_url.startswith("https:")
    lasts = int(sessions.LASTS.total_seconds())
    response.set_cookie(COOKIE, token, max_age=lasts, httponly=True, secure=secure, samesite="lax")
