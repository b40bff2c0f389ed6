"""A policy over a file of scores: the SQL says what plain Python says, at every edge."""

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.engines.policies.clauses import COLUMN, LIST, Decided, Subject, place_of, score_told
from credence.engines.policies.decided import (
    Scored,
    columns_of_person,
    contents,
    facts_of_person,
    joined,
    place_sql,
    told_sql,
)
from credence.errors import IntakeError, SourceNotFoundError
from credence.events.log import connect
from tests.engines.policies.worlds import SUBJECTS, Person, random_decided, random_person, write

seeds = st.integers(0, 2**32 - 1)
ALL = Decided((), SUBJECTS)


def by_sql(scored: Scored, decided: Decided) -> dict[str, tuple[int, bool]]:
    with connect() as connection:
        source = joined(connection, scored, decided)
        placed = f"SELECT scores.*, {place_sql(decided)} AS place FROM {source}"
        rows = connection.execute(
            f"SELECT person_id, place, coalesce({told_sql(decided)}, false) FROM ({placed}) AS scores"
        ).fetchall()
    return {name: (place, told) for name, place, told in rows}


def by_python(person: Person, decided: Decided) -> tuple[int, bool]:
    place = place_of(decided, person.values, person.as_of)
    return place, score_told(decided, place, person.values, person.as_of)


@settings(max_examples=24)
@given(seed=seeds)
def test_sql_and_python_decide_alike(seed: int) -> None:
    chance = Random(seed)
    people = [random_person(chance, number) for number in range(60)]
    with TemporaryDirectory() as name:
        scored = write(Path(name), people)
        for _ in range(4):
            decided = random_decided(chance)
            found = by_sql(scored, decided)
            assert {p.name: by_python(p, decided) for p in people} == found


@settings(max_examples=3)
@given(seed=seeds)
def test_the_facts_of_one_person_are_those_that_everybody_is_decided_on(seed: int) -> None:
    chance = Random(seed)
    people = [random_person(chance, number) for number in range(8)]
    with TemporaryDirectory() as name:
        scored = write(Path(name), people)
        for person in people:
            ((values, shown),) = facts_of_person(scored, ALL, person.name)
            assert values == person.values
            assert (shown.as_of, shown.score) == (person.as_of, person.values[SUBJECTS[0]])
            assert shown.reasons == ("R1", "R2", "R3", "R4")
            assert scored.people is not None
            beside = columns_of_person(scored.people, ALL.beside, person.name)
            assert beside == {s: value for s, value in person.values.items() if s in ALL.beside}


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    chance = Random(1)
    return write(tmp_path, [random_person(chance, number) for number in range(20)])


def test_a_file_of_scores_says_what_it_is_of(scored: Scored) -> None:
    found = contents(scored, ALL)
    assert found.scorecards == (("small", 1, "f00d"),)
    assert (found.first, found.last) == (date(2026, 1, 1), date(2026, 7, 1))
    assert set(found.codes) <= {"", "a", "b", "it's"}


def test_a_file_of_nobody_is_of_nothing(tmp_path: Path) -> None:
    person = random_person(Random(1), 1)
    whole = write(tmp_path, [person])
    empty = tmp_path / "empty.parquet"
    with connect() as connection:
        connection.execute(f"COPY (FROM '{whole.scores}' WHERE false) TO '{empty}' (FORMAT parquet)")
    found = contents(Scored(empty), ALL)
    assert (found.scorecards, found.first, found.last, found.codes) == ((), None, None, ())


def test_what_is_no_file_of_scores_is_refused(tmp_path: Path, scored: Scored) -> None:
    other = tmp_path / "other.parquet"
    other.write_text("person_id,score\nana,1\n")
    with pytest.raises(IntakeError, match="it is no file of scores"):
        contents(Scored(other), ALL)
    assert scored.people is not None
    with pytest.raises(IntakeError, match="it is no file of scores"):
        contents(Scored(scored.people), ALL)
    with pytest.raises(SourceNotFoundError):
        contents(Scored(tmp_path / "none.parquet"), ALL)
    with connect() as connection, pytest.raises(SourceNotFoundError):
        joined(connection, Scored(tmp_path / "none.parquet"), ALL)


def test_a_status_is_absent_present_unknown_or_empty(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("person_id,court\nana,absent\nben,\nlin,maybe\n")
    with pytest.raises(
        IntakeError, match=r"the column 'court' holds 'maybe'\. The status of a list is absent"
    ):
        columns_of_person(table, (Subject(LIST, "court", text=True),), "ana")


def test_of_somebody_who_is_not_in_the_table_nothing_is_known(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("person_id,court,income\nana,absent,7\n")
    court, income = Subject(LIST, "court", text=True), Subject(COLUMN, "income")
    assert columns_of_person(table, (court, income), "ana") == {court: "absent", income: 7.0}
    assert columns_of_person(table, (court, income), "ben") == {court: "unknown", income: None}
    assert columns_of_person(table, (), "ana") == {}


def test_without_a_table_only_the_scores_are_read(scored: Scored) -> None:
    with connect() as connection:
        assert "JOIN" not in joined(connection, Scored(scored.scores), Decided((), SUBJECTS[:2]))
