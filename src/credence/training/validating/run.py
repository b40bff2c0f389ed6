"""A scorecard that stands, judged by a table: read, score, look, write."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from credence.engines.outcomes import column_kinds
from credence.engines.sql.compile import columns_needed
from credence.errors import TrainingTableError
from credence.events.vocabulary import extended, shipped
from credence.scorecards.gate.points_hash import points_hash
from credence.scorecards.load import find, load_scorecard
from credence.scorecards.model import Scorecard
from credence.scorecards.scale import Scale
from credence.training.against.odds import odds_line
from credence.training.against.overrides import check_decisions
from credence.training.against.prepared import scale_of
from credence.training.against.rows import check_there, rows_of
from credence.training.against.standing import scores_of, standing
from credence.training.arrays import Floats
from credence.training.columns import Table
from credence.training.fairness.asked import with_people
from credence.training.figures import SURE
from credence.training.reading.times import times_of
from credence.training.splits import PERSON
from credence.training.validating.before import before
from credence.training.validating.card import origin_of
from credence.training.validating.looks import looked_at
from credence.training.validating.order import Asked
from credence.training.validating.standing import Standing
from credence.training.validating.written import Validated, write
from credence.training.validation import judgement
from credence.training.written.folder import check_new

# Of each outcome among the rows that have a score.
LEAST = 10
FEW = (
    "'{}' has a score for {:,} of {:,} rows, of which {:,} are bad: at least {} good and bad ones are needed."
)
FLAT = (
    "Scores of '{}' do not rise with the odds of a good outcome on these rows, so that nothing tells which "
    "score stands for which odds: say it with --at, --odds and --pdo."
)


def validate(asked: Asked) -> Validated:
    """Judge a scorecard by rows with outcomes, and write a folder where one is asked for.

    Raises:
        LogExistsError: The folder exists already.
        SourceNotFoundError: A file is not there.
        IntakeError: A table cannot be read.
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: Its file has faults, or the figures beside it.
        TrainingTableError: The table lacks a column, or an outcome, or has too few rows with a score.
    """
    out, path = asked.order.out, find(asked.scorecard)
    if out is not None:
        check_new(out)
    evidence = _evidence(asked, path)
    evidence.check()
    rows = len(evidence.table.bad) + evidence.unscored
    figures = judgement(evidence.whole, rows, evidence.order.source.seed)
    found = Validated(evidence, figures, tuple(looked_at(evidence)))
    if out is not None:
        write(out, found, asked.command, path)
    return found


def _evidence(asked: Asked, path: Path) -> Standing:
    order, words = asked.order, shipped()
    card = load_scorecard(path, extended(words, order.vocabulary) if order.vocabulary else words)
    table, asking = _read(asked, card)
    scores = scores_of(asking, table, order.source.path)
    known = ~np.isnan(scores)
    kept, scores = table.taken(known), scores[known]
    bad = int(kept.bad.sum())
    if min(bad, len(scores) - bad) < LEAST:
        fault = FEW.format(card.name, len(scores), len(known), bad, LEAST)
        raise TrainingTableError(order.source.path, [fault], [])
    then = before(path, card)
    stated = asked.scale or (then.scale if then else Scale.read(origin_of(path).get("scale", "")))
    scale = stated or _fitted(card, scores, kept, order.source.path)
    unscored = int((~known).sum())
    return Standing(order, kept, asking, points_hash(card), scale, stated is None, scores, unscored, then)


def _read(asked: Asked, card: Scorecard) -> tuple[Table, Scorecard]:
    """The rows, and the scorecard asking their columns."""
    order, source = asked.order, asked.order.source
    kinds = column_kinds(source.path)
    time, looks = source.splitting.time, order.looks
    beside = [*looks.beside, *([time] if time else [])]
    check_there(source, [source.outcome, *beside], kinds)
    asking = standing(card, source.path, kinds)
    needed = columns_needed(asking)
    if looks.champion is not None:
        beside += columns_needed(standing(looks.champion, source.path, kinds))
    beside += [PERSON] if PERSON in kinds else []
    table = rows_of(replace(source, beside=tuple(beside)), needed, kinds)
    faults = times_of(table.beside[time])[1] if time else []
    if faults:
        raise TrainingTableError(source.path, faults, [])
    check_decisions(order, table)
    return with_people(order, table), asking


def _fitted(card: Scorecard, scores: Floats, table: Table, path: Path) -> Scale:
    """The scale that is read off the rows."""
    line = odds_line(scores, table.bad)
    if line.slope - SURE * line.error <= 0:
        raise TrainingTableError(path, [FLAT.format(card.name)], [])
    return scale_of(line, scores)
