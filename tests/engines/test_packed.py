"""Scores packed for a database say what the scores say, of the people that are wanted."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from credence import EventLog, Moment, import_rows, load_scorecard, score_people, score_person
from credence.engines.packed import DELIMITER, QUOTE, pack
from credence.engines.scored import Scores
from credence.errors import EngineError
from tests.engines.random_worlds import DATES, PEOPLE, RECORDED, random_rows, random_scorecard

CARD = """
name: quoted
version: 1
title: Labels as people write them
setting: lab
points_base: 0
characteristics:
  bills:
    measure: {count: {kind: bill.paid}}
    attributes:
      - {below: 5, points: 7, label: 'a "few"\\'}
      - {points: 9}
"""


@pytest.mark.parametrize("seed", range(6))
def test_packed_rows_are_the_rows_of_one_person_at_a_time(tmp_path: Path, seed: int) -> None:
    log = EventLog.create(tmp_path / "log")
    import_rows(log, random_rows(Random(seed), DATES[0]), RECORDED)
    card = random_scorecard(Random(seed), tmp_path) if seed else load_scorecard("everyday", log.vocabulary)
    moment = Moment(DATES[0], datetime(2027, 1, 1, tzinfo=UTC).replace(tzinfo=None))
    score_people(card, log, moment, tmp_path / "scores.parquet")
    known = tmp_path / "people.csv"
    with known.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([(name, f"per-{place}") for place, name in enumerate(PEOPLE[:4])])
    out = tmp_path / "packed.csv"
    assert pack(Scores(tmp_path / "scores.parquet", card), known, out, 7) <= 4
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=DELIMITER, quotechar=QUOTE))
    for number, person, score, band, unscorable, reasons, lines in rows:
        row = score_person(card, log, PEOPLE[int(person[4:])], moment.as_of, moment.known_at)
        assert number == "7"
        assert (score, band, unscorable) == tuple(
            "" if said is None else str(said) for said in (row.score, row.band, row.unscorable)
        )
        assert json.loads(reasons) == list(row.reasons)
        said = [[one.found.value, one.attribute, one.points] for one in row.lines]
        assert json.loads(lines) == json.loads(json.dumps(said, default=str))
    assert rows == sorted(rows, key=lambda row: row[1])


def test_labels_with_quotation_marks_are_packed_as_json(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log")
    event = {"furnisher": "power", "event_id": "e1", "person_id": "ana", "kind": "bill.paid", "days_late": 0}
    import_rows(log, [event | {"occurred_at": "2026-11-01"}], RECORDED)
    (tmp_path / "card.yaml").write_text(CARD, encoding="utf-8")
    card = load_scorecard(tmp_path / "card.yaml", log.vocabulary)
    moment = Moment(date(2026, 11, 6), datetime(2027, 1, 1, tzinfo=UTC).replace(tzinfo=None))
    score_people(card, log, moment, tmp_path / "scores.parquet")
    (tmp_path / "people.csv").write_text("ana,per-1\n", encoding="utf-8")
    out = tmp_path / "packed.csv"
    assert pack(Scores(tmp_path / "scores.parquet", card), tmp_path / "people.csv", out, 1) == 1
    (row,) = csv.reader(out.read_text(encoding="utf-8").splitlines(), delimiter=DELIMITER, quotechar=QUOTE)
    assert json.loads(row[-1]) == [[1, 'a "few"\\', 7]]


def test_a_file_that_is_torn_is_told(tmp_path: Path) -> None:
    torn = tmp_path / "scores.parquet"
    torn.write_bytes(b"torn")
    (tmp_path / "people.csv").write_text("ana,per-1\n")
    with pytest.raises(EngineError):
        pack(Scores(torn, load_scorecard("everyday")), tmp_path / "people.csv", tmp_path / "out.csv", 1)
