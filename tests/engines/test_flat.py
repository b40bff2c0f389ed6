"""Points alone are those of the whole result, on random tables and scorecards."""

import json
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import Moment, load_scorecard, score_people
from credence.engines.flat import score_columns, score_points
from credence.errors import EngineError, IntakeError, SourceNotFoundError
from credence.scorecards.model import Scorecard
from tests.both_engines import card
from tests.engines.random_worlds import random_line
from tests.engines.test_tables import flat_card
from tests.world import AS_OF, LATER

NUMBERS = ["", "-9", "0", "0.5", "1", "2.25", "NaN", "1e300", "-1e300", "33.5"]
Entries = dict[str, object]
MOMENT = Moment(AS_OF, LATER)
TEXTS = ["", "a", "b", "李", "NaN"]


def random_rows(chance: Random, tests: list[Entries], *, text: bool) -> list[Entries]:
    """An attribute for each test, and the last one: points, a line, or no score."""
    rows: list[Entries] = []
    for test in [*tests, {}]:
        line: Entries = {"points": 2 if text else random_line(chance)}
        whole: Entries = {"points": chance.randrange(9)}
        gives: list[Entries] = [*[whole] * 6, line, {"unscorable": "U"}]
        rows.append(test | chance.choice(gives))
    return rows


def random_number(chance: Random, number: int) -> Entries:
    """A measure of one column, or of several."""
    some = chance.sample(["n0", "n1", "n2"], chance.randrange(2, 4))
    plain: Entries = {"column": f"n{number}"}
    made: list[Entries] = [{"ratio": some[0], "to": some[1]}]
    made += [{f"{way}_of": some} for way in ("greatest", "least", "average")]
    return chance.choice([plain] * 4 + made)


def random_flat_card(chance: Random, folder: Path) -> Scorecard:
    """A scorecard over columns: numbers, texts, a crossing, and sometimes rules of scorability."""
    characteristics: dict[str, object] = {}
    for number in range(chance.randrange(1, 4)):
        limits = sorted(chance.sample([-9, 0, 0.5, 1, 2.25, 33.5], chance.randrange(4)))
        special: list[Entries] = [{"equals": chance.choice([-9, 1])}] if chance.random() < 0.5 else []
        rising: list[Entries] = [{chance.choice(["below", "up_to"]): limit} for limit in limits]
        tests = [*special, *rising]
        rows = random_rows(chance, tests, text=False)
        missing = chance.choice([{"points": 7}, {"unscorable": "U"}])
        measure = random_number(chance, number)
        characteristics[f"n{number}"] = {"measure": measure, "attributes": rows, "missing": missing}
    rows = random_rows(chance, [{"in": ["a", "b"]}], text=True)
    measure = {"column": "a text", "type": "text"}
    characteristics["t"] = {"measure": measure, "attributes": rows, "missing": {"points": 1}}
    cells = [{"n0": {"at_least": 0, "below": 2}, "t": {"in": ["a"]}}, {"t": {"missing": True}}]
    rows = [{"when": cell, "points": chance.randrange(5)} for cell in cells]
    characteristics["crossed"] = {"measure": {"cross": ["n0", "t"]}, "attributes": [*rows, {"points": 2}]}
    rule = {"measure": random_number(chance, 0), "at_least": 0, "code": "few", "sentence": "Too little"}
    definition = {"name": "flat", "version": 1, "title": "Flat", "setting": "lab", "points_base": 3}
    definition |= {"reasons": {"U": "No"}, "characteristics": characteristics}
    definition |= chance.choice([{}, {"bands": [{"below": 9, "name": "low"}, {"name": "high"}]}])
    definition |= chance.choice([{}, {"scorable_when": [rule]}])
    file = folder / "flat.yaml"
    file.write_text(json.dumps(definition), encoding="utf-8")
    return load_scorecard(file)


def random_people(chance: Random, folder: Path) -> Path:
    rows = [
        ",".join([str(person), *(chance.choice(NUMBERS) for _ in range(3)), chance.choice(TEXTS)])
        for person in range(60)
    ]
    path = folder / "people.csv"
    path.write_text("\n".join(["person_id,n0,n1,n2,a text", *rows]), encoding="utf-8")
    return path


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1))
def test_points_alone_are_those_of_the_whole_result(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name, duckdb.connect() as connection:
        folder = Path(name)
        scorecard, people = random_flat_card(chance, folder), random_people(chance, folder)
        whole, alone = folder / "whole.parquet", folder / "alone.parquet"

        score_people(scorecard, people, MOMENT, whole)
        assert score_points(scorecard, MOMENT, people, alone) == 60

        names = ", ".join(c.name for c in scorecard.characteristics)
        points = ", ".join(f"{c.name}.points" for c in scorecard.characteristics)
        said = "* EXCLUDE (reason_1, reason_2, reason_3, reason_4, "
        asked = f"SELECT {said}{names}), {points} FROM '{whole}' ORDER BY person_id"
        expected = connection.execute(asked).fetchall()
        assert connection.execute(f"FROM '{alone}' ORDER BY person_id").fetchall() == expected


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_columns_in_memory_score_as_those_of_a_file(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name, duckdb.connect() as connection:
        folder = Path(name)
        scorecard, people = random_flat_card(chance, folder), random_people(chance, folder)
        score_points(scorecard, MOMENT, people, folder / "points.parquet")
        asked = f"SELECT score FROM '{folder / 'points.parquet'}' ORDER BY CAST(person_id AS INTEGER)"
        expected = [score for (score,) in connection.execute(asked).fetchall()]

        rows = [line.split(",") for line in people.read_text(encoding="utf-8").splitlines()[1:]]
        numbers, texts = [row[1:4] for row in rows], [row[4] or None for row in rows]
        columns = {f"n{n}": np.array([float(row[n] or "nan") for row in numbers]) for n in range(3)}
        found = score_columns(scorecard, columns | {"a text": np.array(texts, dtype=object)})
        assert np.ma.asarray(found).tolist() == [expected[int(row[0])] for row in rows]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("person_id,grade\na,A\n", "it has no column 'Risk Estimate'"),
        ("person_id,Risk Estimate,grade\na,1,A\na,2,A\n", "person 'a' stands there twice"),
        ("person_id,Risk Estimate,grade\n,1,A\nb,2,A\n", "a row has no person_id"),
    ],
)
def test_a_table_that_is_not_as_it_must_be_is_refused(tmp_path: Path, text: str, says: str) -> None:
    people = tmp_path / "people.csv"
    people.write_text(text, encoding="utf-8")
    with pytest.raises(IntakeError) as refused:
        score_points(flat_card(tmp_path), MOMENT, people, tmp_path / "out.parquet")
    assert says in str(refused.value)
    assert not (tmp_path / "out.parquet").exists()


def test_a_table_that_is_torn_or_not_there_is_refused(tmp_path: Path) -> None:
    torn, whole = tmp_path / "torn.parquet", tmp_path / "whole.parquet"
    rows = "SELECT range AS person_id, random() AS \"Risk Estimate\", 'A' AS grade FROM range(100000)"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({rows}) TO '{whole}'")
    content = bytearray(whole.read_bytes())
    content[100:5000] = bytes(4900)
    torn.write_bytes(content)
    with pytest.raises(IntakeError, match="it cannot be read"):
        score_points(flat_card(tmp_path), MOMENT, torn, tmp_path / "out.parquet")
    with pytest.raises(SourceNotFoundError):
        score_points(flat_card(tmp_path), MOMENT, tmp_path / "none.csv", tmp_path / "out.parquet")


def test_a_text_in_a_column_of_numbers_is_told_in_the_words_of_the_engine(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person_id,Risk Estimate,grade\na,high,A\n", encoding="utf-8")
    with pytest.raises(EngineError, match="Could not convert string 'high'"):
        score_points(flat_card(tmp_path), MOMENT, people, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_a_scorecard_that_counts_events_needs_a_log(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person_id\na\n", encoding="utf-8")
    with pytest.raises(IntakeError, match="counts events, and a table of people has none"):
        score_points(card(tmp_path, {"count": {}}), MOMENT, people, tmp_path / "out.parquet")


def test_texts_of_a_table_are_read_as_they_are_written(tmp_path: Path) -> None:
    written = ["TRUE", "1.50", "1e3", "06/11/2026", "0x10", "007"]
    codes = {"column": "code", "type": "text"}
    trial = card(tmp_path, codes, attributes=[{"in": written, "points": 5}, {"points": 1}])
    people = tmp_path / "people.csv"
    rows = [f"{code},{code}" for code in written]
    people.write_text("\n".join(["person_id,code", *rows, ""]), encoding="utf-8")
    out = tmp_path / "points.parquet"
    score_points(trial, MOMENT, people, out)
    found = duckdb.execute(f"SELECT person_id, score FROM '{out}'").fetchall()
    assert sorted(found) == sorted((code, 5) for code in written)
