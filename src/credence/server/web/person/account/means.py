"""How somebody signs in, and where they are: passkeys, sessions, and a recovery that somebody asked for."""

from fastapi import APIRouter
from fastapi.responses import Response

from credence.server.requests import COOKIE
from credence.server.services.people import passkeys, recovery, sessions
from credence.server.web.entry.door import to
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
HERE = "/me/account"


@router.post(f"{HERE}/passkeys/{{passkey_id}}/remove")
async def remove_passkey(visitor: AtPerson, passkey_id: str) -> Response:
    """Remove a passkey; the last means of signing in stays."""
    await passkeys.remove(visitor.context, passkey_id)
    return to(HERE, done="passkey_removed")


@router.post(f"{HERE}/sessions/{{session_id}}/end")
async def end_session(visitor: AtPerson, session_id: str) -> Response:
    """End one session."""
    await sessions.end(visitor.context, session_id)
    return to(HERE, done="session_ended")


@router.post(f"{HERE}/sessions/end")
async def end_all(visitor: AtPerson) -> Response:
    """Sign out everywhere, here too."""
    await sessions.end_all(visitor.context, visitor.context.actor)
    reply = to("/sign-in")
    reply.delete_cookie(COOKIE)
    return reply


@router.post(f"{HERE}/recoveries/{{recovery_id}}/stop")
async def stop_recovery(visitor: AtPerson, recovery_id: str) -> Response:
    """Stop a recovery."""
    await recovery.stop(visitor.context, recovery_id)
    return to(HERE, done="recovery_stopped")
