"""Statements made a short while ago: of one moment of the log nothing changes, but for an erasure."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from credence.engines.moment import Moment
from credence.scoring.statement import Statement

# A statement takes some 20 kB: all of them together a few megabytes.
MOST = 256
LASTS = timedelta(minutes=10)
# Whose it is, and the hash of the definition.
Key = tuple[str, str]


@dataclass(frozen=True)
class Shelf:
    """The statements that were asked for last, for some minutes, in the memory of this process alone.

    Only those of a named snapshot are kept, whose events are the same for ever. Whoever looks here has
    checked that the reader may have the statement.
    """

    statements: OrderedDict[tuple[Key, Moment], tuple[datetime, Statement]] = field(
        default_factory=OrderedDict
    )
    lock: Lock = field(default_factory=Lock)

    def find(self, whose: Key, moment: Moment, now: datetime) -> Statement | None:
        """The statement of a person by a definition at a moment, if it was made a short while ago."""
        with self.lock:
            found = self.statements.get((whose, moment))
            if found is None or not timedelta(0) <= now - found[0] < LASTS:
                return None
            self.statements.move_to_end((whose, moment))
            return found[1]

    def keep(self, whose: Key, statement: Statement, moment: Moment, now: datetime) -> None:
        """Keep a statement of a named snapshot; that which was asked for longest ago goes."""
        if moment.snapshot is None:
            return
        with self.lock:
            self.statements[whose, moment] = now, statement
            self.statements.move_to_end((whose, moment))
            while len(self.statements) > MOST:
                self.statements.popitem(last=False)

    def forget(self, person_id: str) -> None:
        """Forget whatever is of a person."""
        with self.lock:
            for key in [key for key in self.statements if key[0][0] == person_id]:
                del self.statements[key]


SHELF = Shelf()
