"""The bureau's keys: with what fields are encrypted, and with what they are looked up."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from credence.events.files import write_whole


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


def load_keys(path: Path) -> Keys:
    """The keys of a file; made with the first use, readable by its owner alone."""
    if not path.is_file():
        keys = Keys({"k1": secrets.token_bytes(32)}, "k1", secrets.token_bytes(32))
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, keys)
    return msgspec.json.decode(path.read_bytes(), type=Keys)


def add_master(path: Path) -> str:
    """Add a master key to a file, which wraps nothing yet; return its id.

    Every process must have read the file again before the key is used (`use_newest`).
    """
    keys = load_keys(path)
    new = f"k{len(keys.masters) + 1}"
    _write(path, replace(keys, masters=keys.masters | {new: secrets.token_bytes(32)}))
    return new


def use_newest(path: Path) -> str:
    """Wrap keys of people with the newest master key from now on; return its id.

    Those that an older one wraps are wrapped anew by a job, while everybody else goes on.
    """
    keys = load_keys(path)
    newest = list(keys.masters)[-1]
    _write(path, replace(keys, current=newest))
    return newest


def _write(path: Path, keys: Keys) -> None:
    write_whole(path, msgspec.json.encode(keys))
    path.chmod(0o600)
