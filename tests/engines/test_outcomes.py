from pathlib import Path

import pytest

from credence.engines.outcomes import COPIES, OUTCOME, column_kinds, read_columns
from credence.errors import IntakeError
from tests.training.tables import write_parquet

CSV = "number,text,mixed,empty,end\n1.5,a,1,,yes\n,b,x,,no\n-2e3,,3,,\n1.5,a,1,,yes\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table with holes, of which two rows are alike."""
    path = tmp_path / "t.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_column_of_csv_is_numbers_if_every_cell_is_one_or_empty(table: Path) -> None:
    kinds = column_kinds(table)
    assert kinds == {"number": "number", "text": "text", "mixed": "text", "empty": "number", "end": "text"}


def test_a_column_of_parquet_is_what_its_type_says(tmp_path: Path) -> None:
    numbers = "1::UTINYINT a, 1.5::DECIMAL(9,2) b, 'x' c, true d"
    query = f"SELECT {numbers}, DATE '2020-01-01' e, [1] f, 'x'::ENUM('x') g"
    kinds = column_kinds(write_parquet(tmp_path / "t.parquet", query))
    assert list(kinds.values()) == ["number", "number", "text", "number", "other", "other", "text"]


def test_rows_come_in_an_order_of_their_content_with_copies_counted(table: Path) -> None:
    wanted = {"number": "number", "text": "text"}
    found = read_columns(table, wanted, "end", 1)
    rows = zip(found["number"].tolist(), found["text"].tolist(), found[OUTCOME].tolist(), strict=True)
    assert sorted(map(str, rows)) == [
        "(-2000.0, None, None)", "(1.5, 'a', 'yes')", "(1.5, 'a', 'yes')", "(nan, 'b', 'no')",
    ]  # fmt: skip
    assert sorted(found[COPIES].tolist()) == [1, 1, 1, 2]
    lines = CSV.splitlines()
    table.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", encoding="utf-8")
    again = read_columns(table, wanted, "end", 1)
    assert all(str(found[name].tolist()) == str(again[name].tolist()) for name in found)


def test_a_table_whose_rows_are_broken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = "".join(f"{n},{n}\n" for n in range(30_000))
    path.write_text("a,b\n" + rows + 'x,"never closed\n1,2,3,4,5\n', encoding="utf-8")
    with pytest.raises(IntakeError, match="it cannot be read"):
        column_kinds(path)
