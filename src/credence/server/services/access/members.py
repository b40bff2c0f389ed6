"""Members: people who act for a partner or furnisher at its pages, each with scopes of their own."""

from collections.abc import Mapping
from typing import Any, Literal

from credence.errors import ConflictError, NoSuchThingError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.access import parties, scopes
from credence.server.services.context import Context
from credence.server.store import members as sql

Party = Literal["partner", "furnisher"]
WHAT = "member"


async def add(context: Context, party: tuple[Party, str], name: str, wanted: list[str]) -> str:
    """Let somebody act for a partner or furnisher; return their id.

    Args:
        context: The context of an operator who may do this, or the system's.
        party: For whom: what kind, and which.
        name: Their name, which nobody else has there.
        wanted: What they may do; all that programs may if nothing is named.

    Raises:
        NoSuchThingError: There is no such partner or furnisher, or it left.
        InvalidRequestError: A scope is unknown.
        ConflictError: The name is taken.
    """
    kind, party_id = party
    await parties.check_there(context, kind, party_id)
    granted, member = scopes.checked(kind, wanted), new_id("mem", context.now)
    system = await context.as_system()
    if not await system.connection.fetchval(sql.ADD, member, *party, name, granted, context.now):
        sentence = f"'{name}' is a member there already."
        raise ConflictError(sentence)
    await audit.record(context, "member_added", id=member, of=party_id, has=granted)
    return member


async def listed(context: Context, party: tuple[Party, str]) -> list[Mapping[str, Any]]:
    """Everybody who acts for a partner or furnisher, oldest first, those who left among them."""
    system = await context.as_system()
    return await system.connection.fetch(sql.LIST, *party)


async def named(context: Context, party: tuple[Party, str], name: str) -> str:
    """The id of a member by name.

    Raises:
        NoSuchThingError: There is none, or they left.
    """
    for row in await listed(context, party):
        if row["name"] == name and row["ended_at"] is None:
            return str(row["id"])
    raise NoSuchThingError(WHAT, name)


async def invite(context: Context, party: tuple[Party, str], name: str, wanted: list[str]) -> tuple[str, str]:
    """Let somebody act for a partner or furnisher, and make the secret with which they come in.

    Raises as `add`.
    """
    member = await add(context, party, name, wanted)
    return member, await parties.member_link(context, member)


async def invite_again(context: Context, party: tuple[Party, str], member_id: str) -> str:
    """Another secret for a member, who lost what they signed in with or never came.

    Raises:
        NoSuchThingError: There is no such member, or they left.
    """
    for row in await listed(context, party):
        if row["id"] == member_id and row["ended_at"] is None:
            return await parties.member_link(context, member_id)
    raise NoSuchThingError(WHAT, member_id)


async def end(context: Context, party: tuple[Party, str], member_id: str) -> None:
    """Somebody acts for a partner or furnisher no more: sessions, passkeys and links of theirs end at once.

    Raises:
        NoSuchThingError: It has no such member, or they left before.
    """
    system = await context.as_system()
    if await system.connection.execute(sql.END, *party, member_id, context.now) != "UPDATE 1":
        raise NoSuchThingError(WHAT, member_id)
    for statement in sql.FORGET:
        await system.connection.execute(statement, member_id, context.now)
    await audit.record(context, "member_ended", id=member_id, of=party[1])
