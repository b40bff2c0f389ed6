"""What was worked out a short while ago: of one moment of the log nothing changes, but for an erasure."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar, cast

from credence.engines.moment import Moment

# A statement takes some 20 kB, what compares two of them twice that: all together ten megabytes at most.
MOST = 256
LASTS = timedelta(minutes=10)
# Whose it is, and whatever else it depends on, such as the hash of the definition.
Key = tuple[object, ...]
Moments = tuple[Moment, ...]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Shelf:
    """Statements, changes and plans that were asked for last, for some minutes, in this process's memory.

    Only what is of named snapshots alone is kept, whose events are the same for ever. Whoever looks here has
    checked that the reader may have it.
    """

    kept: OrderedDict[tuple[Key, Moments], tuple[datetime, object]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    async def or_made(self, whose: Key, moments: Moments, now: datetime, make: Callable[[], Found]) -> Found:
        """What was made of a person at moments a short while ago; made in a thread, and kept, if nothing."""
        found = cast("Found | None", self.find(whose, moments, now))
        if found is None:
            found = await asyncio.to_thread(make)
            self.keep(whose, found, moments, now)
        return found

    def find(self, whose: Key, moments: Moments, now: datetime) -> object | None:
        """What was made of a person at moments, if it was a short while ago."""
        with self.lock:
            found = self.kept.get((whose, moments))
            if found is None or not timedelta(0) <= now - found[0] < LASTS:
                return None
            self.kept.move_to_end((whose, moments))
            return found[1]

    def keep(self, whose: Key, made: object, moments: Moments, now: datetime) -> None:
        """Keep what is of named snapshots; what was asked for longest ago goes."""
        if any(moment.snapshot is None for moment in moments):
            return
        with self.lock:
            self.kept[whose, moments] = now, made
            self.kept.move_to_end((whose, moments))
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)

    def forget(self, person_id: str) -> None:
        """Forget whatever is of a person."""
        with self.lock:
            for key in [key for key in self.kept if key[0][0] == person_id]:
                del self.kept[key]


SHELF = Shelf()
