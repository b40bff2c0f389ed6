from pathlib import Path

import pytest

from credence.errors import LogExistsError
from credence.training.written.folder import check_new


def test_a_folder_is_new_if_it_is_not_there_or_empty(tmp_path: Path) -> None:
    check_new(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    check_new(tmp_path / "empty")


def test_a_folder_with_something_in_it_and_a_file_are_not_new(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for path in (tmp_path, tmp_path / "file"):
        with pytest.raises(LogExistsError):
            check_new(path)
