"""Files that furnishers give as evidence about a person: encrypted with the person's key, seen by them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from credence.errors import NoSuchThingError
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
PERSON, NOTICED = "person", "notice with a file"


@dataclass(frozen=True)
class File:
    """A file's content, and what it is."""

    media_type: str
    content: bytes


async def keep(context: Context, state: State, person: str, file: File) -> str:
    """Keep a file as evidence about somebody whom the furnisher who asks knows; return its id.

    Raises:
        NoSuchThingError: The furnisher knows nobody by this id.
        ErasedError: The person was erased.
    """
    person_id = await pairwise.person_of(context, context.actor.id, person)
    if person_id is None:
        raise NoSuchThingError(PERSON, person)
    new = new_id("evd", context.now)
    system = await context.as_system()
    sealed = await vault.seal(system, state.keys, person_id, f"evidence:{new}", file.content)
    values = person_id, context.actor.id, file.media_type, len(file.content), context.now
    await system.connection.execute(ADD, new, *values)
    await context.back()
    await asyncio.to_thread(_write, place(state.settings, new), sealed)
    await audit.record(context, "evidence.given", person=person_id, evidence=new)
    return new


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


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
