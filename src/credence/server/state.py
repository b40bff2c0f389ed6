"""What a running bureau holds: made once when it starts, let go of when it stops."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from credence.events.log import EventLog
from credence.server.database.pool import Pool
from credence.server.keys import KeyFile, Keys
from credence.server.settings import Settings


@dataclass(frozen=True)
class State:
    """Settings, a clock, connections, keys and the event log.

    Attributes:
        settings: The settings.
        clock: The present instant, with its zone; tests move it.
        pool: Connections to the database.
        small: A few more, for what must work when all of those are busy: freezing.
        key_file: The file of the bureau's keys.
        log: The event log. It is read and written in a thread of its own (`asyncio.to_thread`).
    """

    settings: Settings
    clock: Callable[[], datetime]
    pool: Pool
    small: Pool
    key_file: KeyFile
    log: EventLog

    @property
    def keys(self) -> Keys:
        """The keys of the bureau as they are now: whoever changes them need restart nothing."""
        return self.key_file.now()
