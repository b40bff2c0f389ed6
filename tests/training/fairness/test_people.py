from pathlib import Path

import pytest

from credence.errors import IntakeError, SourceNotFoundError, TrainingTableError
from credence.training.columns import Table
from credence.training.fairness.people import beside_people, group_columns, keys
from credence.training.order import Looks
from tests.training.tables import numbers, table, texts, write_csv

PATH = Path("t.csv")


def rows(ids: list[str | None]) -> Table:
    found = table([], [0.0, 1.0] * (len(ids) // 2))
    return Table((), found.bad, found.folds, 0, {"person_id": texts("person_id", ids)})


def people_file(folder: Path, **columns: list[object]) -> Path:
    return write_csv(folder / "people.csv", dict(columns))


def test_groups_of_people_come_to_the_rows_they_belong_to(tmp_path: Path) -> None:
    file = people_file(tmp_path, person_id=["b", "a", "c"], sex=["f", "m", None], age=[40, 30, 20])
    found = beside_people(rows(["a", "b", "b", "x", "c", None]), PATH, file)
    sex, age = group_columns(Looks(), found)
    assert (sex.name, age.name) == ("sex", "age")
    assert sex.texts is not None
    assert sex.texts.tolist() == ["m", "f", "f", None, None, None]
    assert age.numbers is not None
    assert [str(value) for value in age.numbers.tolist()] == ["30.0", "40.0", "40.0", "nan", "20.0", "nan"]


def test_ids_that_are_numbers_here_and_texts_there_are_the_same(tmp_path: Path) -> None:
    file = people_file(tmp_path, person_id=["1", "2", "x"], sex=["f", "m", "f"])
    found = rows(["", ""])
    found = Table((), found.bad, found.folds, 0, {"person_id": numbers("person_id", [2.0, 1.0])})
    (sex,) = group_columns(Looks(), beside_people(found, PATH, file))
    assert sex.texts is not None
    assert sex.texts.tolist() == ["m", "f"]
    assert keys(numbers("person_id", [2.0, None, 1.5])) == ["2", None, "1.5"]


def test_rows_held_out_get_their_groups_too(tmp_path: Path) -> None:
    file = people_file(tmp_path, person_id=["a", "b"], sex=["f", "m"])
    whole = rows(["a", "b"])
    later = rows(["b", "b"])
    found = beside_people(Table((), whole.bad, whole.folds, 0, whole.beside, later=later), PATH, file)
    assert found.later is not None
    (sex,) = group_columns(Looks(), found.later)
    assert sex.texts is not None
    assert sex.texts.tolist() == ["m", "m"]


def test_columns_of_the_table_stand_before_those_of_people(tmp_path: Path) -> None:
    whole = rows(["a", "b"])
    beside = {**whole.beside, "region": texts("region", ["n", "s"]), "other": texts("other", ["x", "y"])}
    file = people_file(tmp_path, person_id=["a"], sex=["f"])
    found = beside_people(Table((), whole.bad, whole.folds, 0, beside), PATH, file)
    assert [column.name for column in group_columns(Looks(groups=("region",)), found)] == ["region", "sex"]


def test_a_table_without_persons_has_nobody_to_join(tmp_path: Path) -> None:
    found = table([], [0.0, 1.0])
    with pytest.raises(TrainingTableError, match="It has no column 'person_id', by which"):
        beside_people(found, PATH, people_file(tmp_path, person_id=["a"], sex=["f"]))


def test_a_file_of_people_has_persons_and_groups(tmp_path: Path) -> None:
    found = rows(["a", "b"])
    for columns in ({"person_id": ["a"]}, {"id": ["a"], "sex": ["f"]}):
        file = write_csv(tmp_path / "people.csv", dict(columns))  # type: ignore[arg-type]
        with pytest.raises(IntakeError, match="a table of people needs person_id and at least one column"):
            beside_people(found, PATH, file)
    with pytest.raises(SourceNotFoundError):
        beside_people(found, PATH, tmp_path / "none.csv")


def test_a_person_stands_there_once(tmp_path: Path) -> None:
    file = people_file(tmp_path, person_id=["b", "a", "a", "b"], sex=["f", "m", "f", "f"])
    with pytest.raises(IntakeError, match="person 'a' stands there twice: one row a person"):
        beside_people(rows(["a", "b"]), PATH, file)


def test_a_file_of_other_people_is_told(tmp_path: Path) -> None:
    file = people_file(tmp_path, person_id=["x", "y"], sex=["f", "m"])
    with pytest.raises(TrainingTableError, match=r"Nobody in it is among the people of .*people\.csv"):
        beside_people(rows(["a", None]), PATH, file)
