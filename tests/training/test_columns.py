from tests.training.tables import numbers, texts


def test_numbers_are_numbered_from_the_least() -> None:
    known, codes = numbers("x", [3.0, None, 1.0, 3.0]).numbered()
    assert known == [1.0, 3.0]
    assert codes.tolist() == [1, -1, 0, 1]


def test_texts_are_numbered_by_the_alphabet() -> None:
    known, codes = texts("x", ["b", None, "a"]).numbered()
    assert known == ["a", "b"]
    assert codes.tolist() == [1, -1, 0]
