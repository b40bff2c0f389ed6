"""The bureau's keys: with what fields are encrypted, and with what they are looked up."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from credence.errors import UsageError
from credence.events.files import sync

FILE = "keys.json"
NAME = "k"


@dataclass(frozen=True)
class Keys:
    """Master keys by id, the one in use, and the key of look-ups; 32 bytes each, base64 in the file.

    Attributes:
        masters: Keys that keys of people are wrapped with, oldest first.
        current: The id of the one that wraps new ones.
        lookup: The HMAC key of indexes by which identifiers are found.
    """

    masters: dict[str, bytes]
    current: str
    lookup: bytes


@dataclass
class KeyFile:
    """The keys of a file, read again as soon as it is another: a change reaches a bureau that runs."""

    path: Path
    held: Keys = field(init=False)
    stamp: tuple[int, int] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Read them; a file is made where there is none."""
        self.held = load_keys(self.path)
        self.stamp = _stamp(self.path)

    def now(self) -> Keys:
        """The keys as they are now; those of before where the file is gone."""
        stamp = _stamp(self.path)
        if stamp not in (None, self.stamp):
            self.held, self.stamp = load_keys(self.path), stamp
        return self.held


def _stamp(path: Path) -> tuple[int, int] | None:
    """What is another for each file that is put there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def load_keys(path: Path) -> Keys:
    """The keys of a file; made with the first use, readable by its owner alone."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with _changing(path):
            if not path.is_file():
                _write(path, Keys({f"{NAME}1": secrets.token_bytes(32)}, f"{NAME}1", secrets.token_bytes(32)))
    return msgspec.json.decode(path.read_bytes(), type=Keys)


def add_master(path: Path) -> str:
    """Add a master key to a file, which wraps nothing yet; return its id.

    Processes on other machines must have the file before the key is used (`use_master`).
    """
    load_keys(path)
    with _changing(path):
        keys = load_keys(path)
        new = f"{NAME}{max(int(name.removeprefix(NAME)) for name in keys.masters) + 1}"
        _write(path, replace(keys, masters=keys.masters | {new: secrets.token_bytes(32)}))
    return new


def use_master(path: Path, master: str) -> None:
    """Wrap keys of people with a master key from now on.

    Those that another one wraps are wrapped anew by a job, while everybody else goes on.

    Raises:
        UsageError: There is no such key.
    """
    load_keys(path)
    with _changing(path):
        keys = load_keys(path)
        _check_there(keys, master)
        _write(path, replace(keys, current=master))


def remove_master(path: Path, master: str) -> None:
    """Take a master key out of a file for ever; whoever calls this has seen that it wraps nothing.

    Raises:
        UsageError: There is no such key, or it is in use.
    """
    load_keys(path)
    with _changing(path):
        keys = load_keys(path)
        _check_there(keys, master)
        if master == keys.current:
            sentence = f"'{master}' is in use. Add another with 'credence keys add', and use that first."
            raise UsageError(sentence)
        left = {name: key for name, key in keys.masters.items() if name != master}
        _write(path, replace(keys, masters=left))


def _check_there(keys: Keys, master: str) -> None:
    if master not in keys.masters:
        sentence = f"There is no key '{master}'. Keys are: {', '.join(keys.masters)}."
        raise UsageError(sentence)


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Alone with the file, whoever else wants to change it."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        yield


def _write(path: Path, keys: Keys) -> None:
    """Write the file whole or not at all; nobody else can read it at any time."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123
        file.write(msgspec.json.encode(keys))
    sync(draft)
    draft.rename(path)
    sync(path.parent)
