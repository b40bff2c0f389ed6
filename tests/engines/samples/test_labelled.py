"""Tables that say whom to look at when."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from credence.engines.samples.asked import Points
from credence.engines.samples.labelled import load_labelled
from credence.errors import IntakeError
from credence.events.log import connect


def loaded(
    path: Path, text: str, outcome: str | None = None, columns: tuple[str, ...] = ()
) -> list[tuple[object, ...]]:
    """The rows that a table with this text says."""
    path.write_text(text, encoding="utf-8")
    return rows_of(Points(table=path, outcome=outcome, columns=columns), path)


def rows_of(points: Points, path: Path) -> list[tuple[object, ...]]:
    with connect() as connection:
        load_labelled(connection, points, path, 4)
        return connection.execute("SELECT * EXCLUDE bucket FROM labelled ORDER BY ALL").fetchall()


def test_a_table_says_who_when_and_how_it_ended(tmp_path: Path) -> None:
    text = "person_id,as_of,end\nana,2025-01-31,1\nana,2025-02-28,0\n"
    january, february = date(2025, 1, 31), date(2025, 2, 28)
    assert loaded(tmp_path / "t.csv", text) == [("ana", january, None), ("ana", february, None)]
    assert loaded(tmp_path / "t.csv", text, "end") == [("ana", january, "1"), ("ana", february, "0")]


def test_other_columns_are_kept_as_numbers_or_as_texts(tmp_path: Path) -> None:
    text = "person_id,as_of,amount,purpose\nana,2025-01-31,1000,car\nben,2025-01-31,,\n"
    day = date(2025, 1, 31)
    assert loaded(tmp_path / "t.csv", text, columns=("purpose", "amount")) == [
        ("ana", day, None, "car", 1000.0),
        ("ben", day, None, None, None),
    ]
    odd = tmp_path / "t.parquet"
    duckdb.execute(f"COPY (SELECT 'ana' AS person_id, DATE '2025-01-31' AS as_of, [1] AS list) TO '{odd}'")
    with pytest.raises(IntakeError, match="its column 'list' holds neither numbers nor texts: leave it out"):
        rows_of(Points(table=odd, columns=("list",)), odd)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("person_id,end\nana,1\n", "it has no column 'as_of'. Columns needed: person_id, as_of, end."),
        ("person_id,as_of,end\nana,31.1.2025,1\n", "as_of is '31.1.2025', which cannot be read."),
        (
            "person_id,as_of,end\nana,2025-01-31,\n",
            "person 'ana' has nothing in one of: person_id, as_of, end.",
        ),
        (
            "person_id,as_of,end\nana,2025-01-31,1\nana,2025-01-31,0\n",
            "person 'ana' stands there twice with the same as_of; keep one row.",
        ),
    ],
)
def test_a_table_that_does_not_say_it_once_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(IntakeError) as refused:
        loaded(tmp_path / "t.csv", text, "end")
    assert told in str(refused.value)
