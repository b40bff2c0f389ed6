"""Everybody's outcomes: written whole, counted, compared with another policy, by group."""

from collections import Counter
from pathlib import Path
from random import Random

import duckdb
import pytest

from credence.engines.policies.clauses import COLUMN, LIST, Decided, Subject, place_of
from credence.engines.policies.decided import Scored
from credence.engines.policies.outcomes import counted, grouped, swapped, write_outcomes
from credence.errors import EngineError
from tests.engines.policies.worlds import Person, random_asked, random_decided, random_person, write


@pytest.fixture
def people() -> list[Person]:
    chance = Random(7)
    return [random_person(chance, number) for number in range(60)]


@pytest.fixture
def scored(tmp_path: Path, people: list[Person]) -> Scored:
    return write(tmp_path, people)


def place(decided: Decided, person: Person) -> int:
    return place_of(decided, person.values, person.as_of)


def test_counts_add_up_to_everybody(scored: Scored, people: list[Person]) -> None:
    decided = random_decided(Random(3))
    places: Counter[int] = Counter()
    for _band, _code, where, number in counted(scored, decided):
        places[where] += number
    assert places == Counter(place(decided, person) for person in people)


@pytest.mark.parametrize("seed", range(6))
def test_pairs_of_places_are_the_same_from_one_file_and_from_two(
    tmp_path: Path, scored: Scored, people: list[Person], seed: int
) -> None:
    chance = Random(seed)
    first, second = random_decided(chance), random_decided(chance)
    pairs = Counter((place(first, person), place(second, person)) for person in people)
    copy = tmp_path / "copy.parquet"
    copy.write_bytes(scored.scores.read_bytes())
    for other in (scored, Scored(copy, scored.people)):
        found = {(a, b): number for a, b, number in swapped((scored, first), (other, second))}
        assert found == pairs


def test_two_policies_may_read_a_column_as_a_number_and_as_a_text(scored: Scored) -> None:
    number, text = Subject(COLUMN, "income"), Subject(COLUMN, "income", text=True)
    sides = [(scored, Decided((), (subject,))) for subject in (number, text)]
    assert sum(people for _, _, people in swapped(sides[0], sides[1])) == 60


def test_two_policies_may_ask_the_same_list_by_two_titles(scored: Scored) -> None:
    sides = [(scored, Decided((), (Subject(LIST, "court", title, text=True),))) for title in ("One", "Other")]
    assert sum(people for _, _, people in swapped(sides[0], sides[1])) == 60


def test_who_is_in_no_group_is_counted_apart(tmp_path: Path, scored: Scored) -> None:
    table = tmp_path / "groups.csv"
    table.write_text("person_id,group\np-1,north\np-2,north\np-3,south\n")
    found: Counter[str | None] = Counter()
    for group, _place, number in grouped(scored, random_decided(Random(3)), table):
        found[group] += number
    assert found == {"north": 2, "south": 1, None: 57}


def test_a_file_of_outcomes_is_whole_or_not_there(
    tmp_path: Path, scored: Scored, people: list[Person]
) -> None:
    row = random_asked(Random(5))
    decided = Decided((row,), tuple(clause.subject for clause in row.clauses), frozenset({1}))
    same: dict[str, str | int] = {"policy": "it's", "policy_version": 3}
    words = ["yes", "no", "ask"]
    said: dict[str, list[str | None]] = {"outcome": [*words], "nothing": [None, None, None]}
    out = tmp_path / "out.parquet"
    assert write_outcomes(scored, decided, same, said, out) == 60
    rows = duckdb.execute(f"SELECT DISTINCT policy, policy_version, nothing FROM '{out}'").fetchall()
    assert rows == [("it's", 3, None)]
    told = duckdb.execute(f"SELECT outcome, count(*) FROM '{out}' GROUP BY 1").fetchall()
    places = Counter(words[place(decided, person)] for person in people)
    assert dict(told) == places
    nowhere = tmp_path / "nowhere" / "out.parquet"
    with pytest.raises(EngineError):
        write_outcomes(scored, decided, same, said, nowhere)
    assert not nowhere.parent.exists()
