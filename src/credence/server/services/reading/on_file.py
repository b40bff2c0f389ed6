"""Statements on file: a person's own words about what they contested, beside every report that has its lines.

They stand there as long as something of what they are about is still there.
"""

from typing import Any

from credence.server.keys import Keys
from credence.server.services.context import Context
from credence.server.services.people import vault

NAME = "statements_on_file"
# A dispute on an event by its name is about whatever line the event is behind.
ON_FILE = """
SELECT dispute_id, characteristic, statement FROM disputes d
WHERE person_id = $1 AND statement IS NOT NULL AND (scorecard IS NULL OR scorecard = $2)
AND EXISTS (SELECT FROM dispute_items i WHERE i.dispute_id = d.dispute_id AND i.inquiry_id IS NULL
            AND i.answer IN ('verified', 'modified', 'withdrawn', 'frivolous'))
ORDER BY dispute_id
"""


async def of(context: Context, keys: Keys, person_id: str, scorecard: str) -> list[dict[str, Any]]:
    """A person's statements on file about what a scorecard's lines rest on, each with its line.

    The line is None where an event was contested by its name. Whoever asks has checked that the actor may
    have them.
    """
    system = await context.as_system()
    rows = await system.connection.fetch(ON_FILE, person_id, scorecard)
    await context.back()
    said = []
    for row in rows:
        what = f"statement:{row['dispute_id']}"
        text = await vault.unseal(context, keys, person_id, what, row["statement"])
        named = {"dispute_id": row["dispute_id"], "characteristic": row["characteristic"]}
        said.append(named | {"text": text.decode()})
    return said


async def beside(
    context: Context, keys: Keys, whose: tuple[str, str], result: dict[str, Any]
) -> dict[str, Any]:
    """What is told of a person by a scorecard, with what stands beside its lines, if it has any."""
    said = await of(context, keys, *whose) if "lines" in result else []
    return result | ({NAME: said} if said else {})


def unsaid(result: dict[str, Any]) -> dict[str, Any]:
    """What was told, as it is recorded: of statements on file their ids, as the words are the person's."""
    said = [one["dispute_id"] for one in result.get(NAME, [])]
    return result | ({NAME: said} if said else {})
