"""The context of a request: who acts, when, and the transaction in which everything happens."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from credence.server.database.pool import Connection
from credence.server.settings import Settings

Kind = Literal["person", "partner", "furnisher", "operator", "system"]


@dataclass(frozen=True)
class Actor:
    """Who acts: what kind, which, with what scopes, and whether with a test key."""

    kind: Kind
    id: str
    scopes: frozenset[str] = frozenset()
    test: bool = False

    @property
    def setting(self) -> str:
        """What row-level security is told."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor("system", "bureau")


@dataclass(frozen=True)
class Context:
    """What a service is given: one request, one actor, one transaction."""

    actor: Actor
    connection: Connection
    now: datetime
    request_id: str
    settings: Settings

    async def as_system(self) -> "Context":
        """The same transaction in the name of the bureau itself, to look up what the actor may not see.

        Whoever uses it checks first that the actor may have what it is used for.
        """
        return await self._as(SYSTEM)

    async def _as(self, actor: Actor) -> "Context":
        await self.connection.execute("SELECT set_config('credence.actor', $1, true)", actor.setting)
        return replace(self, actor=actor)

    async def back(self) -> None:
        """Act in the name of this context's actor again, after `as_system`."""
        await self._as(self.actor)
