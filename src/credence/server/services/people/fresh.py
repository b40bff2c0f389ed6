"""What only somebody may do who signed in a short while ago: a stolen session alone does none of it."""

from datetime import timedelta

from credence.errors import SignInAgainError
from credence.server.services.context import Context

MEANS = """
SELECT EXISTS (SELECT FROM passkeys WHERE actor = $1 AND actor_id = $2)
OR EXISTS (SELECT FROM passwords WHERE actor = $1 AND actor_id = $2 AND confirmed_at IS NOT NULL)
"""


def check(context: Context) -> None:
    """Make sure that whoever acts signed in within the minutes of the settings.

    Raises:
        SignInAgainError: They signed in longer ago.
    """
    minutes, since = context.settings.fresh_minutes, context.actor.since
    if since is None or context.now - since > timedelta(minutes=minutes):
        raise SignInAgainError(minutes)


async def check_unless_first(context: Context) -> None:
    """The same for adding means to sign in; whoever has none yet adds the first one whenever they like.

    Raises:
        SignInAgainError: They have means, and signed in longer ago.
    """
    actor = context.actor
    system = await context.as_system()
    has = await system.connection.fetchval(MEANS, actor.kind, actor.id)
    await context.back()
    if has:
        check(context)
