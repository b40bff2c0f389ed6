"""Keys that a partner or furnisher makes for its own programs at its pages."""

from collections.abc import Mapping
from typing import Any, Literal

from credence.errors import NoSuchThingError, NotAllowedError
from credence.server.services import audit, tokens
from credence.server.services.access import parties, scopes
from credence.server.services.context import Context

WHAT = "test key"
LIVE = """
SELECT key_id, scopes, made_at, ends_at FROM tokens
WHERE actor = $1 AND actor_id = $2 AND test AND ended_at IS NULL AND ends_at > $3 ORDER BY key_id
"""


async def test_key(context: Context, wanted: list[str]) -> str:
    """A simple key of 90 days in a sandbox, for no more than whoever makes it may do; shown once.

    Args:
        context: The context, of a member of a partner or furnisher.
        wanted: For what it is; all that they may do if nothing is named.

    Raises:
        InvalidRequestError: A scope is unknown.
        NotAllowedError: They may not do as much, or this is no sandbox.
    """
    kind, actor = _kind(context), context.actor
    granted = scopes.checked(kind, wanted or actor.scopes)
    beyond = sorted(set(granted) - actor.scopes)
    if beyond:
        sentence = f"You may not do this yourself: {', '.join(beyond)}. Ask the bureau for more."
        raise NotAllowedError(sentence)
    return await parties.test_key(context, kind, actor.id, granted)


async def test_keys(context: Context) -> list[Mapping[str, Any]]:
    """The simple keys of the partner or furnisher that acts which can be used, oldest first."""
    system = await context.as_system()
    return await system.connection.fetch(LIVE, context.actor.kind, context.actor.id, context.now)


async def end_test_key(context: Context, key_id: str) -> None:
    """End a simple key, at once.

    Raises:
        NoSuchThingError: The partner or furnisher that acts has none of that id, or it has ended.
    """
    if not any(key["key_id"] == key_id for key in await test_keys(context)):
        raise NoSuchThingError(WHAT, key_id)
    await tokens.end(context, context.actor, key_id)
    await audit.record(context, "test_key_ended", key=key_id, of=context.actor.id)


def _kind(context: Context) -> Literal["partner", "furnisher"]:
    return "furnisher" if context.actor.kind == "furnisher" else "partner"
