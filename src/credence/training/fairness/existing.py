"""Groups compared by a score that exists: a column of a table, or a scorecard that scores its rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from credence.engines.outcomes import NUMBER, column_kinds
from credence.engines.sql.compile import columns_needed
from credence.errors import TrainingTableError
from credence.scorecards.model import Scorecard
from credence.training.against.lines import questions_of
from credence.training.against.rows import check_there, rows_of
from credence.training.against.standing import scores_of, standing
from credence.training.arrays import Floats
from credence.training.columns import Table
from credence.training.fairness.carried import Carried, carried
from credence.training.fairness.compared import Compared, Rated, compare, everybody
from credence.training.fairness.groups import Grouping, grouping
from credence.training.fairness.people import beside_people, group_columns
from credence.training.fairness.tables import carried_grid, carrying, grids, sentences
from credence.training.fairness.words import EVIDENCE, NOT_BOTH, meanings
from credence.training.judged import check_cut_off
from credence.training.order import Looks, Order
from credence.training.report.section import Grid, Section
from credence.training.splits import PERSON
from credence.training.table import Source


@dataclass(frozen=True)
class Existing:
    """What is asked for.

    Attributes:
        source: The file, its outcome, and what a bad one is.
        looks: The groups, and the cut-off.
        score: The column of the score, where there is one.
        scorecard: A scorecard that scores the rows, where there is none.
        high_is_bad: Whether a higher score is worse; then rows from the cut-off on are refused.
    """

    source: Source
    looks: Looks
    score: str | None = None
    scorecard: Path | None = None
    high_is_bad: bool = False


@dataclass(frozen=True)
class Scored:
    """The rows that have a score, and the scorecard that gave it, if one did."""

    table: Table
    scores: Floats
    unscored: int
    card: Scorecard | None


def existing(asked: Existing) -> tuple[Section, tuple[str, ...]]:
    """Compare the groups; beside what was found, what each figure shows, and what it does not.

    Raises:
        SourceNotFoundError: A file is not there.
        IntakeError: A table cannot be read, or the scorecard counts events.
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: Its file has faults.
        TrainingTableError: The table lacks a column, or an outcome.
    """
    scored = _scored(asked)
    cut_off = asked.looks.cut_off
    assert cut_off is not None, "the command asks for a cut-off"
    table, seed = scored.table, asked.source.seed
    rated = Rated(scored.scores, table.bad, cut_off, asked.high_is_bad, seed=seed)
    check_cut_off(Order(asked.source, looks=asked.looks), rated.accepts(scored.scores) > 0, scored.scores)
    groups = [grouping(column, table.bad) for column in group_columns(asked.looks, table)]
    found = [compare(rated, each) for each in groups]
    parts = {
        each.column: _carried(asked, scored, mine, each)
        for mine, each in zip(groups, found, strict=True)
        if each.groups and scored.card is not None
    }
    facts = {
        "rows": len(table.bad),
        "unscored": scored.unscored,
        "cut_off": cut_off,
        "everybody": everybody(rated),
        "groups": found,
        "carried": parts,
    }
    says = *_says(asked, scored, found, parts), EVIDENCE, NOT_BOTH
    figures = {name for each in found for group in each.groups for name in group.figures}
    return Section("fairness", "Groups of people", says, facts, _grids(found, parts)), meanings(figures)


def _scored(asked: Existing) -> Scored:
    kinds = column_kinds(asked.source.path)
    _check(asked, kinds)
    card = None if asked.scorecard is None else standing(asked.scorecard, asked.source.path, kinds)
    table = _table(asked, kinds, [] if card is None else columns_needed(card))
    if card is not None:
        scores = scores_of(card, table, asked.source.path)
    else:
        found = table.beside[asked.score or ""].numbers
        assert found is not None, "the score was checked to be a number"
        scores = found
    known = ~np.isnan(scores)
    return Scored(table.taken(known), scores[known], int((~known).sum()), card)


def _check(asked: Existing, kinds: dict[str, str]) -> None:
    """Make sure that every column is there, and the score a number."""
    wanted = [asked.source.outcome, *asked.looks.groups, *([asked.score] if asked.score else [])]
    check_there(asked.source, wanted, kinds)
    if asked.score and kinds[asked.score] != NUMBER:
        fault = f"'{asked.score}' is the score, and holds no numbers alone: empty the cells that are none."
        raise TrainingTableError(asked.source.path, [fault], [])


def _table(asked: Existing, kinds: dict[str, str], needed: list[str]) -> Table:
    """The table with everything that is needed, and with its people's groups."""
    source, looks = asked.source, asked.looks
    beside = [*looks.groups, *([asked.score] if asked.score else [])]
    beside += [PERSON] if looks.people is not None and PERSON in kinds else []
    table = rows_of(replace(source, beside=tuple(beside)), needed, kinds)
    return table if looks.people is None else beside_people(table, source.path, looks.people)


def _carried(asked: Existing, scored: Scored, groups: Grouping, found: Compared) -> list[Carried]:
    """Each characteristic's part of the gaps in mean points, as the scorecard gives them."""
    assert scored.card is not None, "asked where a scorecard gave the scores"
    reference = [group.name for group in found.groups].index(found.reference)
    return carried(questions_of(scored.card, scored.table, asked.source.path), groups, reference)


def _says(
    asked: Existing, scored: Scored, found: list[Compared], parts: dict[str, list[Carried]]
) -> Iterable[str]:
    way = "below it" if asked.high_is_bad else "from it on"
    rows, bad = len(scored.table.bad), int(scored.table.bad.sum())
    yield f"{rows:,} rows have a score, {bad:,} of them bad ({100 * bad / rows:.1f} %)."
    if scored.unscored:
        yield f"{scored.unscored:,} rows have none, and are left out."
    yield f"The cut-off is {asked.looks.cut_off}: rows are accepted {way}, the others taken for bad."
    for each in found:
        yield from sentences(each)
        if each.column in parts:
            yield carrying(each, parts[each.column])


def _grids(found: list[Compared], parts: dict[str, list[Carried]]) -> tuple[Grid, ...]:
    shown = [each for each in found if each.groups]
    tables = [grid for each in shown for grid in grids(each, each.column)]
    return (*tables, *(carried_grid(each, parts[each.column]) for each in shown if each.column in parts))
