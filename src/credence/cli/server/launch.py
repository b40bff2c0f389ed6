"""The bureau brought up and taken down: its web server, its worker.

Imported only when a command needs it: it needs the packages of the extra `server`.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from credence.cli.server.database import beside, database
from credence.cli.server.listening import Announcing, end_in_order, listening_on
from credence.cli.server.logs import log_to_stderr
from credence.server.app import bureau_state, create_app, working
from credence.server.settings import PREFIX, Settings


def serve(settings: Settings, at: tuple[str, int], said: Callable[[Settings], None], *, jobs: bool) -> None:
    """Serve the API until the process is told to end.

    Args:
        settings: The settings.
        at: On which address and port.
        said: Called when it listens, with the settings that hold.
        jobs: Whether this process does the jobs, too.
    """
    end_in_order()
    log_to_stderr()
    with suppress(KeyboardInterrupt), listening_on(at) as listening, database(settings, alone=True) as url:
        if f"{PREFIX}PUBLIC_URL" not in os.environ:
            settings = replace(settings, public_url=f"http://{at[0]}:{listening.getsockname()[1]}")
        Announcing(create_app(settings, url, jobs=jobs), lambda: said(settings)).run([listening])


def work(settings: Settings, said: Callable[[], None], waits: Callable[[], None]) -> None:
    """Do the jobs until the process is told to end.

    Args:
        settings: The settings.
        said: Called when it is at work.
        waits: Called where it has to wait for the process that runs the embedded database.
    """
    end_in_order()
    log_to_stderr()

    async def working_on(url: str) -> None:
        async with bureau_state(settings, url) as state, working(state, url):
            said()
            await asyncio.Event().wait()

    with suppress(KeyboardInterrupt), beside(settings, waits) as url:
        asyncio.run(working_on(url))
