from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from credence.events import files


def test_a_file_is_named_with_its_hash_its_rows_and_its_columns(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        written = files.write(connection, tmp_path, "SELECT 1 AS a, 'x' AS b FROM range(3)", "tail", "000001")
    content = (tmp_path / written.path).read_bytes()
    assert written.path.startswith("tail/000001-")
    assert (written.role, written.rows, written.columns, written.bucket) == ("tail", 3, ("a", "b"), None)
    assert written.sha256 == sha256(content).hexdigest()


def test_two_files_of_one_name_do_not_meet(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        paths = {files.write(connection, tmp_path, "SELECT 1 AS a", "keys", "000001").path for _ in range(2)}
    assert len(paths) == len(list((tmp_path / "keys").iterdir())) == 2


def test_a_file_that_cannot_be_written_whole_does_not_appear(tmp_path: Path) -> None:
    broken = "SELECT CAST(range AS TINYINT) AS a FROM range(1000)"
    with duckdb.connect() as connection, pytest.raises(duckdb.Error):
        files.write(connection, tmp_path, broken, "sealed", "0001")
    assert list((tmp_path / "sealed").glob("*.parquet")) == []
