"""Baselines made from everybody's points: the average of all, or of those at or just above a cut-off."""

from pathlib import Path
from tempfile import TemporaryDirectory

from credence.engines import duckdb as engine
from credence.engines import results
from credence.engines.moment import Moment
from credence.errors import BaselineError, CutoffMissingError
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.scorecards.reasons import Baseline, best

NAMES = ("best", "average", "cutoff")
# "At or slightly above the cut-off" (US Regulation B, official interpretation 9(b)(2)), in points.
SLIGHTLY_ABOVE = 20


def baseline_for(
    name: str, scorecard: Scorecard, log: EventLog, moment: Moment, cutoff: int | None = None
) -> Baseline:
    """The baseline of a name, from everybody in the log at the moment.

    Raises:
        CutoffMissingError: The baseline is that of a cut-off, and none is given.
        BaselineError: Nobody has a score to average.
        EngineError: Everybody could not be scored.
    """
    if name == "best":
        return best(scorecard)
    if name == "cutoff" and cutoff is None:
        raise CutoffMissingError
    low, high = (None, None) if name == "average" else (cutoff, (cutoff or 0) + SLIGHTLY_ABOVE)
    with TemporaryDirectory() as folder:
        scores = Path(folder) / "scores.parquet"
        engine.score_log(scorecard, log, moment, scores)
        people, totals = results.totals(scores, scorecard, low, high)
    if not people:
        raise BaselineError(name, low, high)
    return Baseline(name, totals, people)
