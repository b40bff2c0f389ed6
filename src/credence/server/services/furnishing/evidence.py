"""Files that stand behind what is said: known by content, encrypted with the person's key, seen by them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from credence.errors import InvalidRequestError, NoSuchThingError
from credence.events.files import write_whole
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import pairwise, vault
from credence.server.settings import Settings
from credence.server.state import State

ADD = """
INSERT INTO event_evidence (evidence_id, person_id, furnisher, media_type, size, added_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
NOTICE = "SELECT evidence FROM notices WHERE person_id = $1 AND notice_id = $2"
FILE = "SELECT media_type FROM event_evidence WHERE person_id = $1 AND evidence_id = $2"
GIVEN = """
SELECT evidence_id, media_type, size, added_at, known_as FROM event_evidence
LEFT JOIN pairwise ON party_id = furnisher AND pairwise.person_id = event_evidence.person_id
WHERE furnisher = $1 AND evidence_id < $2 ORDER BY evidence_id DESC LIMIT $3
"""
# Later than every id.
END = "~"
PERSON, NOTICED = "person", "notice with a file"
BYTES_MOST = 10_000_000
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
TEXT = "text/plain"
# Signs below the space that a text has.
TEXTUAL = {"\t", "\n", "\r", "\f"}


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


def checked(content: bytes) -> str:
    """What a file is, which is neither empty nor too large.

    Raises:
        InvalidRequestError: It is empty, too large, or none that can be looked at.
    """
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


async def keep(context: Context, state: State, person: str, content: bytes) -> str:
    """Keep a file as evidence about somebody whom the furnisher who asks knows; return its id.

    Raises:
        InvalidRequestError: The file is empty, too large, or none that can be looked at.
        NoSuchThingError: The furnisher knows nobody by this id.
        ErasedError: The person was erased.
    """
    media_type = checked(content)
    person_id = await pairwise.person_of(context, context.actor.id, person)
    if person_id is None:
        raise NoSuchThingError(PERSON, person)
    new = new_id("evd", context.now)
    system = await context.as_system()
    sealed = await vault.seal(system, state.keys, person_id, f"evidence:{new}", content)
    values = person_id, context.actor.id, media_type, len(content), context.now
    await system.connection.execute(ADD, new, *values)
    await context.back()
    await asyncio.to_thread(write, place(state.settings, new), sealed)
    await audit.record(context, "evidence.given", person=person_id, evidence=new)
    return new


async def given(context: Context, before: str | None, most: int) -> list[Mapping[str, Any]]:
    """The files that the furnisher who acts gave, the latest first, with whom they are about.

    Args:
        context: The context, of a furnisher.
        before: The id of the last file of the page before.
        most: How many at most.
    """
    system = await context.as_system()
    return await system.connection.fetch(GIVEN, context.actor.id, before or END, most)


async def of_notice(context: Context, state: State, notice_id: str) -> File:
    """The file that was given as evidence for what the person who asks was told of.

    Raises:
        NoSuchThingError: They have no such notice, or its evidence is no file.
    """
    person_id = context.actor.id
    system = await context.as_system()
    said = await system.connection.fetchval(NOTICE, person_id, notice_id)
    if said is None:
        raise NoSuchThingError(NOTICED, notice_id)
    evidence = (await vault.unseal(system, state.keys, person_id, f"notice:{notice_id}", said)).decode()
    media_type = await system.connection.fetchval(FILE, person_id, evidence)
    if media_type is None:
        raise NoSuchThingError(NOTICED, notice_id)
    sealed = await asyncio.to_thread(place(state.settings, evidence).read_bytes)
    content = await vault.unseal(system, state.keys, person_id, f"evidence:{evidence}", sealed)
    await context.back()
    await audit.record(context, "evidence.read", person=person_id, evidence=evidence)
    return File(media_type, content)


def place(settings: Settings, evidence_id: str) -> Path:
    """Where a file of evidence lies, encrypted."""
    return settings.data / "evidence" / evidence_id


def write(path: Path, content: bytes) -> None:
    """Write a file of evidence whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
