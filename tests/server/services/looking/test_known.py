"""What became of each event is told: taken back, replaced, held, or not counting yet."""

from pathlib import Path

from credence import EventLog, import_rows
from credence.server.services.looking import known
from credence.server.services.looking.known import Asked
from tests.server.harness import run
from tests.server.services.reading.world import world

EVENT: dict[str, object] = {
    "furnisher": "power",
    "person_id": "log-cleo",
    "kind": "bill.paid",
    "days_late": 0,
}
MARK: dict[str, object] = {"furnisher": "bureau", "person_id": "log-cleo", "target_furnisher": "power"}
ROWS: list[dict[str, object]] = [
    *(EVENT | {"event_id": f"e{n}", "occurred_at": f"2026-10-0{n}T12:00:00Z"} for n in range(1, 7)),
    EVENT | {"event_id": "r1", "occurred_at": "2026-10-08", "replaces": "e2"},
    MARK | {"event_id": "m1", "kind": "mark.retracts", "retracts": "e1", "occurred_at": "2026-11-02"},
    MARK | {"event_id": "m3", "kind": "mark.suspends", "target": "e3", "occurred_at": "2026-11-02"},
    MARK
    | {"event_id": "m4", "kind": "mark.counts_from", "target": "e4", "occurred_at": "2026-11-02"}
    | {"date": "2026-12-24"},
    MARK | {"event_id": "m5", "kind": "mark.suspends", "target": "e5", "occurred_at": "2026-11-02"},
    MARK | {"event_id": "m6", "kind": "mark.releases", "target": "e5", "occurred_at": "2026-11-03"},
]


def test_each_event_says_what_became_of_it(database: str, folder: Path) -> None:
    async def it() -> None:
        async with world(database, folder) as there:
            taken = import_rows(EventLog.open(there.data / "log"), ROWS, there.here.clock())
            assert taken.total("accepted") == len(ROWS), taken.sentences
            async with there.here.as_(there.people["cleo"][0]) as context:
                found = await known.facts(context, there.here.state.log, Asked())
            became = {fact.event_id: fact.status for fact in found.facts}
            assert became == {
                "r1": "counts", "e1": "taken_back", "e2": "replaced", "e3": "looked_at", "e4": "waits",
                "e5": "counts", "e6": "counts",
            }  # fmt: skip
            assert [fact.event_id for fact in found.facts][:2] == ["r1", "e6"]
            assert (found.total, found.lists, dict(found.furnishers)) == (7, 0, {"power": "power"})
            assert found.facts[1].occurred_at == "2026-10-06T12:00:00Z"

    run(it())
