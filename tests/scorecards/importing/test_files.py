from pathlib import Path

import pytest

from credence.errors import DefinitionError
from credence.scorecards.importing import files
from credence.scorecards.importing.files import Source
from tests.scorecards.importing.scored import faults


def test_a_pickle_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "model.pkl").write_bytes(b"\x80\x04\x95\xff")
    with pytest.raises(DefinitionError, match="never from a pickle"):
        Source(tmp_path / "model.pkl").text()


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SIZE_MOST", 3)
    (tmp_path / "model").write_text("four", encoding="utf-8")
    with pytest.raises(DefinitionError, match="no model that people read is"):
        Source(tmp_path / "model").text()


def test_what_is_no_json_or_another_one_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, "{", "xgboost") == [
        ": This is not a file of that tool: Input data was truncated."
    ]
    assert faults(tmp_path, '{"learner": 3}', "xgboost") == [
        "learner: This is not a file of that tool: Expected `object`, got `int`."
    ]


def test_what_is_nested_too_deeply_is_told(tmp_path: Path) -> None:
    text = '{"tree_info": [{"tree_structure": ' + '{"left_child": ' * 100_000
    assert faults(tmp_path, text, "lightgbm") == [
        ": The file is nested too deeply to be a model that people read."
    ]


def test_a_table_that_is_no_csv_is_told(tmp_path: Path) -> None:
    text = f'Variable,Bin,Points\nx,"{"y" * 200_000}",1\n'
    assert faults(tmp_path, text, "optbinning")[0].startswith(
        ": This is not CSV: field larger than field limit"
    )
