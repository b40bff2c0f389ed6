"""How long plans take on the scorecard of thirty characteristics: `python -m bench.what_if`."""

import tempfile
import time
from datetime import datetime
from pathlib import Path

from bench import town
from credence import EventLog, Moment, import_file, load_scorecard
from credence.errors import UsageError
from credence.scorecards.model import Scorecard
from credence.scoring.what_if.moves import MoveKind, load_moves
from credence.scoring.what_if.plans import Goal, Plans, plan

PEOPLE, ASKED = 400, 40
CARD = Path(__file__).with_name("scorecard.yaml")
# After the town's last event.
MOMENT = Moment(town.AS_OF, datetime(2026, 11, 7))  # noqa: DTZ001 - moments are UTC without saying so
GOALS = {"20 points": Goal(points=20), "100 points": Goal(points=100), "band high": Goal(band="high")}


def main() -> None:
    """Make a small town and look for plans of its people."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        log, people = _log(folder)
        card = load_scorecard(CARD, log.vocabulary)
        kinds = load_moves(log.vocabulary)
        for name, goal in GOALS.items():
            _show(name, [_timed(card, log, person, goal, kinds) for person in people])


def _log(folder: Path) -> tuple[EventLog, list[str]]:
    town.write(PEOPLE, folder / "town")
    log = EventLog.create(folder / "log")
    for file in sorted((folder / "town").glob("*.parquet")):
        import_file(log, file, town.NOW)
    rows = log.reader().execute(f"SELECT DISTINCT person_id FROM ({log.relation()}) ORDER BY 1").fetchall()
    return log, [person for (person,) in rows[:ASKED]]


def _timed(
    card: Scorecard, log: EventLog, person: str, goal: Goal, kinds: list[MoveKind]
) -> tuple[float, Plans | None]:
    """CPU seconds, reading the person's events among them; no plans where there is no score to add to."""
    started = time.process_time()
    try:
        found = plan(card, log, (person, {}), MOMENT, goal, kinds)
    except UsageError:
        found = None
    return time.process_time() - started, found


def _show(goal: str, timed: list[tuple[float, Plans | None]]) -> None:
    seconds = sorted(cost for cost, found in timed if found is not None)
    found = [plans for _, plans in timed if plans is not None]
    reached, proven = sum(bool(p.plans) for p in found), sum(p.proven for p in found)
    print(
        f"{goal}: {len(found)} people, {reached} with plans, {proven} proven; CPU seconds a search: "
        f"median {seconds[len(seconds) // 2]:.2f}, slowest {seconds[-1]:.2f}"
    )


if __name__ == "__main__":
    main()
