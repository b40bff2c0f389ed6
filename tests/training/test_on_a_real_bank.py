"""A scorecard learnt from the events of real borrowers; skips where the data is not there."""

import os
from pathlib import Path

import pytest

from bench.berka_training import from_events, out_of_time, scored
from credence import EventLog

ROOT = Path(__file__).parents[2]
BANK = Path(os.environ.get("CREDENCE_DATA", ROOT.parent / "shared" / "data")) / "berka"
needs_the_bank = pytest.mark.skipif(
    not (BANK / "loan.parquet").is_file(), reason="the bank's tables are not here"
)


@needs_the_bank
def test_what_was_known_on_the_day_of_a_loan_tells_how_it_ends(tmp_path: Path) -> None:
    learnt = from_events(BANK, tmp_path)
    assert (learnt.samples.good, learnt.samples.bad, learnt.samples.left_out) == (357, 35, ())
    figures = learnt.trained.figures
    assert figures.auc - 2 * figures.auc_error > 0.75
    assert learnt.accepted.score is not None
    assert learnt.refused.score is not None
    assert learnt.accepted.score - learnt.refused.score > 200
    # From the log, each as known on the day, everybody gets the points of the fit.
    scores = sorted(row[0] for row in scored(EventLog.open(tmp_path / "log"), tmp_path))
    fit = learnt.trained.fit
    assert scores == sorted(fit.points.scores(fit.design).tolist())


@needs_the_bank
def test_loans_of_earlier_years_tell_how_later_ones_end(tmp_path: Path) -> None:
    figures = out_of_time(BANK, tmp_path).figures
    held = figures.out_of_time
    assert held is not None
    assert (figures.rows, held.rows, held.bad) == (328, 354, 30)
    assert held.auc > 0.8
