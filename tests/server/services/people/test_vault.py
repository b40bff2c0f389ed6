"""What is sealed is opened for the same person as the same thing, and for nobody without their key."""

import asyncio
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import ErasedError
from credence.server.jobs.people import wrap_keys
from credence.server.keys import Keys, add_master, load_keys, use_newest
from credence.server.services.people import vault
from tests.server.harness import bureau, run
from tests.server.people import person


def test_what_is_sealed_is_opened_for_the_same_person_as_the_same_thing_only(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            keys = here.state.keys
            async with here.as_() as context:
                sealed = await vault.seal(context, keys, "per_ana", "identifier:1", b"13800138000")
                again = await vault.seal(context, keys, "per_ana", "identifier:1", b"13800138000")
                assert sealed != again, "who has two of the same is not told so"
                assert b"13800138000" not in sealed
                assert await vault.unseal(context, keys, "per_ana", "identifier:1", sealed) == b"13800138000"
                for owner, what in (("per_ana", "identifier:2"), ("per_ben", "identifier:1")):
                    with pytest.raises(InvalidTag):
                        await vault.unseal(context, keys, owner, what, sealed)
                with pytest.raises(InvalidTag):
                    await vault.unseal(context, keys, "per_ana", "identifier:1", sealed[:-1] + b"x")

    run(work())


def test_once_the_key_is_destroyed_nothing_is_opened_or_sealed(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            keys = here.state.keys
            async with here.as_() as context:
                sealed = await vault.seal(context, keys, "per_ana", "x", b"said")
                await vault.destroy(context, "per_ana")
                await vault.destroy(context, "per_who_never_had_one")
            async with here.as_() as context:
                with pytest.raises(ErasedError):
                    await vault.unseal(context, keys, "per_ana", "x", sealed)
                for owner in ("per_ana", "per_who_never_had_one"):
                    with pytest.raises(ErasedError):
                        await vault.seal(context, keys, owner, "x", b"said")
                left = await context.connection.fetchval(
                    "SELECT count(*) FROM data_keys WHERE wrapped IS NOT NULL"
                )
                assert left == 0

    run(work())


def test_two_who_come_first_at_once_make_one_key(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:

            async def sealed(word: bytes) -> bytes:
                async with here.as_() as context:
                    return await vault.seal(context, here.state.keys, "per_ana", "x", word)

            words = [b"one", b"two", b"three", b"four"]
            kept = await asyncio.gather(*map(sealed, words))
            async with here.as_() as context:
                opened = [await vault.unseal(context, here.state.keys, "per_ana", "x", one) for one in kept]
            assert opened == words

    run(work())


def test_a_new_master_key_wraps_every_key_anew_and_the_old_one_is_needed_no_more(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            file, old = here.state.settings.data / "keys.json", here.state.keys
            ana = await person(here)
            async with here.as_() as context:
                sealed = [await vault.seal(context, old, f"per_{n}", "x", b"said") for n in range(3)]
                await vault.destroy(context, "per_gone")
            assert add_master(file) == "k2"
            assert load_keys(file).current == "k1", "every process must know it first"
            assert use_newest(file) == "k2"
            new = load_keys(file)
            async with here.as_() as context:
                assert await vault.unseal(context, new, "per_0", "x", sealed[0]) == b"said", (
                    "before any is wrapped"
                )
                assert await vault.rotate(context, new, most=2) == 2
                assert await vault.unseal(context, old, "per_2", "x", sealed[2]) == b"said", "others go on"
            object.__setattr__(here.state, "keys", new)
            assert await wrap_keys(here.state, here.clock()) == 2
            assert await wrap_keys(here.state, here.clock()) == 0
            alone = Keys({"k2": new.masters["k2"]}, "k2", new.lookup)
            async with here.as_() as context:
                for number, one in enumerate(sealed):
                    assert await vault.unseal(context, alone, f"per_{number}", "x", one) == b"said"
                row = await context.connection.fetchrow(
                    "SELECT * FROM identifiers WHERE person_id = $1", ana.id
                )
                assert row is not None
                what = f"identifier:{row['identifier_id']}"
                assert await vault.unseal(context, alone, ana.id, what, row["sealed"])

    run(work())


def test_the_keys_are_their_owners_alone_and_32_bytes_each(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    keys = load_keys(file)
    add_master(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert {len(key) for key in (*load_keys(file).masters.values(), keys.lookup)} == {32}
    assert json.loads(file.read_bytes())["current"] == "k1"


@given(st.binary(max_size=2000), st.text(max_size=40))
def test_whatever_is_encrypted_comes_back(content: bytes, what: str) -> None:
    key, bound = AESGCM.generate_key(256), vault.bound_to("per_ana", what)
    sealed = vault.encrypt(key, content, bound)
    assert vault.decrypt(key, sealed, bound) == content
    assert len(sealed) == len(content) + 1 + 12 + 16
    with pytest.raises(InvalidTag):
        vault.decrypt(key, sealed, bound + b"x")
