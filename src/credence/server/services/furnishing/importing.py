"""Files of events go into the log, some rows at a time; one that is stopped goes on where it was."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from credence.errors import IntakeError, SourceNotFoundError
from credence.events.batches import FileRows, file_rows
from credence.server.database.pool import Connection, acting
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import SYSTEM, Context
from credence.server.services.furnishing import batches, imports
from credence.server.services.furnishing.batches import Beyond
from credence.server.services.furnishing.receipts import rules_of
from credence.server.services.furnishing.rows import Fault, Row, Value
from credence.server.services.people import erasing
from credence.server.state import State

WAITING = "SELECT import_id, furnisher_id, suffix FROM imports WHERE state = 'waiting' ORDER BY 1"
# Held until the transaction ends: one process at a time works on a file.
LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))"
STILL = "SELECT rows_done FROM imports WHERE import_id = $1 AND state = 'waiting'"
PROGRESS = """
UPDATE imports SET rows_done = $2, accepted = accepted + $3, known = known + $4, conflicts = conflicts + $5,
rejected = rejected + $6 WHERE import_id = $1
"""
END = "UPDATE imports SET state = $2, why = $3, done_at = $4, rows = rows_done WHERE import_id = $1"
ROWS_A_TIME = 20_000
OUTCOMES = ("accepted", "known", "conflict", "rejected")
COLUMNS = ("event_id", "person", "kind", "occurred_at", "reported_at", "replaces", "retracts", "evidence")
STRANGE = "'{name}' is not a column that is known here"


@dataclass(frozen=True)
class Importing:
    """A file on its way into the log.

    Attributes:
        state: What the bureau holds.
        now: The present instant.
        beyond: What is decided of rows elsewhere.
        row: Its row of the table.
    """

    state: State
    now: datetime
    beyond: Beyond
    row: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """Where the file and what was refused of it lie."""
        return imports.folder_of(self.state.settings, self.row["import_id"])

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / f"events{self.row['suffix']}"

    async def run(self, done: int) -> None:
        """Take the rows after those that are done; afterwards the file is gone, what was refused stays."""
        why = None
        try:
            await self._take(done)
        except (IntakeError, SourceNotFoundError) as error:
            why = str(error).replace(str(self.path), "The file")
        async with acting(self.state.pool, SYSTEM.setting) as connection:
            name, state = self.row["import_id"], "done" if why is None else "failed"
            await connection.execute(END, name, state, why, self.now)
            await audit.record(self._system(connection), "import.ended", file=name, state=state)
        self.path.unlink(missing_ok=True)

    async def _take(self, done: int) -> None:
        columns = [*COLUMNS, *self.state.log.vocabulary.fields]
        parts = file_rows(self.state.log, self.path, columns, ROWS_A_TIME)
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            if rest := [one for one in part if one[0] > done]:
                await self._some(rest)

    async def _some(self, part: FileRows) -> None:
        """Take some rows, write down what was refused, and then that they are done."""
        sent = [as_row(said) for _, said in part]
        async with acting(self.state.pool, SYSTEM.setting) as connection:
            system = self._system(connection)
            await erasing.hold_off(system)
            rules = await rules_of(system, self.row["furnisher_id"], self.state.log.vocabulary)
            batch = await batches.prepare(system, rules, sent, self.beyond.refuses)
            await batches.take(self.state, [batch], self.now, self.beyond.follows)
        numbers = [number for number, _ in part]
        await asyncio.to_thread(imports.write_rejects, self.folder, numbers[0], numbers, batch)
        counts = (batch.count(outcome) for outcome in OUTCOMES)
        async with acting(self.state.pool, SYSTEM.setting) as connection:
            await connection.execute(PROGRESS, self.row["import_id"], numbers[-1], *counts)

    def _system(self, connection: Connection) -> Context:
        return Context(SYSTEM, connection, self.now, new_id("req", self.now), self.state.settings)


async def take(state: State, now: datetime, beyond: Beyond) -> int:
    """Take all files that wait into the log; return how many there were.

    Raises:
        CredenceError: The log or the database could not be written; what was not taken waits.
    """
    async with acting(state.pool, SYSTEM.setting) as connection:
        waiting = await connection.fetch(WAITING)
    taken = 0
    for row in waiting:
        async with acting(state.pool, SYSTEM.setting) as connection:
            held = await connection.fetchval(LOCK, row["import_id"])
            done = await connection.fetchval(STILL, row["import_id"])
            if held and done is not None:
                await Importing(state, now, beyond, row).run(done)
                taken += 1
    return taken


def as_row(said: dict[str, str | None] | str) -> Row | Fault:
    """A row of a file as a furnisher's row."""
    if isinstance(said, str):
        return Fault("", said)
    strange = said.get("unknown")
    if strange is not None:
        return Fault(strange[:80], STRANGE.format(name=strange[:80]))
    known = {name: said.get(name) for name in COLUMNS}
    own = (*COLUMNS, "unknown")
    fields: dict[str, Value] = {
        name: value for name, value in said.items() if value is not None and name not in own
    }
    return Row(**known, fields=fields)
