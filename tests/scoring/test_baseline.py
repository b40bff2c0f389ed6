from pathlib import Path

import pytest

from credence import EventLog, Moment, explain
from credence.errors import BaselineError, CutoffMissingError
from credence.scorecards.model import Scorecard
from credence.scoring.baseline import baseline_for
from tests.both_engines import card
from tests.world import AS_OF, LATER, event, record

MOMENT = Moment(AS_OF, LATER)


def crowd(log: EventLog, folder: Path) -> Scorecard:
    """Four people with 0, 1, 2 and 5 unpaid bills, and a card that takes ten points for each."""
    for person, bills in {"ana": 0, "ben": 1, "cho": 2, "dee": 5}.items():
        record(log, event("bill.paid", "2026-10-01", f"{person}-p", person, days_late=0))
        for number in range(bills):
            unpaid = {"due_date": "2026-09-10"}
            record(log, event("bill.unpaid", "2026-10-01", f"{person}-{number}", person, **unpaid))
    rows = [{"below": n, "points": 50 - 10 * (n - 1), "reason": "U"} for n in range(1, 6)]
    attributes = [*rows, {"points": 0, "reason": "U"}]
    return card(
        folder, {"count": {"kind": "bill.unpaid"}}, attributes=attributes, reasons={"U": "Unpaid bills"}
    )


def test_the_average_is_of_everybody_with_a_score(log: EventLog, tmp_path: Path) -> None:
    trial = crowd(log, tmp_path)
    average = baseline_for("average", trial, log, MOMENT)

    assert (average.totals, average.people) == ({"asked": 50 + 40 + 30 + 0}, 4)
    assert explain(trial, log, "ben", MOMENT, average).reasons == ()
    dee = explain(trial, log, "dee", MOMENT, average)
    assert (dee.baseline, dee.reasons[0].code, dee.reasons[0].points) == ("average", "U", 30.0)


def test_the_cutoff_baseline_is_of_those_at_or_slightly_above_it(log: EventLog, tmp_path: Path) -> None:
    trial = crowd(log, tmp_path)

    at = baseline_for("cutoff", trial, log, MOMENT, cutoff=30)

    assert (at.totals, at.people) == ({"asked": 40 + 30}, 2)


def test_the_best_baseline_needs_nobody(log: EventLog, tmp_path: Path) -> None:
    assert baseline_for("best", card(tmp_path, {"count": {}}), log, MOMENT).totals == {"asked": 1}


def test_the_stated_baseline_is_that_of_the_file(log: EventLog, tmp_path: Path) -> None:
    stated = card(tmp_path, {"count": {}}, baseline={"method": "mean", "points": {"asked": 7}})
    found = baseline_for("stated", stated, log, MOMENT)
    assert (found.name, found.totals) == ("stated", {"asked": 7})


def test_a_cutoff_must_be_given(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(CutoffMissingError, match="give --cutoff"):
        baseline_for("cutoff", card(tmp_path, {"count": {}}), log, MOMENT)


def test_there_must_be_somebody_to_compare_with(log: EventLog, tmp_path: Path) -> None:
    trial = crowd(log, tmp_path)

    with pytest.raises(BaselineError, match="Nobody has a score from 900 to below 920"):
        baseline_for("cutoff", trial, log, MOMENT, cutoff=900)
