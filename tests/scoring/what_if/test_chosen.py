"""Chosen changes: exact, by the same evaluator, and nothing is written."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from credence import EventLog, Moment
from credence.errors import HypotheticalError, PersonNotFoundError, UsageError
from credence.scorecards.model import Scorecard
from credence.scoring.change import Change
from credence.scoring.what_if.chosen import Chosen, suppose
from tests.both_engines import scored
from tests.scoring.what_if.asking import ON_TIME, OWED, PAID, UNPAID, card
from tests.world import AS_OF, LATER, event, record

LATER_NOW, AFTER_THAT = datetime(2026, 12, 6, tzinfo=UTC), datetime(2027, 1, 1)  # noqa: DTZ001 - UTC without a zone
BILLS = """
- {kind: bill.paid, occurred_at: 2026-10-20, days_late: 0}
- {kind: bill.paid, occurred_at: 2026-11-20, days_late: 0}
"""


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    log = EventLog.create(tmp_path / "log")
    record(log, PAID, OWED)
    return log


@pytest.fixture
def trial(tmp_path: Path) -> Scorecard:
    return card(tmp_path, {"on_time": ON_TIME, "unpaid": UNPAID})


@pytest.fixture
def bills(tmp_path: Path) -> Path:
    path = tmp_path / "bills.yaml"
    path.write_text(BILLS, encoding="utf-8")
    return path


def what_if(scorecard: Scorecard, log: EventLog, chosen: Chosen, person: str = "ana") -> Change:
    return suppose(scorecard, log, (person, {}), Moment(AS_OF, LATER), chosen)


def causes(found: Change) -> dict[str, int | None]:
    return {name: points for name, points in found.causes.items() if points}


def test_time_alone_lets_evidence_age(trial: Scorecard, log: EventLog) -> None:
    found = what_if(trial, log, Chosen(at=date(2027, 3, 6)))
    assert (found.points, causes(found)) == (15, {"time": 15})
    assert found.after.score == scored(trial, log, date(2027, 3, 6)).score


def test_supposed_events_count_and_are_not_written(trial: Scorecard, log: EventLog, bills: Path) -> None:
    before = log.events_of("ana"), log.snapshot
    found = what_if(trial, log, Chosen(events=bills, at=date(2026, 12, 6)))
    assert (found.points, causes(found)) == (20, {"new": 20})
    assert (log.events_of("ana"), log.snapshot) == before
    record(
        log,
        *(event("bill.paid", day, day, days_late=0) for day in ("2026-10-20", "2026-11-20")),
        now=LATER_NOW,
    )
    assert found.after.score == scored(trial, log, date(2026, 12, 6), AFTER_THAT).score


def test_a_supposed_correction_names_itself(trial: Scorecard, log: EventLog) -> None:
    found = what_if(trial, log, Chosen(retract=("bank/u",)))
    assert causes(found) == {"corrected": 15}
    (told,) = found.lines[1].causes[0].events
    assert (told.event_id, told.by and told.by.event_id) == ("u", "what-if-retracts-1")


def test_events_corrections_and_time_go_together(trial: Scorecard, log: EventLog, bills: Path) -> None:
    found = what_if(trial, log, Chosen(bills, ("bank/u", "bank/u"), date(2026, 12, 6)))
    assert (found.points, causes(found)) == (35, {"corrected": 15, "new": 20})


def test_what_has_not_happened_by_then_is_refused(trial: Scorecard, log: EventLog, bills: Path) -> None:
    bills.write_text(BILLS.replace("2026-11-20", "2027-11-20"), encoding="utf-8")
    with pytest.raises(HypotheticalError, match="it has not happened yet"):
        what_if(trial, log, Chosen(events=bills))


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (Chosen(at=date(2026, 10, 6)), "--at is 2026-10-06, before the statement's own 2026-11-06."),
        (Chosen(retract=("bank/x",)), "Nothing known of 'ana' is called 'bank/x'"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    trial: Scorecard, log: EventLog, chosen: Chosen, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        what_if(trial, log, chosen)


def test_of_somebody_unknown_nothing_is_supposed(trial: Scorecard, log: EventLog) -> None:
    with pytest.raises(PersonNotFoundError):
        what_if(trial, log, Chosen(at=AS_OF), "nobody")
