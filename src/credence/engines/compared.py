"""Two files of scores of the same people: who moves, by how much, over which band, and through what."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from credence.engines.scored import Scores, check, check_days, source
from credence.engines.tables import first_line, table_source
from credence.errors import IntakeError
from credence.events.fields import identifier, quoted
from credence.events.log import connect

NO_SCORE, NO_BAND, NOT_THERE = "no score", "no band", "not there"
# Moves are counted in these steps, up and down alike.
STEPS = (1, 10, 20, 50, 100)
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Part:
    """What one characteristic did: how many people it moved, and by how many points all together."""

    name: str
    people: int
    points: int


@dataclass(frozen=True)
class Mover:
    """A person who moved: both scores, and what moved them most, with its points.

    `through` is a characteristic, or None where it is what everyone starts with. `was` and `became` are
    the labels of its attribute before and after (where points are given for each event, their number);
    None where the scorecard does not have it.
    """

    person_id: str
    old: int
    new: int
    through: str | None
    points: int
    was: str | None = None
    became: str | None = None


@dataclass(frozen=True)
class Moves:
    """How some people's scores moved.

    Attributes:
        people: All of them.
        scored: those with both scores, of whom the rest is told.
        up: How many rose.
        down: How many fell.
        points: The sum of all differences.
        gained: Without an old score and with a new one.
        lost: With an old score and without a new one.
    """

    people: int
    scored: int
    up: int
    down: int
    points: int
    gained: int
    lost: int

    @property
    def mean(self) -> float | None:
        """The mean difference; None where nobody has both scores."""
        return self.points / self.scored if self.scored else None


@dataclass(frozen=True)
class Comparison:
    """Two files of scores compared.

    Attributes:
        moves: Everybody.
        quantiles: Differences at some shares of the people with both scores, with the least and the greatest.
        steps: How many moved by how much, as a range in words.
        bands: People by (old band, new band).
        unscorable: People who gained or lost a score or the reason why there is none, by (old, new).
        parts: The characteristics that moved somebody, and what everyone starts with, most points first.
        movers: Those who moved most.
        groups: The moves of each group.
    """

    moves: Moves
    quantiles: dict[str, int]
    steps: dict[str, int]
    bands: dict[tuple[str, str], int]
    unscorable: dict[tuple[str, str], int]
    parts: tuple[Part, ...]
    movers: tuple[Mover, ...]
    groups: dict[str, Moves]


def compare(
    old: Scores, new: Scores, groups: Path | None = None, movers: int = 10, *, same_day: bool = True
) -> Comparison:
    """Compare two files of scores, person by person, on disk where they outgrow memory.

    Args:
        old: The scores before.
        new: The scores after.
        groups: A table of person_id and group.
        movers: How many of those who moved most are named.
        same_day: Whether the scores must be of one day, so that nothing but the scorecard differs.

    Raises:
        SourceNotFoundError: A file is not there.
        IntakeError: A file is no file of this scorecard's scores, has a person twice, or is of another day.
    """
    cards = (old.scorecard, new.scorecard)
    names = list(dict.fromkeys(c.name for card in cards for c in card.characteristics))
    with TemporaryDirectory() as scratch, connect(Path(scratch)) as connection:
        for scores in (old, new):
            check(connection, scores)
        if same_day:
            check_days(connection, old, new)
        connection.execute(f"CREATE TEMP TABLE pairs AS {_joined(old, new, names)}")
        base = new.scorecard.points_base - old.scorecard.points_base
        return Comparison(
            moves=_moves(connection)[0][1],
            quantiles=_quantiles(connection),
            steps=_steps(connection),
            bands=_pairs(connection, "old_band", "new_band", "true"),
            unscorable=_pairs(connection, "old_why", "new_why", "old_why <> new_why"),
            parts=_parts(connection, names, base),
            movers=_told(connection, old, new, _movers(connection, names, base, movers)),
            groups=_grouped(connection, groups),
        )


def _joined(old: Scores, new: Scores, names: list[str]) -> str:
    sides = {"o": old, "n": new}
    there = {side: {c.name for c in scores.scorecard.characteristics} for side, scores in sides.items()}

    def points(side: str, name: str) -> str:
        return f"coalesce({side}.{identifier(name)}.points, 0)" if name in there[side] else "0"

    moved = [f"{points('n', name)} - {points('o', name)} AS moved_{n}" for n, name in enumerate(names)]
    bands = [
        f"CASE WHEN {s}.person_id IS NULL THEN {quoted(NOT_THERE)} WHEN {s}.score IS NULL THEN "
        f"{quoted(NO_SCORE)} ELSE coalesce({s}.band, {quoted(NO_BAND)}) END AS {side}_band, "
        f"CASE WHEN {s}.person_id IS NULL THEN {quoted(NOT_THERE)} ELSE coalesce({s}.unscorable, 'score') "
        f"END AS {side}_why"
        for s, side in (("o", "old"), ("n", "new"))
    ]
    columns = ["person_id", "o.score AS old", "n.score AS new", "n.score - o.score AS moved", *bands, *moved]
    return (
        f"SELECT {', '.join(columns)} FROM {source(old)} AS o FULL JOIN {source(new)} AS n USING (person_id)"
    )


def _moves(
    connection: duckdb.DuckDBPyConnection, source: str = "pairs", group: str = "''"
) -> list[tuple[str, Moves]]:
    query = (
        f"SELECT {group}, count(*), count(moved), count(*) FILTER (moved > 0), count(*) FILTER (moved < 0), "
        "CAST(coalesce(sum(moved), 0) AS BIGINT), count(*) FILTER (old IS NULL AND new IS NOT NULL), "
        f"count(*) FILTER (old IS NOT NULL AND new IS NULL) FROM {source}"
    )
    # Without people there are no groups, but there is everybody.
    grouped = "" if group == "''" else " GROUP BY 1 ORDER BY 1"
    return [(row[0], Moves(*row[1:])) for row in connection.execute(query + grouped).fetchall()]


def _quantiles(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    shares = ", ".join(f"quantile_disc(moved, {share})" for share in QUANTILES)
    row = connection.execute(f"SELECT min(moved), {shares}, max(moved) FROM pairs").fetchone() or ()
    names = ["least", *(f"{share:.0%}" for share in QUANTILES), "greatest"]
    return {name: value for name, value in zip(names, row, strict=True) if value is not None}


def _steps(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    ends = [*(low - 1 for low in STEPS[1:]), None]
    up = {_range("+", low, high): _within(low, high) for low, high in zip(STEPS, ends, strict=True)}
    down = {_range("-", low, high): _within(low, high, "-") for low, high in zip(STEPS, ends, strict=True)}
    which = dict(reversed(down.items())) | {"0": "moved = 0"} | up
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in which.values())
    row = connection.execute(f"SELECT {counts} FROM pairs").fetchone() or ()
    return dict(zip(which, row, strict=True))


def _range(sign: str, low: int, high: int | None) -> str:
    return f"{sign}{low} and more" if high is None else f"{sign}{low} to {sign}{high}"


def _within(low: int, high: int | None, sign: str = "") -> str:
    return f"{sign}moved >= {low}" + ("" if high is None else f" AND {sign}moved <= {high}")


def _pairs(
    connection: duckdb.DuckDBPyConnection, old: str, new: str, which: str
) -> dict[tuple[str, str], int]:
    # Bands in the order of their scores, and those without one first.
    order = "min(old) NULLS FIRST, min(new) NULLS FIRST, 1, 2"
    query = f"SELECT {old}, {new}, count(*) FROM pairs WHERE {which} GROUP BY 1, 2 ORDER BY {order}"
    return {(row[0], row[1]): row[2] for row in connection.execute(query).fetchall()}


def _parts(connection: duckdb.DuckDBPyConnection, names: list[str], base: int) -> tuple[Part, ...]:
    sums = ", ".join(
        f"count(*) FILTER (moved_{n} <> 0), CAST(coalesce(sum(moved_{n}), 0) AS BIGINT)"
        for n in range(len(names))
    )
    query = f"SELECT count(*), {sums} FROM pairs WHERE moved IS NOT NULL"
    people, *found = connection.execute(query).fetchone() or (0,)
    parts = [Part(name, *found[2 * n : 2 * n + 2]) for n, name in enumerate(names)]
    parts += [Part("points_base", people, base * people)] if base else []
    return tuple(sorted((part for part in parts if part.people), key=lambda part: -abs(part.points)))


def _movers(
    connection: duckdb.DuckDBPyConnection, names: list[str], base: int, most: int
) -> tuple[Mover, ...]:
    columns = ", ".join(f"moved_{n}" for n in range(len(names)))
    query = (
        f"SELECT person_id, old, new, {columns} FROM pairs WHERE moved <> 0 "
        f"ORDER BY abs(moved) DESC, person_id LIMIT {most}"
    )
    found = []
    for person_id, old, new, *moved in connection.execute(query).fetchall():
        parts = [*zip(names, moved, strict=True), (None, base)]
        through, points = max(parts, key=lambda part: abs(part[1]))
        found.append(Mover(person_id, old, new, through, points))
    return tuple(found)


def _told(
    connection: duckdb.DuckDBPyConnection, old: Scores, new: Scores, movers: tuple[Mover, ...]
) -> tuple[Mover, ...]:
    """The same movers, with the attributes that they left and reached."""
    before, after = (_attributes(connection, scores, movers) for scores in (old, new))
    return tuple(
        replace(
            m,
            was=before.get((m.person_id, m.through or "")),
            became=after.get((m.person_id, m.through or "")),
        )
        for m in movers
    )


def _attributes(
    connection: duckdb.DuckDBPyConnection, scores: Scores, movers: tuple[Mover, ...]
) -> dict[tuple[str, str], str]:
    """The labels of a few people's attributes, by (person, characteristic)."""
    wanted = {mover.through for mover in movers}
    asked = [c for c in scores.scorecard.characteristics if c.name in wanted]
    if not asked:
        return {}
    names = [c.name for c in asked]
    # Where points are given for each event, the number of events says more than the label of them all.
    labels = ", ".join(
        f"{identifier(c.name)}.attribute"
        if c.each is None
        else f"CAST({identifier(c.name)}.answer AS VARCHAR)"
        for c in asked
    )
    people = ", ".join(quoted(mover.person_id) for mover in movers)
    query = f"SELECT person_id, {labels} FROM {source(scores)} WHERE person_id IN ({people})"
    rows = connection.execute(query).fetchall()
    return {(row[0], name): label for row in rows for name, label in zip(names, row[1:], strict=True)}


def _grouped(connection: duckdb.DuckDBPyConnection, groups: Path | None) -> dict[str, Moves]:
    if groups is None:
        return {}
    source, _ = table_source(connection, groups, ["person_id", "group"])
    columns = 'CAST(person_id AS VARCHAR) AS person_id, CAST("group" AS VARCHAR) AS named'
    try:
        connection.execute(f"CREATE TEMP TABLE named_groups AS SELECT {columns} FROM {source}")
    except duckdb.Error as error:
        raise IntakeError(groups, f"it cannot be read: {first_line(error)}") from None
    twice = "SELECT person_id FROM named_groups GROUP BY 1 HAVING count(*) > 1 LIMIT 1"
    found = connection.execute(twice).fetchone()
    if found is not None:
        raise IntakeError(groups, f"person '{found[0]}' stands there twice: a person is in one group.")
    joined = "pairs LEFT JOIN named_groups USING (person_id)"
    return dict(_moves(connection, joined, "coalesce(named, 'in no group')"))
