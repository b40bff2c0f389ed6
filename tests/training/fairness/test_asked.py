from dataclasses import replace
from pathlib import Path

import pytest

from credence.errors import TrainingTableError
from credence.training.fairness.asked import drawn_in_words, drawn_together, with_people
from credence.training.fairness.people import group_columns
from credence.training.order import Looks, Order
from credence.training.table import Source
from tests.training.fairness.grouped import evidence, fairer_evidence, grouped
from tests.training.tables import texts, write_csv

SOURCE = Source(Path("people.csv"), "ended")


def test_without_a_table_of_people_the_table_is_as_it_was() -> None:
    assert with_people(Order(SOURCE), grouped()) is grouped()


def test_with_one_its_groups_are_beside(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "people.csv", {"person_id": ["a"], "side": ["left"]})
    table = replace(grouped(), beside={"person_id": texts("person_id", ["a"] * 1200)})
    found = with_people(Order(SOURCE, looks=Looks(people=file)), table)
    assert [column.name for column in group_columns(Looks(), found)] == ["side"]


def test_groups_are_drawn_together_where_that_is_asked_for() -> None:
    plain = evidence()
    assert drawn_together(plain.order, plain.table, plain.fit) is plain.fit
    assert fairer_evidence(0.3).points != plain.points


def test_where_there_are_no_groups_none_can_be_drawn_together() -> None:
    table = replace(grouped(), beside={"side": texts("side", ["left"] * 1200)})
    order = Order(SOURCE, looks=Looks(groups=("side",), fairer=0.3))
    sentence = "Its groups by 'side' cannot be drawn together: fewer than two groups have enough rows."
    with pytest.raises(TrainingTableError, match=sentence):
        drawn_together(order, table, evidence().fit)


def test_the_model_card_says_that_groups_were_drawn_together() -> None:
    assert drawn_in_words(Looks(groups=("sex",))) == []
    ((what, how),) = drawn_in_words(Looks(groups=("sex",), people=Path("p.csv"), fairer=0.3))
    assert what == "groups drawn together"
    assert how.startswith("`sex`, those of --people, with strength 0.3: a penalty")
    assert drawn_in_words(Looks(groups=("sex",), fairer=1))[0][1].startswith("`sex`, with strength 1:")
