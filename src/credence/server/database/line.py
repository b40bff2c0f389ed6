"""One connection in transactions of actors, and statements that wait for the next message to it.

asyncpg waits for the answer of each message, which costs more than most statements do. What gives no rows,
like an entry in the audit, waits and goes along: mostly with the end of the transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg

# How long a database may take to begin.
SECONDS = 4
COMMIT = "COMMIT"


@dataclass(slots=True)
class Line:
    """A connection, in whose name its next statement would be, and what goes before that.

    The name is set within the transaction alone, so that nothing of it is left for whoever comes next. There
    are no savepoints here: to go back to one would change the name behind our back.

    Attributes:
        connection: The connection.
        actor: In whose name its next statement would be.
        waiting: What goes before the next statement, in its order.
        prepared: The statements that waited on this connection before, by their texts.
    """

    connection: asyncpg.Connection
    actor: str = ""
    waiting: list[str] = field(default_factory=list)
    prepared: dict[str, Any] = field(default_factory=dict)

    async def begin(self, actor: str) -> None:
        """Begin a transaction of an actor; a database that does not even do that soon is not there."""
        self.waiting = []
        self.actor = actor
        await self.connection.execute(f"BEGIN; {named(actor)}", timeout=SECONDS)

    async def ready(self, actor: str) -> asyncpg.Connection:
        """The connection for a statement in the name of an actor, once all that waits is done."""
        if self.waiting or actor != self.actor:
            self._become(actor)
            waiting, self.waiting = self.waiting, []
            await self.connection.execute("; ".join(waiting))
        return self.connection

    async def put_off(self, actor: str, query: str, values: Sequence[object]) -> None:
        """Carry out a statement of an actor, which gives no rows, with the next message."""
        statement = self.prepared.get(query)
        if statement is None:
            statement = self.prepared[query] = await self.connection.prepare(query)
        self._become(actor)
        self.waiting.append(f"EXECUTE {statement.get_name()}({', '.join(map(literal, values))})")

    async def settle(self) -> None:
        """Commit what was done so far, and go on in a new transaction."""
        self.waiting += [COMMIT, "BEGIN", named(self.actor)]
        await self.ready(self.actor)

    async def commit(self) -> None:
        """End the transaction, with what waits."""
        done = await self.connection.execute("; ".join([*self.waiting, COMMIT]))
        assert done == COMMIT, "an error of the database that was passed over undid everything"

    async def roll_back(self) -> None:
        """Undo the transaction."""
        if not self.connection.is_closed():
            await self.connection.execute("ROLLBACK")

    def _become(self, actor: str) -> None:
        if actor != self.actor:
            self.waiting.append(named(actor))
            self.actor = actor


def named(actor: str) -> str:
    """The statement that makes an actor's what comes after it in the transaction."""
    return f"SET LOCAL credence.actor = {literal(actor)}"


def literal(value: object) -> str:
    """A value as it is written in a statement: nothing of it can be read as anything else.

    Raises:
        asyncpg.CharacterNotInRepertoireError: There is a NUL in it.
    """
    if value is None:
        return "NULL"
    text = f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)
    if "\0" in text:
        message = "a text cannot hold a NUL"
        raise asyncpg.CharacterNotInRepertoireError(message)
    # With `standard_conforming_strings` no other sign has a meaning there.
    return "'" + text.replace("'", "''") + "'"
