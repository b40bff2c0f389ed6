"""Partners' own scorecards as files, for runs to name: the newest version that two operators published."""

import asyncio
from datetime import datetime
from pathlib import Path

from credence.events.files import write_whole
from credence.server.database.pool import acting
from credence.server.services.context import SYSTEM
from credence.server.state import State

FOLDER, FILE = "scorecards", "scorecard.yaml"
NEWEST = """
SELECT DISTINCT ON (name) name, text FROM definitions
WHERE kind = 'scorecard' AND state = 'published' ORDER BY name, version DESC
"""


async def write_files(state: State, now: datetime) -> int:
    """Write `scorecards/NAME/scorecard.yaml` in the bureau's folder where it is another; return how many.

    What was retired stays: a run that names it goes on, until somebody takes it out.
    """
    del now  # nothing of it depends on the time
    async with acting(state.pool, SYSTEM.setting) as connection:
        rows = await connection.fetch(NEWEST)
    place = state.settings.data / FOLDER
    return sum([await asyncio.to_thread(_written, place / row["name"] / FILE, row["text"]) for row in rows])


def _written(path: Path, text: str) -> bool:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    return True
