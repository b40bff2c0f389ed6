"""The demonstration's log, to be scored and published from; and what was published from it once."""

import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from credence.cli import main

OCTOBER, NOVEMBER = ("--as-of", "2026-10-06"), ("--as-of", "2026-11-06")
RUN = ("run", "everyday", "--log", "log", "--out")


@pytest.fixture
def folder(town: Path, tmp_path: Path) -> Path:
    """The test's own folder with a log of its own in it."""
    copytree(town / "log", tmp_path / "log")
    return tmp_path


@pytest.fixture(scope="session")
def done(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with published runs in `runs`, and one that was held back in `held`; only to be copied."""
    folder = tmp_path_factory.mktemp("done")
    copytree(town / "log", folder / "log")
    (folder / "strict.yaml").write_text("limits: {unscorable_share_most: 0}", encoding="utf-8")
    wanted = [
        ((*RUN, "runs", *OCTOBER), 0),
        ((*RUN, "runs", *NOVEMBER), 0),
        ((*RUN, "held", *NOVEMBER, "--settings", "strict.yaml"), 2),
    ]
    for words, code in wanted:
        with pytest.MonkeyPatch.context() as patch, redirect_stderr(StringIO()):
            patch.chdir(folder)
            patch.setattr(sys, "argv", ["credence", *words])
            with pytest.raises(SystemExit) as ended:
                main()
        assert ended.value.code == code
    return folder
