"""What was read of people last, kept until the log changes: whoever looks around is read once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

Events = list[dict[str, object]]
PEOPLE_MOST = 32


@dataclass
class Recent:
    """The events of the people asked for last, as of one snapshot; shared by the threads of a process."""

    _snapshot: int | None = None
    _events: dict[str, Events] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, person_id: str, snapshot: int | None, read: Callable[[], Events]) -> Events:
        """The events of a person at a snapshot, read if they are not at hand; the caller may change them."""
        with self._lock:
            if snapshot != self._snapshot:
                # What was erased is not kept, whoever it was of.
                self._snapshot, self._events = snapshot, {}
            kept, events = self._events, self._events.pop(person_id, None)
        events = read() if events is None else events
        with self._lock:
            kept[person_id] = events
            if len(kept) > PEOPLE_MOST:
                del kept[next(iter(kept))]
        return [dict(event) for event in events]
