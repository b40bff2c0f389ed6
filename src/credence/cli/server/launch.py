"""The bureau brought up and taken down: its web server, its worker.

Imported only when a command needs it: it needs the packages of the extra `server`.
"""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import uvicorn

from credence.cli.server.database import beside, database
from credence.cli.server.logs import log_to_stderr
from credence.errors import UsageError
from credence.server.app import bureau_state, create_app, working
from credence.server.settings import PREFIX, Settings


class Announcing(uvicorn.Server):
    """A web server that says when it listens."""

    def __init__(self, config: uvicorn.Config, said: Callable[[], None]) -> None:
        """Keep what is to be said."""
        super().__init__(config)
        self.said = said

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.said()


def serve(settings: Settings, at: tuple[str, int], said: Callable[[Settings], None], *, jobs: bool) -> None:
    """Serve the API until the process is told to end.

    Args:
        settings: The settings.
        at: On which address and port.
        said: Called when it listens, with the settings that hold.
        jobs: Whether this process does the jobs, too.
    """
    _end_in_order()
    log_to_stderr()
    with suppress(KeyboardInterrupt), _listening(at) as listening, database(settings, alone=True) as url:
        if f"{PREFIX}PUBLIC_URL" not in os.environ:
            settings = replace(settings, public_url=f"http://{at[0]}:{listening.getsockname()[1]}")
        config = uvicorn.Config(
            create_app(settings, url, jobs=jobs), log_config=None, access_log=False, server_header=False,
            timeout_graceful_shutdown=10,
        )  # fmt: skip
        Announcing(config, lambda: said(settings)).run([listening])


@contextmanager
def _listening(at: tuple[str, int]) -> Iterator[socket.socket]:
    try:
        family = socket.AF_INET6 if ":" in at[0] else socket.AF_INET
        listening = socket.create_server(at, family=family)
    except OSError as error:
        sentence = f"Nothing can listen on {at[0]}:{at[1]}: {error.strerror or error}. Name another --port."
        raise UsageError(sentence) from None
    with listening:
        yield listening


def work(settings: Settings, said: Callable[[], None], waits: Callable[[], None]) -> None:
    """Do the jobs until the process is told to end.

    Args:
        settings: The settings.
        said: Called when it is at work.
        waits: Called where it has to wait for the process that runs the embedded database.
    """
    _end_in_order()
    log_to_stderr()

    async def working_on(url: str) -> None:
        async with bureau_state(settings, url) as state, working(state, url):
            said()
            await asyncio.Event().wait()

    with suppress(KeyboardInterrupt), beside(settings, waits) as url:
        asyncio.run(working_on(url))


def _end_in_order() -> None:
    """Let SIGTERM end the process as Ctrl-C does, so that the database is stopped in order."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
