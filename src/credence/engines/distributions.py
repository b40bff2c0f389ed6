"""How scores and answers are spread over the people in files of scores, counted in whole people."""

from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from credence.engines.scored import Scores, check, source
from credence.events.fields import identifier, quoted
from credence.events.log import connect
from credence.scorecards.model import MISSING, Characteristic

PERCENTS = (5, 25, 50, 75, 95)
# Bins are 1, 2, 5, 10, 20, 25, 50, 100, ... points wide: the least of these that makes so many bins at most.
BINS_MOST = 25
WIDTHS = (10, 20, 25, 50)
# Characteristics with points for each event: people with 0, 1, ... events, and those with this many and more.
EVENTS_MOST = 5


@dataclass(frozen=True)
class Bins:
    """Even ranges of the score, from the lowest up; the last one takes its upper end, too.

    Attributes:
        start: The lowest score of the first one.
        width: How many scores lie in each.
        number: How many there are.
        end: The greatest score of the last one.
    """

    start: int
    width: int
    number: int
    end: int

    @property
    def limits(self) -> tuple[tuple[int, int], ...]:
        """The least and the greatest score of each bin."""
        lows = [self.start + n * self.width for n in range(self.number)]
        return tuple(zip(lows, [*(low - 1 for low in lows[1:]), self.end], strict=True))


@dataclass(frozen=True)
class Distribution:
    """How one scorecard's scores and answers are spread.

    Attributes:
        people: Rows in all.
        scored: Those with a score.
        mean: The mean score; None where nobody has one.
        quantiles: The score at some shares of the people with one, with the least and the greatest.
        bins: People in each bin.
        bands: People by band, lowest scores first.
        unscorable: People without a score, by code.
        attributes: People by the label of the attribute they fell in, for each characteristic. Where
            points are given for each event, by the number of events instead.
    """

    people: int
    scored: int
    mean: float | None
    quantiles: dict[str, int]
    bins: tuple[int, ...]
    bands: dict[str, int]
    unscorable: dict[str, int]
    attributes: dict[str, dict[str, int]]


def bins_over(least: int, greatest: int) -> Bins:
    """The bins from one score to another."""
    tens = (step * 10**power for power in count() for step in WIDTHS)
    every = (_bins_of(width, least, greatest) for width in chain((1, 2, 5), tens))
    return next(bins for bins in every if bins.number <= BINS_MOST)


def _bins_of(width: int, least: int, greatest: int) -> Bins:
    start = least // width * width
    whole, rest = divmod(greatest - start, width)
    # A last bin of one score alone joins the one before it.
    return Bins(start, width, whole + (1 if rest or width == 1 else 0), greatest)


def distributions(now: Scores, before: Scores | None = None) -> tuple[Bins, tuple[Distribution, ...]]:
    """Count the people of one or two files of scores of the same scorecard, in the same bins.

    The bins go over the scorecard's range, and further where a score does; without a range from the
    least score that there is to the greatest.

    Raises:
        SourceNotFoundError: A file is not there.
        IntakeError: A file is no file of this scorecard's scores, or has a person twice.
    """
    sides = [now] if before is None else [now, before]
    with TemporaryDirectory() as scratch, connect(Path(scratch)) as connection:
        for number, scores in enumerate(sides):
            check(connection, scores)
            counted = f"SELECT score, band, unscorable, count(*) AS people FROM {source(scores)} GROUP BY ALL"
            connection.execute(f"CREATE TEMP TABLE counted_{number} AS {counted}")
        bins = _bins(connection, now.scorecard.range, len(sides))
        return bins, tuple(_counted(connection, number, bins, scores) for number, scores in enumerate(sides))


def _bins(connection: duckdb.DuckDBPyConnection, limits: tuple[int, int] | None, sides: int) -> Bins:
    both = " UNION ALL ".join(f"SELECT score FROM counted_{number}" for number in range(sides))
    found = connection.execute(f"SELECT min(score), max(score) FROM ({both})").fetchone() or ()
    ends = [end for end in (*found, *(limits or ())) if end is not None]
    return bins_over(min(ends, default=0), max(ends, default=0))


def _counted(connection: duckdb.DuckDBPyConnection, number: int, bins: Bins, scores: Scores) -> Distribution:
    table = f"counted_{number}"
    sums = (
        "coalesce(sum(people), 0), coalesce(sum(people) FILTER (score IS NOT NULL), 0), sum(score * people)"
    )
    people, scored, points = connection.execute(f"SELECT {sums} FROM {table}").fetchone() or (0, 0, None)
    return Distribution(
        people=int(people),
        scored=int(scored),
        mean=None if points is None else int(points) / int(scored),
        quantiles=_quantiles(connection, table, int(scored)),
        bins=_by_bin(connection, table, bins),
        bands=_by(connection, "band", f"{table} WHERE band IS NOT NULL"),
        unscorable=_by(connection, "unscorable", f"{table} WHERE unscorable IS NOT NULL"),
        attributes={
            c.name: _by(connection, _cell(c), source(scores), "count(*)")
            for c in scores.scorecard.characteristics
        },
    )


def _by(
    connection: duckdb.DuckDBPyConnection, key: str, rows: str, people: str = "sum(people)"
) -> dict[str, int]:
    query = f"SELECT {key}, CAST({people} AS BIGINT) FROM {rows} GROUP BY 1 ORDER BY min(score), 1"
    return dict(connection.execute(query).fetchall())


def _by_bin(connection: duckdb.DuckDBPyConnection, table: str, bins: Bins) -> tuple[int, ...]:
    place = f"least((score - ({bins.start})) // {bins.width}, {bins.number - 1})"
    query = f"SELECT {place}, CAST(sum(people) AS BIGINT) FROM {table} WHERE score IS NOT NULL GROUP BY 1"
    found = dict(connection.execute(query).fetchall())
    return tuple(found.get(number, 0) for number in range(bins.number))


def _cell(characteristic: Characteristic) -> str:
    name = identifier(characteristic.name)
    if characteristic.each is None:
        return f"{name}.attribute"
    more = quoted(events_label(EVENTS_MOST))
    known = f"CASE WHEN {name}.answer >= {EVENTS_MOST} THEN {more} ELSE CAST({name}.answer AS VARCHAR) END"
    return f"coalesce({known}, {quoted(MISSING)})"


def events_label(events: int) -> str:
    """What people with so many events are called."""
    return f"{events} and more" if events >= EVENTS_MOST else str(events)


def _quantiles(connection: duckdb.DuckDBPyConnection, table: str, scored: int) -> dict[str, int]:
    """The least score that is not under so many percent of the people, in whole numbers throughout."""
    if not scored:
        return {}
    least = ", ".join(f"min(score) FILTER (100 * upto >= {percent} * {scored})" for percent in PERCENTS)
    upto = f"SELECT score, sum(people) OVER (ORDER BY score) AS upto FROM {table} WHERE score IS NOT NULL"
    query = f"SELECT min(score), {least}, max(score) FROM ({upto})"
    row = connection.execute(query).fetchone() or ()
    names = ("least", *(f"{percent}%" for percent in PERCENTS), "greatest")
    return dict(zip(names, row, strict=True))
