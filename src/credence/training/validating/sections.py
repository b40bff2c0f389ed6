"""What only a standing scorecard is told of: its rows, its figures, and how far people moved since."""

from collections.abc import Iterator

import numpy as np

from credence.runs.report.drift import SHIFTED, by_chance, may_be_chance, meaning, psi
from credence.scoring.words import counted
from credence.training.reading.times import times_of
from credence.training.report.figures_section import figures_of, section_of
from credence.training.report.ranges import Spread, within
from credence.training.report.section import Cell, Grid, Section
from credence.training.report.stability_section import SCORES, Rows, by_period
from credence.training.validating.standing import Standing

REPEAT = "{} another in every answer and the outcome: figures look surer than they are."
UNSCORED = (
    "{} no score, for the scorecard has no points for an answer or asks to know more first; they count in no "
    "figure."
)
LEARNT = "If points were learnt from some of these very rows, the figures flatter them."
FITTED = (
    "Nothing says which score stands for which odds, so that was read off these very rows: {score} at "
    "{odds:.2f} good to 1 bad, twice that every {doubled:.1f} points. It flatters log-loss, Brier and "
    "calibration; say it with --at, --odds and --pdo where it is known."
)
SAME = (
    "Scores and answers are spread exactly as those that it was learnt from: if these are the very rows, the "
    "figures flatter it, and say nothing of others."
)
CSI = "CSI is by how many points a question's answers alone moved the mean score."
MOVED_ONLY = (
    "PSI under 0.10 is called stable, over 0.25 shifted. A stable one does not show that good and bad part."
)
PERIODS = (
    "PSI and CSI compare each period with all rows of the table.",
    "A stable PSI does not show that good and bad still part, nor a stable AUC that the chances are right.",
)


def rows_of_standing(evidence: Standing) -> Section:
    """How many rows there are, who has no score, and how scores are spread."""
    table, unscored = evidence.table, evidence.unscored
    rows, bad = len(table.bad), int(table.bad.sum())
    says = [REPEAT.format(_repeat(table.duplicates))] if table.duplicates else []
    says += [UNSCORED.format(_have(unscored))] if unscored else []
    scale = evidence.scale
    if evidence.fitted:
        parts = {"score": scale.score, "odds": scale.odds, "doubled": scale.points_to_double_odds}
        says.append(FITTED.format(**parts))
    facts = {
        "duplicates": table.duplicates,
        "unscored": unscored,
        "scale_fitted": evidence.fitted,
        "scores": Spread.of(evidence.scores),
    }
    kinds: tuple[tuple[Cell, ...], ...] = (("with a score", rows, bad, round(100 * bad / rows, 1)),)
    grid = Grid("Rows and outcomes", ("Rows", "In all", "Bad", "Bad, %"), kinds)
    return Section("split", "The rows", (*says, LEARNT), facts, (grid,))


def _repeat(rows: int) -> str:
    return f"{counted(rows, 'row')} {'repeats' if rows == 1 else 'repeat'}"


def _have(rows: int) -> str:
    return f"{counted(rows, 'row')} {'has' if rows == 1 else 'have'}"


def figures_of_standing(evidence: Standing) -> Section:
    """The figures of the rows, with their errors."""
    return section_of(figures_of([evidence.whole], evidence.order.source.seed))


def drift(evidence: Standing) -> Section | None:
    """How far scores and answers moved from those learnt from; None where nothing is known of these."""
    before = evidence.before
    if before is None:
        return None
    moved = dict(_moved(evidence))
    spread = before.split.scores
    index = None if spread is None else psi(within(spread.limits, evidence.scores), spread.rows)
    said, shifted = _said(evidence, spread, index)
    facts = {"psi": None if index is None else round(index, 6), "csi": moved}
    grid = Grid("CSI in points, by question", ("Question", "Points"), tuple(moved.items()))
    says = (said, CSI, MOVED_ONLY)
    return Section("drift", "Beside the rows learnt from", says, facts, (grid,), warns=shifted)


def _said(evidence: Standing, spread: Spread | None, index: float | None) -> tuple[str, bool]:
    if spread is None or index is None:
        return "How the scores of the rows learnt from were spread is not known, so there is no PSI.", False
    if within(spread.limits, evidence.scores) == spread.rows and not any(dict(_moved(evidence)).values()):
        return SAME, True
    chance = may_be_chance(index, by_chance(within(spread.limits, evidence.scores), spread.rows))
    told = "moved no more than chance may make" if chance else SCORES[meaning(index)]
    return f"Beside the rows learnt from the scores {told} (PSI {index:.3f}).", (
        meaning(index) == SHIFTED and not chance
    )


def _moved(evidence: Standing) -> Iterator[tuple[str, float]]:
    """By how many mean points each question moved, the most moved first."""
    known = {each.column: each.mean for each in (evidence.before.characteristics if evidence.before else [])}
    found = [
        (each.column, round(float(each.given.mean()) - then, 2))
        for each in evidence.questions
        if (then := known.get(each.column)) is not None
    ]
    yield from sorted(found, key=lambda pair: -abs(pair[1]))


def periods(evidence: Standing) -> Section | None:
    """By period of the time; None where no column of it was named."""
    column = evidence.order.source.splitting.time
    if column is None:
        return None
    times, _ = times_of(evidence.table.beside[column])
    scores, every = evidence.scores, np.ones(len(evidence.scores), dtype=bool)
    given = {each.column: each.given for each in evidence.questions}
    rows = Rows(every, scores.astype(np.intp), scores, evidence.table.bad, given, times.periods())
    first, last = times.labels[0], times.labels[-1]
    told = f"Rows from {first} to {last} by '{column}'."
    found = by_period(rows, evidence.order.source.seed)
    return Section("stability", "Over time", (told, *PERIODS), found.facts, found.grids, found.pictures)
