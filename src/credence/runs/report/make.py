"""The facts of a report from files of scores: this run's, and where there is one, the last run's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from credence.engines.compared import compare
from credence.engines.counts.groups import Asked, group_counts
from credence.engines.distributions import EVENTS_MOST, Bins, Distribution, distributions, events_label
from credence.engines.moment import Moment
from credence.engines.scored import Scores
from credence.runs.report.drift import by_chance, csi, psi
from credence.runs.report.groups import Groups, cut_offs_of, grouping
from credence.runs.report.model import Before, CardReport, Drift, Furnisher, Report, Share
from credence.scorecards.model import Attribute, Characteristic, Scorecard
from credence.scoring.diff import changes

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Earlier:
    """An earlier run's scores of one scorecard."""

    run: str
    as_of: date
    known_at: datetime
    scores: Scores


def report_on(
    run: str,
    moment: Moment,
    scored: Sequence[Scores],
    earlier: Mapping[str, Earlier],
    furnishers: Iterable[Furnisher] = (),
) -> Report:
    """The report of a run.

    Args:
        run: The run's id.
        moment: What it was scored for, with the snapshot.
        scored: Each scorecard with its file, or folder, of scores.
        earlier: By name of the scorecard the last run to compare with, where there is one.
        furnishers: How fresh each furnisher's data is.

    Raises:
        SourceNotFoundError: A file of scores is not there.
        IntakeError: A file is no file of its scorecard's scores, or has a person twice.
    """
    cards = tuple(_card(scores, earlier.get(scores.scorecard.name)) for scores in scored)
    told = tuple(sorted(furnishers, key=lambda furnisher: furnisher.name))
    return Report(run, moment.as_of, moment.known_at, moment.snapshot, cards, told)


def with_groups(report: Report, scored: Sequence[Scores], table: Path, cut_off: int | None = None) -> Report:
    """The report with everybody of each scorecard by the columns of a table of groups.

    Args:
        report: The report.
        scored: Each scorecard with its scores, as the report was made of.
        table: A table of person_id and columns of groups.
        cut_off: The score at which groups are compared; the least of each band if not said.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It is no table of groups.
    """
    asked = [Asked(scores, cut_offs_of(scores.scorecard, cut_off)) for scores in scored]
    cards = []
    for card, one, counts in zip(report.cards, asked, group_counts(table, asked), strict=True):
        columns = tuple(grouping(name, found, one.cut_offs) for name, found in counts.items())
        cards.append(replace(card, groups=Groups(one.cut_offs, columns)))
    return replace(report, cards=tuple(cards))


def _card(scores: Scores, earlier: Earlier | None) -> CardReport:
    bins, (now, *rest) = distributions(scores, earlier.scores if earlier else None)
    last = rest[0] if rest else None
    card, names = scores.scorecard, [band.name for band in scores.scorecard.bands]
    codes = [rule.code for rule in card.scorable_when]
    return CardReport(
        scorecard=card,
        people=now.people,
        scored=now.scored,
        mean=now.mean,
        quantiles=now.quantiles,
        bins=_bins(bins, now, last),
        bands=_shares(now.bands, last.bands if last else None, names),
        unscorable=_shares(now.unscorable, last.unscorable if last else None, codes, every=False),
        characteristics=tuple(_drift(c, now, last, _then(earlier, c.name)) for c in card.characteristics),
        before=_before(earlier, last, card) if earlier and last else None,
        psi=psi(now.bins, last.bins) if last else None,
        moves=compare(earlier.scores, scores, same_day=False) if earlier else None,
        limits=bins.limits,
        psi_by_chance=by_chance(now.bins, last.bins) if last else None,
    )


def _bins(bins: Bins, now: Distribution, last: Distribution | None) -> tuple[Share, ...]:
    labels = [f"{low}" if low == high else f"{low} to {high}" for low, high in bins.limits]
    before = last.bins if last else [None] * len(labels)
    return tuple(Share(*counted) for counted in zip(labels, now.bins, before, strict=True))


def _before(earlier: Earlier, last: Distribution, card: Scorecard) -> Before:
    then = earlier.scores.scorecard
    told = tuple(change.sentence for change in changes(then, card))
    counted = last.people, last.scored, last.mean
    return Before(earlier.run, earlier.as_of, earlier.known_at, then.version, *counted, changes=told)


def _then(earlier: Earlier | None, name: str) -> Characteristic | None:
    cards = [earlier.scores.scorecard] if earlier else []
    return next((c for card in cards for c in card.characteristics if c.name == name), None)


def _shares(
    now: Counts, before: Counts | None, order: Iterable[str], *, every: bool = True
) -> tuple[Share, ...]:
    """Counts side by side: first those that are named, all or (not `every`) where there is somebody."""
    found = dict.fromkeys([*now, *(before or {})])
    labels = [label for label in dict.fromkeys([*order, *found]) if every or label in found]
    return tuple(
        Share(label, now.get(label, 0), None if before is None else before.get(label, 0)) for label in labels
    )


def _drift(
    c: Characteristic, now: Distribution, last: Distribution | None, then: Characteristic | None
) -> Drift:
    counts = now.attributes[c.name]
    alike = then is not None and _asked(c) == _asked(then)
    before = last.attributes[c.name] if last is not None and alike else None
    shares = _shares(counts, before, _cells(c), every=c.each is None)
    if before is None or then is None:
        return Drift(c.name, c.question, shares)
    points = _points(c)
    moved = csi(counts, before, points) if points is not None and points == _points(then) else None
    sides = [share.people for share in shares], [share.before or 0 for share in shares]
    return Drift(c.name, c.question, shares, psi(*sides), moved, by_chance(*sides))


def _asked(c: Characteristic) -> tuple[object, ...]:
    """What must be the same for the people in its attributes to be compared."""
    tests = tuple((row.test, row.label) for row in c.rows() if isinstance(row, Attribute))
    return c.measure, c.months, tests, c.each is None


def _cells(c: Characteristic) -> list[str]:
    """The labels of its attributes in order, or of the numbers of events; equal ones are one."""
    if c.each is not None:
        return [events_label(events) for events in range(EVENTS_MOST + 1)]
    return [row.label for row in c.rows()]


def _points(c: Characteristic) -> dict[str, int] | None:
    """The points by label, but for attributes that give no score; None where they follow the answer."""
    rows = [row for row in c.rows() if isinstance(row, Attribute) and row.unscorable is None]
    points = {row.label: row.points for row in rows if isinstance(row.points, int)}
    return points if len(points) == len(rows) and c.each is None else None
