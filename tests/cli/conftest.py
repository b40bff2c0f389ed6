"""Commands run in this process, as the console script runs them; and the demonstration's town."""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from credence.cli import main
from tests.cli.commands import Credence, Ran


@pytest.fixture
def credence(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Credence:
    """Run a command in the test's own folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, answer: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["credence", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", StringIO(answer))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a demonstration that ran, only to be read, and what it said."""
    folder = tmp_path_factory.mktemp("town") / "demo"
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out:
        patch.setattr(sys, "argv", ["credence", "demo", "--print", "--dir", str(folder)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code == 0
    return folder, out.getvalue()


@pytest.fixture(scope="session")
def town(demonstration: tuple[Path, str]) -> Path:
    """The folder of a demonstration that ran; only to be read."""
    return demonstration[0]
