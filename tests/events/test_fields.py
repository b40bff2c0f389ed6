import duckdb
import pytest

from credence.events.fields import identifier, listed, quoted, type_of
from credence.events.vocabulary import Field


def read(field: Field, text: str) -> object:
    """What a text becomes; `refused` where the check does not hold."""
    kept = type_of(field)
    query = f"SELECT {kept.check.format(x='said')}, {kept.value.format(x='said')} FROM (SELECT $1 AS said)"
    with duckdb.connect() as connection:
        holds, value = connection.execute(query, [text]).fetchone() or (None, None)
    return value if holds else "refused"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "5", 5),
        ("integer", "-5.00", -5),
        ("integer", "+5", 5),
        ("integer", "999999999999999", 999_999_999_999_999),
        ("integer", "1000000000000000", "refused"),
        ("integer", "5.", "refused"),
        ("integer", "", "refused"),
        ("money", "10000000000000", 10**13),
        ("money", "-10000000000001", "refused"),
        ("currency", "CNY", "CNY"),
        ("currency", "CN", "refused"),
        ("text", "", ""),
        ("text", "张" * 200, "张" * 200),
        ("text", "张" * 201, "refused"),
        ("text", "a\tb", "refused"),
        ("flag", "True", True),
        ("flag", "false", False),
        ("flag", "1", "refused"),
        ("choice", "it's", "it's"),
        ("choice", "other", "refused"),
    ],
)
def test_a_text_is_read_as_its_type_or_refused(kind: str, text: str, value: object) -> None:
    assert read(Field("field", kind, "Field", ("it's", "b") if kind == "choice" else ()), text) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-28", "2026-02-28"),
        ("1900-01-01", "1900-01-01"),
        ("1899-12-31", "refused"),
        ("2026-02-29", "refused"),
        ("2026-2-280", "refused"),
        ("28/02/2026", "refused"),
    ],
)
def test_a_date_is_read_only_as_the_standard_writes_it(text: str, day: str) -> None:
    assert str(read(Field("field", "date", "Field"), text)) == day


def test_texts_and_names_stay_themselves_in_sql() -> None:
    odd = """it's; "quoted" --"""
    with duckdb.connect() as connection:
        query = f"SELECT {quoted(odd)} AS {identifier(odd)} WHERE {quoted(odd)} IN ({listed(['a', odd])})"
        cursor = connection.execute(query)
        assert [column[0] for column in cursor.description or ()] == [odd]
        assert cursor.fetchall() == [(odd,)]
