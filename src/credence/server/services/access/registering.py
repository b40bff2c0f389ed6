"""How operators and members come in first, or after a passkey was lost: a secret registers one, once."""

from dataclasses import replace
from typing import Any

from credence.server.services import audit
from credence.server.services.access import parties
from credence.server.services.context import Actor, Context
from credence.server.services.people import passkeys, sessions
from credence.server.services.people.passkeys import Asked

# What was lost signs nobody in any more, and other secrets of theirs are of no use.
FORGET = (
    "DELETE FROM links WHERE actor = $1 AND actor_id = $2 AND used_at IS NULL",
    "DELETE FROM passkeys WHERE actor = $1 AND actor_id = $2",
    "DELETE FROM passwords WHERE actor = $1 AND actor_id = $2",
)
HOW = "invitation"


async def begin(context: Context, secret: str, name: str) -> Asked:
    """Ask the browser of whoever has a secret to make a passkey; the secret is not used by this.

    Args:
        context: The system's context.
        secret: What `credence operators add` or `link` printed, or the same for members.
        name: How the passkey is called, for its owner to know it again.

    Raises:
        NotSignedInError: There is no such secret, or it was used, or has ended.
    """
    somebody = await parties.invited(context, secret)
    return await passkeys.begin_adding(_as(context, somebody), name)


async def finish(
    context: Context, secret: str, challenge_id: str, answer: dict[str, Any], name: str
) -> tuple[Actor, str]:
    """Register the passkey that was made, and sign in with it; nothing from before signs in any more.

    Args:
        context: The system's context.
        secret: The same secret, which is used by this.
        challenge_id: What was asked.
        answer: What the browser answered.
        name: How the passkey is called.

    Raises:
        NotSignedInError: There is no such secret, or it was used, or has ended.
        SignInFailedError: The answer does not fit what was asked.
    """
    somebody = await parties.use_link(context, secret)
    for statement in FORGET:
        await context.connection.execute(statement, somebody.kind, somebody.id)
    theirs = _as(context, somebody)
    await sessions.end_all(theirs, somebody)
    await passkeys.finish_adding(theirs, challenge_id, answer, name)
    await audit.record(theirs, f"{somebody.kind}_registered", of=somebody.id)
    token = await sessions.begin(theirs, somebody, HOW)
    return await sessions.acting_as(theirs, somebody), token


def _as(context: Context, somebody: Actor) -> Context:
    """Their own context, who are as good as signed in just now."""
    return replace(context, actor=replace(somebody, since=context.now))
