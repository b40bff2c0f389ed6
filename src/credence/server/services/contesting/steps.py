"""The timeline of a dispute: every step, added and never changed."""

from collections.abc import Mapping
from typing import Any

import msgspec

from credence.server.ids import new_id
from credence.server.services.context import Context

# What each step says to whoever reads the timeline.
SENTENCES = {
    "opened": "You said that this is wrong.",
    "suspended": "Until it is decided, it does not count.",
    "furnisher_told": "Whoever sent it was told, with what you said.",
    "bureau_took_up": "There is nobody else to ask: the bureau looks into it.",
    "furnisher_looked": "Whoever sent it has looked at what you said.",
    "file_added": "You added a file.",
    "file_opened": "The file was opened by whoever looks into it.",
    "information_added": "You added information.",
    "extended": "There is more time to look into what you added.",
    "reminded": "Whoever sent it was reminded.",
    "escalated": "A reviewer of the bureau took it up.",
    "answered": "There is an answer.",
    "silence": "There was no answer in time, which decides for you: it is deleted.",
    "decided": "It is decided.",
    "withdrawn": "You withdrew it.",
    "frivolous": "It is not looked into. You see why, and what is missing; with that you can dispute anew.",
    "statement": "Your statement is on file.",
}
# Steps of which a furnisher learns: none is what another furnisher did.
TO_FURNISHERS = {
    "opened", "furnisher_told", "file_added", "file_opened", "information_added", "extended", "reminded",
    "escalated", "decided", "withdrawn", "frivolous",
}  # fmt: skip
INSERT = """
INSERT INTO dispute_steps (step_id, dispute_id, person_id, at, what, details)
VALUES ($1, $2, $3, $4, $5, $6::jsonb)
"""
READ = "SELECT at, what, details FROM dispute_steps WHERE dispute_id = $1 ORDER BY number"


async def add(context: Context, dispute: Mapping[str, Any], what: str, **details: object) -> None:
    """Add a step; details name things by ids and days, and say no personal data."""
    assert what in SENTENCES, f"{what} is no step of a dispute"
    said = msgspec.json.encode(details).decode()
    system = await context.as_system()
    values = dispute["dispute_id"], dispute["person_id"], context.now, what, said
    await system.connection.execute(INSERT, new_id("stp", context.now), *values)
    await context.back()


async def read(context: Context, dispute_id: str) -> list[dict[str, Any]]:
    """The steps of a dispute with their sentences, the first first, as far as whoever asks learns of them.

    They have been found to be one who may see the dispute.
    """
    system = await context.as_system()
    rows = await system.connection.fetch(READ, dispute_id)
    if context.actor.kind == "furnisher":
        rows = [row for row in rows if row["what"] in TO_FURNISHERS]
    return [
        {"at": row["at"], "what": row["what"], "sentence": SENTENCES[row["what"]]}
        | {"details": msgspec.json.decode(row["details"])}
        for row in rows
    ]
