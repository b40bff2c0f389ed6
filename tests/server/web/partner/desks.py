"""A partner's desk in a test: everything that its members may do, people who consent, a policy in force."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from credence.server.services.access.scopes import PARTNERS
from tests.server.harness import Bureau
from tests.server.services.deciding.house import House, house
from tests.server.services.reading.world import World
from tests.server.web.person.visits import Visit


@dataclass
class Desk:
    """A house whose partner sits at its desk."""

    house: House
    visit: Visit

    @property
    def world(self) -> World:
        return self.house.there

    @property
    def here(self) -> Bureau:
        return self.house.there.here

    async def known(self, name: str, **said: object) -> str:
        """The partner's id of somebody who consents."""
        return str((await self.world.consent(name, **said))["person"])

    async def other(self, *scopes: str) -> Visit:
        """Somebody of another partner, with these scopes."""
        return Visit(self.here, (await self.here.party("partner", *scopes))[1])

    async def link(self, path: str, pattern: str) -> str:
        """The first address on a page that begins like this."""
        found = re.search(rf'(?:href|action)="({pattern}[^"]*)"', await self.visit.html(path))
        assert found, f"no {pattern} on {path}"
        return found[1].replace("&amp;", "&")


@asynccontextmanager
async def desk(
    database: str,
    folder: Path,
    **said: Any,  # noqa: ANN401 - settings of the bureau
) -> AsyncIterator[Desk]:
    """A desk without policies."""
    async with house(database, folder, **said) as h:
        h.there.partner = await h.there.here.party("partner", *PARTNERS)
        yield Desk(h, Visit(h.there.here, h.partner[1]))
