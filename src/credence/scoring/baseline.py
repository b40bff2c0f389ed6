"""Baselines made from everybody's points: the average of all, or of those at or just above a cut-off."""

from pathlib import Path
from tempfile import TemporaryDirectory

from credence.engines import duckdb as engine
from credence.engines import results
from credence.engines.moment import Moment
from credence.errors import BaselineError
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
        BaselineError: The cut-off is not given, or nobody has a score to average.
        EngineError: Everybody could not be scored.
    """
    if name == "best":
        return best(scorecard)
    if name == "cutoff" and cutoff is None:
        raise BaselineError("The baseline 'cutoff' needs the cut-off's score: give --cutoff.")
    low, high = (None, None) if name == "average" else (cutoff, (cutoff or 0) + SLIGHTLY_ABOVE)
    with TemporaryDirectory() as folder:
        scores = Path(folder) / "scores.parquet"
        engine.score_log(scorecard, log, moment, scores)
        people, totals = results.totals(scores, scorecard, low, high)
    if not people:
        where = "" if cutoff is None else f" of {cutoff} to {cutoff + SLIGHTLY_ABOVE}"
        raise BaselineError(f"Nobody has a score{where}, so there is no average to compare with.")
    return Baseline(name, dict(totals), people)
