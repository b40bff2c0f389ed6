"""Policies are loaded once, and no more of them are kept than is good."""

from pathlib import Path

import pytest

from credence.server.services.deciding import policies
from tests.server.harness import run
from tests.server.services.deciding.house import DEPOSIT, house


def test_policies_that_were_loaded_are_kept_up_to_a_number(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies, "LOADED_MOST", 1)
    monkeypatch.setattr(policies, "LOADED", {})

    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            await h.publish(DEPOSIT.replace("version: 1", "version: 2"))
            async with h.there.here.as_(h.partner[0]) as context:
                first = await policies.find(context, h.partner[0].id, "deposit@1")
                assert await policies.find(context, h.partner[0].id, "deposit@1") is first
                await policies.find(context, h.partner[0].id, "deposit@2")
                assert [named for named, _, _ in policies.LOADED] == ["deposit@2"]

    run(work())


def test_shipped_policies_for_the_lab_are_decided_by_in_the_sandbox(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h, h.there.here.as_(h.partner[0]) as context:
            object.__setattr__(context.settings, "sandbox", True)
            found = await policies.find(context, h.partner[0].id, "zhima/bikes@1")
            assert (found.level, found.at_least, found.card) == ("threshold", 651, "zhima@1")

    run(work())
