"""The context of a request: who acts, when, and the transaction in which everything happens."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from credence.server.database.pool import Connection
from credence.server.settings import Settings

# A member is somebody on the way in: once signed in, they act as their partner or furnisher.
Kind = Literal["person", "partner", "furnisher", "operator", "member", "system"]


@dataclass(frozen=True)
class Actor:
    """Who acts: what kind, which, with what scopes, whether with a test key, and since when signed in.

    `member` is whoever signed in to act for a partner or furnisher; none for its programs.
    """

    kind: Kind
    id: str
    scopes: frozenset[str] = frozenset()
    test: bool = False
    since: datetime | None = field(default=None, compare=False)
    member: str | None = None

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

    def __post_init__(self) -> None:
        """Hold the transaction in the name of the actor: a context does what it does as its actor."""
        object.__setattr__(self, "connection", self.connection.named(self.actor.setting))

    async def as_system(self) -> "Context":
        """The same transaction in the name of the bureau itself, to look up what the actor may not see.

        Whoever uses it checks first that the actor may have what it is used for. This context stays whose it
        is.
        """
        return Context(SYSTEM, self.connection, self.now, self.request_id, self.settings)

    async def back(self) -> None:
        """Mark the end of what `as_system` was for; this context acts in its actor's name anyhow."""
