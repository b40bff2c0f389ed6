"""DuckDB runs the statement in passes of its own; the statement that is printed defines what they give."""

import json
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, import_rows, load_scorecard, score_people
from credence.characteristics.aggregates import Aggregate
from credence.characteristics.filters import Filter
from credence.engines.sql.compile import DIALECT, Sources, compile_scorecard
from credence.engines.sql.events import Clock
from credence.engines.sql.passes import BITS, Chosen, Passes
from credence.engines.tables import Tables, load_moments
from credence.scorecards.model import Scorecard
from tests.engines.random_worlds import DATES, random_log, random_rows, random_scorecard
from tests.world import LATER, NOW

seeds = st.integers(0, 2**32 - 1)


def newest(log: EventLog, as_of: date) -> Moment:
    """The moment with the snapshot that scoring everybody writes into its rows."""
    return Moment(as_of, LATER, log.snapshot.number if log.snapshot else None)


def printed(scorecard: Scorecard, log: EventLog, moment: Moment, at: Path | None = None) -> list[object]:
    """What the statement that `credence scorecards sql` prints gives, over the whole log."""
    sources = Sources(asked=at is not None)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"CREATE VIEW events AS {log.relation()}")
        if at is not None:
            load_moments(connection, at, moment, log.manifest.settings.buckets)
            connection.execute("CREATE VIEW asked AS SELECT * EXCLUDE (bucket) FROM all_asked")
        statement = compile_scorecard(scorecard, log.vocabulary, moment, sources).sql(dialect=DIALECT)
        return list(connection.execute(statement).fetchall())


def run(scorecard: Scorecard, log: EventLog, moment: Moment, tables: Tables) -> list[object]:
    """What scoring everybody gives."""
    out = log.folder / "out.parquet"
    score_people(scorecard, log, moment, out, tables)
    with duckdb.connect() as connection:
        return list(connection.execute(f"FROM read_parquet('{out}')").fetchall())


@settings(max_examples=8)
@given(seed=seeds)
def test_the_printed_statement_gives_what_scoring_everybody_gives(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        as_of = chance.choice(DATES)
        scorecard = random_scorecard(chance, Path(name))
        rows = random_rows(chance, as_of)
        log = random_log(chance, Path(name) / "log", rows)
        moment = newest(log, as_of)
        in_parts = Tables(events_at_a_time=len(rows) // 2 + 1)

        found = run(scorecard, log, moment, in_parts)

        assert sorted(found, key=str) == sorted(printed(scorecard, log, moment), key=str)


@settings(max_examples=4)
@given(seed=seeds)
def test_the_printed_statement_gives_the_same_for_moments_asked_a_person(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        scorecard = random_scorecard(chance, Path(name))
        log = random_log(chance, Path(name) / "log", random_rows(chance, DATES[0]))
        table = Path(name) / "at.csv"
        lines = "".join(f"{who},{chance.choice(DATES)}\n" for who in ("ana", "ben", "nobody", "ana"))
        table.write_text(f"person_id,as_of\n{lines}")
        moment = newest(log, DATES[0])

        assert run(scorecard, log, moment, Tables(at=table)) == printed(scorecard, log, moment, table)


def test_more_choices_than_a_number_has_bits_take_another_number(tmp_path: Path) -> None:
    limits = range(1, BITS + 10)
    counts = {
        f"over_{limit}": {
            "measure": {"count": {"kind": "bill.paid", "where": {"days_late": {"at_least": limit}}}},
            "attributes": [{"below": 1, "points": 0}, {"points": 1}],
        }
        for limit in limits
    }
    definition = {"name": "many", "version": 1, "title": "Many", "setting": "lab", "points_base": 0}
    file = tmp_path / "many.yaml"
    file.write_text(json.dumps(definition | {"characteristics": counts}))
    log = EventLog.create(tmp_path / "log")
    bill = {"furnisher": "power", "person_id": "ana", "kind": "bill.paid", "occurred_at": "2026-10-01"}
    import_rows(log, [bill | {"event_id": f"b{late}", "days_late": late} for late in (BITS - 1, 70)], NOW)

    moment = newest(log, date(2026, 11, 6))
    (row,) = run(load_scorecard(file), log, moment, Tables())

    (expected,) = printed(load_scorecard(file), log, moment)
    assert row == expected
    assert isinstance(row, tuple)
    assert row[7] == 70


def test_the_months_of_the_latest_events_are_found(tmp_path: Path) -> None:
    clock = Clock("person_id", "DATE '2026-11-06'", "TIMESTAMP '2026-11-20'")
    latest = Filter(("account.reported",), currency="CNY", latest="account")
    planned = Passes(clock)

    planned.add([Aggregate("months", latest, 24), Aggregate("last", Filter(), None, "status")])

    rows = [
        ("ana", "p", "CNY", "late", date(2026, 10, 1), 1),
        ("ana", "p", "CNY", "current", date(2026, 10, 20), 0),
        ("ana", "q", "EUR", "paid", date(2026, 6, 1), 5),
    ]
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE counted (person_id VARCHAR, account VARCHAR, currency VARCHAR, status VARCHAR, "
            "occurred_on DATE, slot INTEGER)"
        )
        connection.executemany("INSERT INTO counted VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute(
            "CREATE VIEW more AS SELECT *, 'account.reported' AS kind, "
            "occurred_on::TIMESTAMP AS occurred_at, slot AS event_key FROM counted"
        )
        steps = ", ".join(f"{name} AS ({query.replace('counted', 'more')})" for name, query in planned.steps)
        found = [connection.execute(f"WITH {steps} FROM {name}").fetchall() for name in ("sums_0", "sums_1")]

    assert found == [[("ana", 1)], [("ana", "current")]]


def test_a_row_of_every_kind_is_chosen_where_nothing_is_asked() -> None:
    chosen = Chosen()

    assert chosen.test((), ()) == ""
    assert chosen.columns() == ""


def test_conditions_without_kinds_are_bits_of_every_kind() -> None:
    chosen = Chosen()

    test = chosen.test((), ("days_late > 3",))

    with duckdb.connect() as connection:
        rows = f"SELECT *{chosen.columns()} FROM (VALUES (2), (4), (NULL)) AS t (days_late)"
        found = connection.execute(f"SELECT days_late FROM ({rows}) WHERE {test}").fetchall()
    assert found == [(4,)]
