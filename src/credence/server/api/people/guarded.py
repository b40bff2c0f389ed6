"""What surrounds a try to sign in or to say a code: it is counted before, and forgiven if it worked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request, Response

from credence.server.api.dependencies import COOKIE, as_system, state_of
from credence.server.services.context import Context
from credence.server.services.people import limits, sessions


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
