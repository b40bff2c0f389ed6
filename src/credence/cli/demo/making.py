"""Makes the demonstration's bureau: its town and its database side by side, then all that happened so far."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

from credence.cli.demo import database, town
from credence.cli.demo.before import Past, live_through
from credence.cli.demo.place import Key, Made, Place
from credence.cli.demo.settling import House, new_furnishers, settle
from credence.cli.output import say
from credence.events.calendar import add_months
from credence.lab.big_town.beside import Inhabitant
from credence.server.app import bureau_state
from credence.server.database.embedded import Server
from credence.server.settings import Settings


@contextmanager
def house(place: Place, key: Key, settings: Settings) -> Iterator[tuple[Server, Made]]:
    """The demonstration's database while it is used, and who is who in it; made with the first use."""
    made = place.made(key)
    if made is not None:
        with database.cluster(place.bureau) as server:
            if place.halfway.exists():
                begin_anew(place, server)
            yield server, made
        return
    say(f"Making a town of {key.people:,} people and two months of their scores, once.")
    place.clear()
    given = new_furnishers(datetime.now(UTC))
    with ThreadPoolExecutor(1) as aside:
        people = aside.submit(town.make, place, key, given, settings.bureau)
        with database.cluster(place.bureau) as server:
            database.empty(server)
            url = database.url_of(server)
            made = Made(key, *asyncio.run(_furnished(place, settings, (given, people), url)))
            database.keep(server)
            place.keep(made)
            yield server, made


def begin_anew(place: Place, server: Server) -> None:
    """Put everything back as it was at the beginning; what is stopped halfway the next start does again."""
    place.halfway.touch()
    database.restore(server)
    place.restore()
    place.halfway.unlink()


async def _furnished(
    place: Place, settings: Settings, coming: tuple[dict[str, str], Future[list[Inhabitant]]], url: str
) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Take everybody in and let happen what happened before; return who is who, and known as what."""
    given, people = coming
    known = await asyncio.to_thread(people.result)
    months, now = town.months(place), datetime.now(UTC)
    first = town.at_night(add_months(months[0].as_of, -1))
    async with bureau_state(settings, url) as state:
        there = House(state)
        await settle(there, known, given, min(first, now))
        known_as = await live_through(Past(there, months, now))
    return {name: (str(kind), key) for name, (kind, key) in there.seats.items()}, known_as
