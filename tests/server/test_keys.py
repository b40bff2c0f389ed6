"""Master keys are added, used and taken out by whoever runs the bureau, while it runs."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from credence.errors import UsageError
from credence.server.keys import KeyFile, add_master, load_keys, remove_master, use_master


def test_the_keys_are_their_owners_alone_and_32_bytes_each(tmp_path: Path) -> None:
    file = tmp_path / "data" / "keys.json"
    keys = load_keys(file)
    assert add_master(file) == "k2"
    assert file.stat().st_mode & 0o777 == 0o600
    assert {len(key) for key in (*load_keys(file).masters.values(), keys.lookup)} == {32}
    assert json.loads(file.read_bytes())["current"] == "k1"


def test_an_id_is_never_given_twice_and_the_key_in_use_stays(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    add_master(file)
    use_master(file, "k2")
    remove_master(file, "k1")
    assert add_master(file) == "k3"
    assert list(load_keys(file).masters) == ["k2", "k3"]
    for change, master, why in (
        (use_master, "k1", "There is no key 'k1'. Keys are: k2, k3."),
        (remove_master, "k9", "There is no key 'k9'."),
        (remove_master, "k2", "'k2' is in use."),
    ):
        with pytest.raises(UsageError, match=why.split(".")[0]):
            change(file, master)
    assert list(load_keys(file).masters) == ["k2", "k3"]


def test_a_change_reaches_whoever_holds_the_file_and_its_loss_takes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    held = KeyFile(file)
    first = held.now()
    assert held.now() is first, "it is read when it is another, and not before"
    add_master(file)
    use_master(file, "k2")
    second = held.now()
    assert (second.current, second.lookup) == ("k2", first.lookup)
    file.unlink()
    assert held.now() is second


def test_two_who_change_the_file_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    with ThreadPoolExecutor(4) as several:
        made = list(several.map(lambda _: add_master(file), range(12)))
    assert sorted(made) == sorted(set(made))
    assert set(made) < set(load_keys(file).masters)
