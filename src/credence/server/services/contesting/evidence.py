"""Files of disputes: known by their content, encrypted under the person's key, and who opened them when."""

import asyncio

from credence.errors import ConflictError, NoSuchThingError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.contesting import finding, own_steps, steps
from credence.server.services.context import Context
from credence.server.services.furnishing.evidence import File, checked, place, write
from credence.server.services.people import vault
from credence.server.state import State

FILES_MOST = 10
COUNT = "SELECT count(*) FROM dispute_files WHERE dispute_id = $1"
INSERT = """
INSERT INTO dispute_files (file_id, dispute_id, person_id, media_type, size, added_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
ONE = "SELECT * FROM dispute_files WHERE dispute_id = $1 AND file_id = $2"
OPENED = "UPDATE dispute_files SET opened_at = $2 WHERE file_id = $1 AND opened_at IS NULL RETURNING file_id"


async def add(context: Context, state: State, dispute_id: str, content: bytes) -> str:
    """Add a file to a dispute of the person who asks; return its id.

    Raises:
        NoSuchThingError, ConflictError: There is no such dispute, it is closed, or has files enough.
        InvalidRequestError: The file is empty, too large, or none that can be looked at.
        ErasedError: The person was erased.
    """
    dispute = await own_steps.open_one(context, dispute_id)
    media_type = checked(content)
    if await context.connection.fetchval(COUNT, dispute_id) >= FILES_MOST:
        why = f"A dispute has at most {FILES_MOST} files."
        raise ConflictError(why)
    file_id, person = new_id("evd", context.now), context.actor.id
    sealed = await vault.seal(context, state.keys, person, f"evidence:{file_id}", content)
    await context.connection.execute(
        INSERT, file_id, dispute_id, person, media_type, len(content), context.now
    )
    await asyncio.to_thread(write, place(state.settings, file_id), sealed)
    await steps.add(context, dispute, "file_added", file=file_id)
    await audit.record(context, "dispute.file", person=person, dispute=dispute_id, file=file_id)
    await own_steps.extend(context, dispute)
    return file_id


async def opened(context: Context, state: State, dispute_id: str, file_id: str) -> File:
    """A file, for the person or whoever looks into the dispute; the person sees when those first opened it.

    Raises:
        NoSuchThingError: There is no such file that they may see.
        ErasedError: The person was erased.
    """
    dispute = await finding.one(context, dispute_id)
    system = await context.as_system()
    row = await system.connection.fetchrow(ONE, dispute_id, file_id)
    if row is None:
        await context.back()
        what = "file"
        raise NoSuchThingError(what, file_id)
    first = None
    if context.actor.kind != "person":
        first = await system.connection.fetchval(OPENED, file_id, context.now)
    await context.back()
    if first is not None:
        await steps.add(context, dispute, "file_opened", file=file_id, by=context.actor.kind)
    person = dispute["person_id"]
    await audit.record(context, "dispute.file_opened", person=person, dispute=dispute_id, file=file_id)
    sealed = await asyncio.to_thread(place(state.settings, file_id).read_bytes)
    content = await vault.unseal(context, state.keys, person, f"evidence:{file_id}", sealed)
    return File(row["media_type"], content)
