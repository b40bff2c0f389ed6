"""Pages that need a scope: whoever lacks it is told which, and to ask the bureau."""

from pathlib import Path

import pytest

from tests.server.harness import bureau, run
from tests.server.web.person.visits import Visit

NEEDED = {
    "/partner/ask": "scores.read", "/partner/decisions": "decisions.read",
    "/partner/decisions/new": "decisions.write", "/partner/policies": "decisions.read",
    "/partner/policies/new": "decisions.write", "/partner/offers": "offers.read",
    "/partner/offers/new": "offers.write", "/partner/webhooks": "webhooks.write",
}  # fmt: skip


def test_a_page_opens_to_its_scope_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            with_none = Visit(here, (await here.party("partner"))[1])
            for path, scope in NEEDED.items():
                await with_none.see(path, 403)
                others = set(NEEDED.values()) - {scope}
                await Visit(here, (await here.party("partner", *others))[1]).see(path, 403)
                await Visit(here, (await here.party("partner", scope))[1]).see(path)
            for path in ("/partner", "/partner/people", "/partner/requests", "/partner/keys"):
                await with_none.see(path)

    run(work())


@pytest.mark.parametrize("kind", ["person", "furnisher", "operator"])
def test_a_partners_desk_is_for_nobody_else(kind: str, database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            other = Visit(here, (await here.party(kind))[1])  # type: ignore[arg-type]
            for path in (*NEEDED, "/partner", "/partner/people", "/partner/requests", "/partner/keys"):
                await other.see(path, 403)
            reply = await here.client.get("/partner")
            assert reply.headers["Location"] == "/sign-in?to=/partner"

    run(work())
