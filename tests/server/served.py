"""A bureau behind a real socket, in a thread, for tests of what reaches it over the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn

from credence.server.app import create_app
from credence.server.settings import Settings


@contextmanager
def served(database: str, folder: Path, **said: object) -> Iterator[str]:
    """The address of a bureau that calls itself http://127.0.0.1:0."""
    told = {"public_url": "http://127.0.0.1:0"} | said
    settings = Settings(data=folder, **told)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(create_app(settings, database), port=0, log_config=None))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
