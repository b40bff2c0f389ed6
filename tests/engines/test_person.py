import json
from collections.abc import Mapping
from pathlib import Path

from credence import EventLog, load_scorecard
from credence.scorecards.model import Scorecard
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


def write_card(folder: Path, characteristics: Mapping[str, object]) -> Scorecard:
    whole = {"name": "two", "version": 1, "title": "Two", "setting": "lab", "points_base": 0}
    reasons = {"U": "Unpaid", "L": "Late"}
    (folder / "two.yaml").write_text(
        json.dumps(whole | {"reasons": reasons, "characteristics": characteristics})
    )
    return load_scorecard(folder / "two.yaml")


def test_a_crossing_may_ask_that_an_answer_is_missing(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    ago = {
        "measure": {"days_since": {"kind": "bill.unpaid"}},
        "attributes": [{"points": 0}],
        "missing": {"points": 0},
    }
    paid = {"measure": {"count": {"kind": "bill.paid"}}, "attributes": [{"points": 0}]}
    rows = [{"when": {"ago": {"missing": True}, "paid": {"in": [1]}}, "points": 5}, {"points": 0}]
    crossed = {"measure": {"cross": ["ago", "paid"]}, "attributes": rows}

    assert scored(write_card(tmp_path, {"ago": ago, "paid": paid, "crossed": crossed}), log, AS_OF).score == 5


def test_points_lost_event_by_event_are_told_as_reasons_alone_or_shared(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=4))
    record(log, event("bill.unpaid", "2026-10-01", "2", due_date="2026-09-01"))
    late = {"count": {"kind": "bill.paid", "where": {"days_late": {"above": 0}}}}
    unpaid = {"count": {"kind": "bill.unpaid"}}
    each = {"points": -5, "cap": -20}
    alone = {
        "late": {"measure": late, "points_each": each | {"reason": "L"}},
        "unpaid": {"measure": unpaid, "points_each": {"points": -7, "cap": -70, "reason": "U"}},
    }
    shared = {
        "late": {"measure": late, "points_each": each | {"reason": "U"}},
        "unpaid": {"measure": unpaid, "points_each": each | {"reason": "U"}},
    }

    assert scored(write_card(tmp_path, alone), log, AS_OF).reasons == ("U", "L")
    assert scored(write_card(tmp_path, shared), log, AS_OF).reasons == ("U",)


def test_points_for_each_event_end_at_a_million_where_there_is_no_cap(log: EventLog, tmp_path: Path) -> None:
    rows = [event("bill.unpaid", "2026-11-01", f"u{n}", due_date="2026-10-20") for n in range(3)]
    record(log, *rows)
    unpaid = {"count": {"kind": "bill.unpaid"}}
    for points, most in ((700_000, 1_000_000), (-700_000, -1_000_000)):
        each = {"asked": {"measure": unpaid, "points_each": {"points": points}}}
        assert scored(card(tmp_path, unpaid, characteristics=each), log, AS_OF).score == most


def test_what_several_lose_for_one_reason_fits_whatever_they_lose(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.unpaid", "2026-11-01", "u", due_date="2026-10-20"))
    rows = [{"below": 1, "points": 1_000_000}, {"points": -1_000_000, "reason": "R"}]
    one = {"measure": {"count": {"kind": "bill.unpaid"}}, "attributes": rows}
    many = {f"c{n}": one for n in range(9)}
    baseline = {"method": "mean", "points": {"c0": 12.345678}}
    trial = card(tmp_path, {"count": {}}, characteristics=many, reasons={"R": "Unpaid"}, baseline=baseline)
    assert scored(trial, log, AS_OF).reasons == ("R",)
