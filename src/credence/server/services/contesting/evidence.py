"""Files of disputes: known by their content, encrypted under the person's key, and who opened them when."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from credence.errors import ConflictError, InvalidRequestError, NoSuchThingError
from credence.events.files import write_whole
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.contesting import finding, own_steps, steps
from credence.server.services.context import Context
from credence.server.services.people import vault
from credence.server.state import State

BYTES_MOST = 10_000_000
FILES_MOST = 10
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
TEXT = "text/plain"
# Signs below the space that a text has.
TEXTUAL = {"\t", "\n", "\r", "\f"}
COUNT = "SELECT count(*) FROM dispute_files WHERE dispute_id = $1"
INSERT = """
INSERT INTO dispute_files (file_id, dispute_id, person_id, media_type, size, added_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
ONE = "SELECT * FROM dispute_files WHERE dispute_id = $1 AND file_id = $2"
OPENED = "UPDATE dispute_files SET opened_at = $2 WHERE file_id = $1 AND opened_at IS NULL RETURNING file_id"


@dataclass(frozen=True)
class File:
    """A file's content and what it is."""

    media_type: str
    content: bytes


def kind_of(content: bytes) -> str | None:
    """What content is, whatever it is called: PDF, PNG, JPEG or text; None for anything else."""
    for signature, media_type in SIGNATURES.items():
        if content.startswith(signature):
            return media_type
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return TEXT if all(sign.isprintable() or sign in TEXTUAL for sign in text) else None


async def add(context: Context, state: State, dispute_id: str, content: bytes) -> str:
    """Add a file to a dispute of the person who asks; return its id.

    Raises:
        NoSuchThingError, ConflictError: There is no such dispute, it is closed, or has files enough.
        InvalidRequestError: The file is empty, too large, or none that can be looked at.
        ErasedError: The person was erased.
    """
    dispute = await own_steps.open_one(context, dispute_id)
    media_type = _checked(content)
    if await context.connection.fetchval(COUNT, dispute_id) >= FILES_MOST:
        why = f"A dispute has at most {FILES_MOST} files."
        raise ConflictError(why)
    file_id, person = new_id("evd", context.now), context.actor.id
    sealed = await vault.seal(context, state.keys, person, f"evidence:{file_id}", content)
    await context.connection.execute(
        INSERT, file_id, dispute_id, person, media_type, len(content), context.now
    )
    await asyncio.to_thread(_write, _path(state, file_id), sealed)
    await steps.add(context, dispute, "file_added", file=file_id)
    await audit.record(context, "dispute.file", person=person, dispute=dispute_id, file=file_id)
    await own_steps.extend(context, dispute)
    return file_id


def _checked(content: bytes) -> str:
    why = ""
    if not content:
        why = "The file is empty."
    if len(content) > BYTES_MOST:
        why = f"The file has {len(content)} bytes; at most {BYTES_MOST} are taken. Send it in parts."
    media_type = kind_of(content)
    if media_type is None:
        why = "The file is none of PDF, PNG, JPEG or plain text (UTF-8). Take a picture of it, and send that."
    if why or media_type is None:
        raise InvalidRequestError(why, {"/file": why})
    return media_type


def _path(state: State, file_id: str) -> Path:
    return state.settings.data / "evidence" / file_id


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


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
    sealed = await asyncio.to_thread(_path(state, file_id).read_bytes)
    content = await vault.unseal(context, state.keys, person, f"evidence:{file_id}", sealed)
    return File(row["media_type"], content)
