from pathlib import Path

from credence import EventLog
from tests.both_engines import card, scored
from tests.world import AS_OF, event, record


def test_a_requirement_whose_answer_is_missing_does_not_hold(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    rule = {
        "measure": {"days_since": {"kind": "bill.unpaid"}},
        "at_least": 0,
        "code": "none",
        "sentence": "None",
    }

    assert scored(card(tmp_path, {"count": {}}, scorable_when=[rule]), log, AS_OF).unscorable == "none"
