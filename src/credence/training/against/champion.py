"""Champion against challenger: the scorecard in use and the new one on the same people."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from credence.characteristics.aggregates import Column
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from credence.training import figures
from credence.training.against.odds import chances_of_others
from credence.training.against.paired import (
    DIGITS,
    Difference,
    auc_difference,
    loss_difference,
    mean_auc,
    percent,
    points_said,
    sound,
)
from credence.training.against.standing import by_columns, scores_of
from credence.training.against.swaps import ACCEPTED, REFUSED, Swaps, migration, swaps
from credence.training.arrays import Codes, Floats
from credence.training.judged import Judged, Question
from credence.training.report.section import Cell, Grid, Section

FIFTH = ("lowest fifth", "2nd", "3rd", "4th", "highest fifth")
LEARNT = "Where the champion was learnt from some of these very people, its figures here flatter it."
CHANCES = (
    "The champion's file does not say which score stands for which odds, so its log-loss is that of a line "
    "fitted to these very outcomes, which favours it."
)
SWAPPED = (
    "At equal acceptance the challenger takes in {in_rows:,} people whom the champion refuses, of whom "
    "{in_rate} turned out bad, in place of {out_rows:,} of whom {out_rate} did."
)
SAME = (
    "All these people have outcomes, so all of them were once accepted: by the champion, perhaps, whose own "
    "refusals are not among them. That favours the new one."
)


@dataclass(frozen=True)
class Pair:
    """People whom both score."""

    champion: Floats
    challenger: Floats
    chances: Floats
    bad: Floats
    folds: Codes


@dataclass(frozen=True)
class Lines:
    """A column that either asks: how many lines, and how many points lie between them; None where not."""

    column: str
    champion_lines: int | None = None
    champion_points: int | None = None
    challenger_lines: int | None = None
    challenger_points: int | None = None


@dataclass(frozen=True)
class Compared:
    """Two scorecards on the same people; differences are the challenger's less the champion's."""

    champion: str
    version: int
    rows: int
    unscored: int
    sample: str
    auc: dict[str, float]
    ks: dict[str, float]
    log_loss: dict[str, float]
    auc_difference: Difference
    log_loss_difference: Difference
    correlation: float
    swaps: Swaps
    migration: list[list[int]]
    lines: list[Lines]


def champion(evidence: Judged) -> Section | None:
    """Compare with the scorecard in use, where one is named; out of time where rows were held out."""
    looks, sample = evidence.order.looks, evidence.headline
    if looks.champion is None:
        return None
    path, table = evidence.order.source.path, sample.table
    card = by_columns(load_scorecard(looks.champion), path, table.names)
    scores = scores_of(card, table, path)
    known = ~np.isnan(scores)
    kept = sample.taken(known)
    if len(set(kept.bad.tolist())) < len(("good", "bad")):
        says = f"The champion '{card.name}' scores {len(kept.bad):,} of these rows: too few to compare on."
        return Section(
            "champion", "Champion against challenger", (says,), {"rows": len(kept.bad)}, warns=True
        )
    # Rows held out are scored by one scorecard, and no folds.
    folds = np.zeros_like(kept.table.folds) if evidence.later else sound(kept.table.folds, kept.bad)
    pair = Pair(scores[known], kept.scores, kept.chances, kept.bad, folds)
    found = _compared(card, evidence, pair, (int((~known).sum()), sample.name))
    return Section(
        "champion",
        "Champion against challenger",
        tuple(_says(found)),
        found,
        _grids(found),
        warns=found.auc_difference.mean < 0,
    )


def _compared(card: Scorecard, evidence: Judged, pair: Pair, which: tuple[int, str]) -> Compared:
    bad, folds = pair.bad, pair.folds
    of_champion = chances_of_others(pair.champion, bad, folds)
    both = {"champion": pair.champion, "challenger": pair.challenger}
    chances = {"champion": of_champion, "challenger": pair.chances}
    return Compared(
        champion=card.name,
        version=card.version,
        rows=len(bad),
        unscored=which[0],
        sample=which[1],
        auc={name: mean_auc(scores, bad, folds) for name, scores in both.items()},
        ks={name: round(figures.ks(scores, bad), DIGITS) for name, scores in both.items()},
        log_loss={name: round(figures.log_loss(c, bad), DIGITS) for name, c in chances.items()},
        auc_difference=auc_difference(pair.challenger, pair.champion, bad, folds),
        log_loss_difference=loss_difference(pair.chances, of_champion, bad, folds),
        correlation=_correlation(pair),
        swaps=swaps(pair.champion, pair.challenger, bad, evidence.cut_off),
        migration=migration(pair.champion, pair.challenger),
        lines=lines(card, evidence.questions),
    )


def _correlation(pair: Pair) -> float:
    if not pair.champion.std() * pair.challenger.std():
        return 0.0
    return round(float(np.corrcoef(pair.champion, pair.challenger)[0, 1]), DIGITS)


def lines(card: Scorecard, questions: Iterable[Question]) -> list[Lines]:
    """For each column that either asks: how many lines, and how many points lie between them, in each."""
    found: dict[str, Lines] = {}
    for asked in card.characteristics:
        if isinstance(asked.measure.answer, Column):
            most, least = asked.points_most, asked.points_least
            span = None if most is None or least is None else most - least
            name = asked.measure.answer.name
            found[name] = Lines(name, len(asked.rows()), span)
    for mine in questions:
        of = found.get(mine.column, Lines(mine.column))
        found[mine.column] = replace(of, challenger_lines=len(mine.answers), challenger_points=mine.span)
    return [found[name] for name in sorted(found)]


def _says(found: Compared) -> list[str]:
    area = found.auc_difference
    which = f"{found.rows:,} rows {found.sample}"
    told = f"On the same {which} the challenger has {points_said(area)} beside '{found.champion}'"
    chance = ": chance alone may make such a difference." if area.by_chance else ", more than chance makes."
    came, went = found.swaps.taken(REFUSED, ACCEPTED), found.swaps.taken(ACCEPTED, REFUSED)
    swapped = SWAPPED.format(
        in_rows=came.rows, in_rate=_rate(came.bad_rate), out_rows=went.rows, out_rate=_rate(went.bad_rate)
    )
    unscored = [f"{found.unscored:,} rows have no score of the champion's, and are left out of all this."]
    return [told + chance, swapped, *(unscored if found.unscored else []), LEARNT, CHANCES, SAME]


def _rate(rate: float | None) -> str:
    return "none" if rate is None else f"{100 * rate:.1f} %"


def _grids(found: Compared) -> tuple[Grid, ...]:
    both = tuple((name, found.auc[name], found.ks[name], found.log_loss[name]) for name in found.auc)
    sets = tuple((s.champion, s.challenger, s.rows, s.bad, percent(s.bad_rate)) for s in found.swaps.sets)
    moved: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *rows) for name, rows in zip(FIFTH, found.migration, strict=True)
    )
    asked: tuple[tuple[Cell, ...], ...] = tuple(
        (of.column, of.champion_lines, of.champion_points, of.challenger_lines, of.challenger_points)
        for of in found.lines
    )
    accepts = f"{100 * found.swaps.champion_accepts:.1f} % and {100 * found.swaps.challenger_accepts:.1f} %"
    return (
        Grid("On the same people", ("", "AUC", "KS", "log-loss"), both),
        Grid(
            f"Swap set, where they accept {accepts}",
            ("champion", "challenger", "rows", "bad", "bad, %"),
            sets,
        ),
        Grid(
            "Champion's fifths (down) by the challenger's (across)",
            ("", *FIFTH),
            moved,
        ),
        Grid(
            "What each asks: lines, and points between the most and the fewest",
            ("column", "champion", "points", "challenger", "points"),
            asked,
            whole=True,
        ),
    )
