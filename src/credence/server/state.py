"""What a running bureau holds: made once when it starts, let go of when it stops."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from credence.events.log import EventLog
from credence.server.keys import Keys
from credence.server.settings import Settings


@dataclass(frozen=True)
class State:
    """Settings, a clock, connections, keys and the event log.

    Attributes:
        settings: The settings.
        clock: The present instant, with its zone; tests move it.
        pool: Connections to the database.
        small: A few more, for what must work when all of those are busy: freezing.
        keys: The keys of the bureau.
        log: The event log. It is read and written in a thread of its own (`asyncio.to_thread`).
    """

    settings: Settings
    clock: Callable[[], datetime]
    pool: asyncpg.Pool
    small: asyncpg.Pool
    keys: Keys
    log: EventLog
