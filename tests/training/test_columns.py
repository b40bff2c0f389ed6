import numpy as np

from credence.training.columns import Split
from tests.training.tables import numbers, texts


def test_numbers_are_numbered_from_the_least() -> None:
    known, codes = numbers("x", [3.0, None, 1.0, 3.0]).numbered()
    assert known == [1.0, 3.0]
    assert codes.tolist() == [1, -1, 0, 1]


def test_texts_are_numbered_by_the_alphabet() -> None:
    known, codes = texts("x", ["b", None, "a"]).numbered()
    assert known == ["a", "b"]
    assert codes.tolist() == [1, -1, 0]


def test_a_column_is_cut_to_some_rows_and_joined_with_those_of_another() -> None:
    for column in (numbers("x", [1.0, None, 3.0]), texts("x", ["a", None, "c"])):
        some, others = (
            column.taken(np.array([True, False, False])),
            column.taken(np.array([False, True, True])),
        )
        again = some.joined(others)
        assert again.name == "x"
        assert again.numbered()[0] == column.numbered()[0]
        assert again.numbered()[1].tolist() == column.numbered()[1].tolist()


def test_a_split_by_nothing_is_by_chance_and_says_so() -> None:
    assert Split().by_chance
    assert not Split(time="on").by_chance
    assert not Split(group="who").by_chance
    assert [said.split(" ")[0] for said in Split(time="on", group="who").says] == ["Rows", "Rows"]
    assert Split().says[0].startswith("Folds were cut by chance")
