"""A partner that decides, with a policy that two operators published, and the people of the small world."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from credence.server.services.context import Actor
from tests.server.services.reading.world import Headers, World, world

SCOPES = ("decisions.write", "decisions.read", "offers.write", "offers.read")
# Ana, who pays on time, has more than 600 points; Ben, who pays late, has less.
DEPOSIT = """
name: deposit
version: 1
title: A flat without a deposit
scorecard: everyday@1
purpose: rental_deposit
outcomes: {no_deposit: accept, deposit_due: decline}
rows:
  - when: {score: {at_least: 650}}
    outcome: no_deposit
    terms: {deposit: none}
    reason: Your score is at least 650, so you leave no deposit.
  - when: {score: {below: 650}}
    outcome: deposit_due
    terms: {months: 2}
    reason: Your score is less than 650, so you leave a deposit of two months.
unknown:
  outcome: refer
  reason: Too little is known of you for a score, so somebody looks at your papers.
"""
# Two limits of the score, and something that only the partner knows.
BANDS = """
name: bands
version: 1
title: A loan
scorecard: everyday@1
purpose: small_loan
columns: {income: {title: Your income in a month, context: payments}}
rows:
  - when: {score: {at_least: 600}, columns: {income: {at_least: 1000}}}
    outcome: accept
    reason: Score and income are enough.
  - when: {score: {at_least: 500, below: 600}, columns: {income: {at_least: 1000}}}
    outcome: refer
    reason: Somebody looks at it.
otherwise: {outcome: decline, reason: Score or income are not enough.}
unknown: {outcome: refer, reason: Something is not known.}
"""


@dataclass
class House:
    """A world with a partner that decides and two operators."""

    there: World
    risk: list[tuple[Actor, Headers]] = field(default_factory=list)
    reviewer: tuple[Actor, Headers] = (Actor("operator", ""), {})

    @property
    def partner(self) -> tuple[Actor, Headers]:
        return self.there.partner

    async def send(
        self,
        method: str,
        url: str,
        headers: Headers | None = None,
        body: object = None,
        more: Headers | None = None,
    ) -> httpx.Response:
        """A request of the partner's, or with other headers."""
        sent = (self.partner[1] if headers is None else headers) | (more or {})
        return await self.there.here.client.request(method, f"/v1{url}", json=body, headers=sent)

    async def made(
        self,
        method: str,
        url: str,
        headers: Headers | None = None,
        body: object = None,
        more: Headers | None = None,
    ) -> dict[str, Any]:
        """What such a request gives, which must go well."""
        found = await self.send(method, url, headers, body, more)
        assert found.status_code in (200, 201), found.text
        told: dict[str, Any] = found.json()
        return told

    async def publish(self, text: str = DEPOSIT, kind: str = "policies") -> str:
        """A definition as two operators publish it; its name@version."""
        draft = await self.made("POST", f"/{kind}", body={"text": text})
        first, second = (headers for _, headers in self.risk)
        body = {"definition_id": draft["definition_id"]}
        proposal = await self.made("POST", "/approvals", first, body)
        await self.made("POST", f"/approvals/{proposal['approval_id']}/approve", second)
        return f"{draft['name']}@{draft['version']}"

    async def decide(self, known_as: str, **said: object) -> httpx.Response:
        """A decision by the policy on deposits."""
        body = {"person": known_as, "policy": "deposit@1", "purpose": "rental_deposit"}
        return await self.send("POST", "/decisions", body=body | said)

    async def decided(self, name: str, **said: object) -> dict[str, Any]:
        """A decision about somebody who consents."""
        consent = await self.there.consent(name)
        found = await self.decide(consent["person"], **said)
        assert found.status_code == 201, found.text
        told: dict[str, Any] = found.json()
        return told

    async def count(self, table: str) -> int:
        async with self.there.here.as_() as context:
            return int(await context.connection.fetchval(f"SELECT count(*) FROM {table}"))


@asynccontextmanager
async def house(
    database: str,
    folder: Path,
    **said: Any,  # noqa: ANN401 - settings of the bureau
) -> AsyncIterator[House]:
    """A house without policies; what is said goes to the bureau's settings."""
    async with world(database, folder, **said) as there:
        there.partner = await there.here.party("partner", *SCOPES)
        risk = [await there.here.party("operator", "risk") for _ in range(2)]
        yield House(there, risk, await there.here.party("operator", "reviewer"))
