"""Reading a file of scores again: how many, in which bands, and why some have none."""

from dataclasses import dataclass
from pathlib import Path

from credence.events.fields import identifier, quoted
from credence.events.log import connect
from credence.scorecards.model import Scorecard


@dataclass(frozen=True)
class Summary:
    """A file of scores in short: rows, mean score, people a band, and people without a score a code."""

    rows: int
    mean: float | None
    bands: dict[str, int]
    unscorable: dict[str, int]


def summary(scores: Path) -> Summary:
    """Sum up a file of scores."""
    source = f"read_parquet({quoted(str(scores))})"
    with connect() as connection:
        rows, mean = connection.execute(f"SELECT count(*), avg(score) FROM {source}").fetchone() or (0, None)
        counted = "SELECT {0}, count(*) FROM {1} WHERE {0} IS NOT NULL GROUP BY 1 ORDER BY min(score), 1"
        bands = dict(connection.execute(counted.format("band", source)).fetchall())
        unscorable = dict(connection.execute(counted.format("unscorable", source)).fetchall())
    return Summary(rows, mean, bands, unscorable)


def totals(
    scores: Path, scorecard: Scorecard, low: int | None = None, high: int | None = None
) -> tuple[int, dict[str, int | None]]:
    """How many people have a score (within limits, the upper one left out), and their points added up.

    Nobody's points add up to None.
    """
    names = [c.name for c in scorecard.characteristics]
    sums = ", ".join(f"CAST(sum({identifier(name)}.points) AS BIGINT)" for name in names)
    inside = "" if low is None else f" AND score >= {low} AND score < {high}"
    with connect() as connection:
        row = connection.execute(
            f"SELECT count(*), {sums} FROM read_parquet({quoted(str(scores))}) "
            f"WHERE score IS NOT NULL{inside}"
        ).fetchone()
    assert row is not None, "an aggregate has one row"
    return row[0], dict(zip(names, row[1:], strict=True))


def read_row(scores: Path, scorecard: Scorecard, person_id: str) -> dict[str, object] | None:
    """One person's row: score, band, unscorable, reasons and points; None if the file has none."""
    points = ", ".join(f"{identifier(c.name)}.points" for c in scorecard.characteristics)
    reasons = "[reason_1, reason_2, reason_3, reason_4]"
    with connect() as connection:
        row = connection.execute(
            f"SELECT score, band, unscorable, list_filter({reasons}, lambda code: code IS NOT NULL), "
            f"[{points}] FROM read_parquet({quoted(str(scores))}) WHERE person_id = ?",
            [person_id],
        ).fetchone()
    if row is None:
        return None
    names = [c.name for c in scorecard.characteristics]
    facts = dict(zip(("score", "band", "unscorable", "reasons"), row[:4], strict=True))
    return facts | {"points": dict(zip(names, row[4], strict=True))}


def contradictions(scores: Path, scorecard: Scorecard) -> list[str]:
    """What of a folder of scores cannot be, a sentence each: whatever the rule, a score is a sum of points.

    Everybody stands there once, with a score or with the code of why there is none; a score is what everyone
    starts with and the points of every characteristic, and lies in the scorecard's range.
    """
    names = [identifier(c.name) for c in scorecard.characteristics]
    total = " + ".join([str(scorecard.points_base), *(f"{name}.points" for name in names)])
    low, high = scorecard.range or (None, None)
    beyond = "false" if low is None else f"score NOT BETWEEN {low} AND {high}"
    counted = (
        f"count(*) FILTER (score IS DISTINCT FROM {total} AND score IS NOT NULL)",
        "count(*) FILTER ((score IS NULL) = (unscorable IS NULL))",
        f"count(*) FILTER ({beyond})",
        "count(*) - count(DISTINCT person_id)",
    )
    said = (
        "people have a score that is not the sum of its points",
        "people have neither a score nor a reason why not, or both",
        f"people have a score outside {low} to {high}",
        "people stand there more than once",
    )
    with connect() as connection:
        source = f"read_parquet({quoted(f'{scores}/*.parquet')})"
        row = connection.execute(f"SELECT {', '.join(counted)} FROM {source}").fetchone() or ()
    return [f"{scorecard.name}: {count:,} {what}." for count, what in zip(row, said, strict=True) if count]
