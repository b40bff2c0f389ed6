from pathlib import Path

import duckdb

from credence import EventLog, Moment, load_scorecard, score_people, score_person
from tests.world import AS_OF, LATER, event, record

COLUMNS = [
    *(
        "person_id",
        "scorecard",
        "version",
        "definition_hash",
        "as_of",
        "known_at",
        "snapshot",
        "score",
        "band",
    ),
    *("unscorable", "reason_1", "reason_2", "reason_3", "reason_4"),
]


def test_a_file_of_scores_has_the_promised_columns(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    card, out = load_scorecard("everyday"), tmp_path / "out.parquet"

    assert score_people(card, log, Moment(AS_OF, LATER), out) == 1

    with duckdb.connect() as connection:
        described = connection.execute(f"DESCRIBE SELECT * FROM '{out}'").fetchall()
    types = {name: kind for name, kind, *_ in described}
    assert list(types) == [*COLUMNS, *(c.name for c in card.characteristics)]
    assert types["score"] == "INTEGER"
    assert types["paid_on_time"] == 'STRUCT(answer DOUBLE, "attribute" VARCHAR, points INTEGER)'
    assert types["payments_missed"] == 'STRUCT(answer BIGINT, "attribute" VARCHAR, points INTEGER)'


def test_an_empty_log_scores_nobody(log: EventLog, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"

    assert score_people(load_scorecard("everyday"), log, Moment(AS_OF, LATER), out) == 0
    assert out.is_file()


def test_one_person_is_scored_on_demand(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    card = load_scorecard("everyday")

    assert score_person(card, log, "ana", AS_OF, LATER).unscorable == "few_events"
    assert score_person(card, log, "nobody", AS_OF, LATER).unscorable == "few_events"
