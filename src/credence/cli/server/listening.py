"""A web server that says when it listens, where it listens, and how it is told to end.

Imported only when a command needs it: it needs the packages of the extra `server`.
"""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from credence.errors import UsageError


class Announcing(uvicorn.Server):
    """A web server of an application that says when it listens."""

    def __init__(self, app: FastAPI, said: Callable[[], None]) -> None:
        """Keep what is to be said."""
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10
        )
        super().__init__(config)
        self.said = said

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.said()

    def leave(self) -> None:
        """End once what was asked is answered; whoever comes from now on waits for the next to listen."""
        for one in self.servers:
            one.close()
        self.should_exit = True


@contextmanager
def listening_on(at: tuple[str, int]) -> Iterator[socket.socket]:
    """A socket that listens on an address and a port, closed in the end.

    Raises:
        UsageError: Nothing can listen there.
    """
    try:
        family = socket.AF_INET6 if ":" in at[0] else socket.AF_INET
        listening = socket.create_server(at, family=family)
    except OSError as error:
        sentence = f"Nothing can listen on {at[0]}:{at[1]}: {error.strerror or error}. Name another --port."
        raise UsageError(sentence) from None
    with listening:
        yield listening


def end_in_order() -> None:
    """Let SIGTERM end the process as Ctrl-C does, so that the database is stopped in order."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
