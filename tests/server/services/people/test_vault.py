"""What is sealed is opened for the same person as the same thing, and for nobody without their key."""

import asyncio
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import ErasedError, UnavailableError
from credence.server.jobs.people import wrap_keys
from credence.server.keys import Keys, add_master, load_keys, use_master
from credence.server.services.people import vault
from tests.server.harness import bureau, run
from tests.server.people import headers, person


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
            assert here.state.keys.current == "k1"
            use_master(file, "k2")
            new = here.state.keys
            assert new.current == "k2", "a bureau that runs takes it up"
            async with here.as_() as context:
                assert await vault.unseal(context, new, "per_0", "x", sealed[0]) == b"said", (
                    "before any is wrapped"
                )
                assert await vault.rotate(context, new, most=2) == 2
                assert await vault.unseal(context, old, "per_2", "x", sealed[2]) == b"said", "others go on"
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


def test_without_its_master_key_the_bureau_says_so_and_works_again_with_it(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, keys = await person(here), here.state.keys
            own = await headers(here, ana)
            here.state.key_file.held = Keys({}, "k1", keys.lookup)
            async with here.as_() as context:
                with pytest.raises(UnavailableError):
                    await vault.seal(context, here.state.keys, ana.id, "x", b"said")
            lost = await here.client.get("/v1/identifiers", headers=own)
            assert (lost.status_code, lost.json()["code"]) == (503, "unavailable")
            assert "put it back" in lost.json()["detail"]
            here.state.key_file.held = keys
            assert (await here.client.get("/v1/identifiers", headers=own)).status_code == 200

    run(work())


@given(st.binary(max_size=2000), st.text(max_size=40))
def test_whatever_is_encrypted_comes_back(content: bytes, what: str) -> None:
    key, bound = AESGCM.generate_key(256), vault.bound_to("per_ana", what)
    sealed = vault.encrypt(key, content, bound)
    assert vault.decrypt(key, sealed, bound) == content
    assert len(sealed) == len(content) + 1 + 12 + 16
    with pytest.raises(InvalidTag):
        vault.decrypt(key, sealed, bound + b"x")
