"""Baselines made from everybody's points: the average of all, or of those at or just above a cut-off."""

from pathlib import Path
from tempfile import TemporaryDirectory

from credence.engines import results
from credence.engines.moment import Moment
from credence.engines.tables import Tables
from credence.errors import BaselineError, CutoffMissingError
from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.scorecards.reasons import Baseline, best, usual
from credence.scoring.run import score_people

NAMES = ("stated", "best", "average", "cutoff")
# "At or slightly above the cut-off" (US Regulation B, official interpretation 9(b)(2)), in points.
SLIGHTLY_ABOVE = 20


def baseline_for(
    name: str,
    scorecard: Scorecard,
    source: EventLog | Path,
    moment: Moment,
    cutoff: int | None = None,
    tables: Tables | None = None,
) -> Baseline:
    """The baseline of a name: the file's own (else the best possible), or from everybody in a log or table.

    Raises:
        CutoffMissingError: The baseline is that of a cut-off, and none is given.
        BaselineError: Nobody has a score to average.
        EngineError: Everybody could not be scored.
    """
    if name in ("stated", "best"):
        return usual(scorecard) if name == "stated" else best(scorecard)
    if name == "cutoff" and cutoff is None:
        raise CutoffMissingError
    low, high = (None, None) if name == "average" else (cutoff, (cutoff or 0) + SLIGHTLY_ABOVE)
    with TemporaryDirectory() as folder:
        scores = Path(folder) / "scores.parquet"
        score_people(scorecard, source, moment, scores, tables)
        people, totals = results.totals(scores, scorecard, low, high)
    if not people:
        raise BaselineError(name, low, high)
    return Baseline(name, totals, people)
