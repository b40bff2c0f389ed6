"""What an event may be replaced by: nothing that was taken back, and nothing worse by the back door."""

from collections.abc import Sequence

from credence.errors import InvalidRequestError
from credence.events.log import Event
from credence.server.services.contesting import rows, tombstones
from credence.server.services.contesting.contested import reading
from credence.server.services.contesting.rows import Row, Target
from credence.server.services.context import Context
from credence.server.services.furnishing.batches import TAKEN_BACK
from credence.server.state import State

WORSE = (
    "A replacement of another kind that speaks against the person is sent as an event, with its evidence and "
    "the event that it replaces: the person is told of it before it counts."
)
PLACE = "/replacement"


async def held_to(context: Context, state: State, target: Target, row: Row) -> list[Row]:
    """Hold the row that corrects an event to what holds for every event; return the marks that go with it.

    What takes the place of an event that does not count yet counts no earlier than that would have.

    Raises:
        InvalidRequestError: It says what was taken back, or something against the person of which they
            were not told.
    """
    if "replaces" not in row:
        return []
    if await tombstones.refuses(context, target.furnisher, [row]):
        raise InvalidRequestError(TAKEN_BACK, {PLACE: TAKEN_BACK})
    kind = state.log.vocabulary.kinds.get(str(row["kind"]))
    if kind is None or kind.speaks != "against":
        return []
    events = await reading(state, lambda log: log.events_of(target.log_id))
    old = next(e for e in events if (e["furnisher"], e["event_id"]) == (target.furnisher, target.event_id))
    if old["kind"] != kind.name:
        raise InvalidRequestError(WORSE, {PLACE: WORSE})
    new = Target(target.log_id, str(row["furnisher"]), str(row["event_id"]))
    return [rows.counts_from(context.settings.bureau, new, day, context.now) for day in _days(events, old)]


def _days(events: Sequence[Event], old: Event) -> list[object]:
    """From when an event counts, where the person was told of it."""
    return [
        e["date"] for e in events if e.get("action") == "counts_from" and e["target_key"] == old["event_key"]
    ]
