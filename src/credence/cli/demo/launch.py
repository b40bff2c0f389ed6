"""The demonstration opened: its bureau made or found, served with a guide, and put back when asked to.

Imported only when it is needed: it needs the packages of the extra `server`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from socket import socket
from threading import Event

from credence.cli.demo import making
from credence.cli.demo.database import url_of
from credence.cli.demo.place import Place, key_of
from credence.cli.demo.who import guide_of, tell
from credence.cli.server.listening import Announcing, end_in_order, listening_on
from credence.cli.server.logs import log_to_file
from credence.errors import UsageError
from credence.server.app import create_app
from credence.server.settings import Settings
from credence.server.web.guide import Guide, add_guide

HOST, USUAL, ANY = "127.0.0.1", 8000, 0
LOG = "demo.log"


def open_house(folder: Path, size: tuple[int, int], port: int | None) -> None:
    """Serve the demonstration until the process is told to end.

    Its clock is the real one: what somebody does on a page has the date of that day, and the two months of
    scores are the newest that there could be. Every score is made again exactly, as of its own day.

    Args:
        folder: Where everything of it lies.
        size: How many people live in the town, and which town of so many it is.
        port: On which port; the usual one if not said, or any where that one is taken.

    Raises:
        LogExistsError: Something else is in the folder.
        BureauRunningError: A demonstration runs there already.
        UsageError: The port is taken.
        DatabaseMissingError: No PostgreSQL is installed that can be run.
        DatabaseFailedError: It cannot be made or started.
    """
    place = Place(folder)
    place.claim()
    end_in_order()
    with suppress(KeyboardInterrupt), place.alone(), listening(port) as there:
        log_to_file(folder / LOG)
        settings = _settings(place, there)
        key = key_of(datetime.now(UTC).date(), *size)
        with making.house(place, key, settings) as (server, made):
            guide = partial(guide_of, made)
            said: Callable[[Guide], None] = partial(tell, settings.public_url)
            while _sat_through(settings, url_of(server), guide, there, said):
                making.begin_anew(place, server)
                said = _silent


@contextmanager
def listening(port: int | None) -> Iterator[socket]:
    """A socket that listens on a port; on the usual one, or any where that one is taken, if none is named.

    Raises:
        UsageError: The port is taken.
    """
    with ExitStack() as held:
        try:
            there = held.enter_context(listening_on((HOST, USUAL if port is None else port)))
        except UsageError:
            if port is not None:
                raise
            there = held.enter_context(listening_on((HOST, ANY)))
        yield there


def _settings(place: Place, there: socket) -> Settings:
    """Those of a sandbox in which whatever is contested stops counting, as the European clock has it.

    Runs are made by whoever is led around, so that everybody finds the same.
    """
    # Passkeys need a name: an address has none that they could be for.
    address = f"http://localhost:{there.getsockname()[1]}"
    return Settings(data=place.bureau, public_url=address, sandbox=True, jurisdiction="eu", run_monthly=False)


def _sat_through(
    settings: Settings,
    database: str,
    guide_with: Callable[[Callable[[], None]], Guide],
    there: socket,
    said: Callable[[Guide], None],
) -> bool:
    """Serve until the process is told to end, or somebody wants everything back: whether it was the latter.

    The socket stays open, so that whoever comes in between only waits.
    """
    app, wanted = create_app(settings, database, jobs=True), Event()

    def begin_anew() -> None:
        wanted.set()
        server.leave()

    guide = guide_with(begin_anew)
    add_guide(app, guide)
    server = Announcing(app, partial(said, guide))
    server.run([there.dup()])
    return wanted.is_set()


def _silent(guide: Guide) -> None:
    """It was said before."""
    del guide
