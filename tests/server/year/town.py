"""A town at a running bureau: partners, furnishers, people; what they send, and are never told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from credence.server.services.access.scopes import FURNISHERS, PARTNERS
from credence.server.services.context import Actor
from credence.server.services.people import pairwise
from tests.server import people
from tests.server.harness import Bureau, bureau
from tests.server.year.model import Life

CARD = "suining"
EVIDENCE = "Reminders of May and of June stayed without an answer"
LIMIT = 970
POLICY = """
name: deposit
version: {version}
setting: lab
title: A flat without a deposit
scorecard: suining@1
purpose: rental_deposit
outcomes: {{no_deposit: accept, deposit_due: decline}}
rows:
  - when: {{score: {{at_least: {limit}}}}}
    outcome: no_deposit
    reason: Your score is high enough, so you leave no deposit.
  - when: {{score: {{below: {limit}}}}}
    outcome: deposit_due
    reason: Your score is lower than that, so you leave a deposit.
"""
numbers = count(1)


@dataclass
class Town:
    """Who there is, by the id that the bureau gave them, and the headers of their requests."""

    here: Bureau
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    partners: list[str] = field(default_factory=list)
    furnishers: list[str] = field(default_factory=list)
    reviewer: str = ""
    support: str = ""
    lives: list[Life] = field(default_factory=list)
    policy: int = 0
    decided: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    published: dict[str, tuple[datetime, dict[str, object]]] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.here.clock()

    async def send(
        self, who: str, method: str, path: str, body: object = None, key: str | None = None
    ) -> httpx.Response:
        """The reply to a request, a minute after the last; it tells nobody what is not theirs to know."""
        self.here.clock.move(minutes=1)
        sent = self.headers[who] | ({"Idempotency-Key": key} if key else {})
        reply = await self.here.client.request(method, f"/v1{path}", headers=sent, json=body)
        assert reply.status_code < 500, (method, path, body, reply.text)
        self._tells_no_secret(who, reply.text)
        return reply

    async def good(self, who: str, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401
        """What a request gives that must go well."""
        reply = await self.send(who, method, path, body)
        assert reply.is_success, (method, path, body, reply.text)
        return reply.json() if reply.content else None

    def _tells_no_secret(self, who: str, text: str) -> None:
        """Programs know people by ids of their own; people know nothing of one another."""
        program = who in self.partners or who in self.furnishers
        if not program and who in (self.reviewer, self.support):
            return
        for life in self.lives:
            hidden = [] if who == life.person_id else [life.person_id, life.log_id]
            hidden += [one for party, one in life.known_as.items() if program and party != who]
            assert not [one for one in hidden if one in text], (who, life.name, text)

    async def somebody(self, name: str) -> Life:
        """Somebody new, whom both furnishers know."""
        which = next(numbers)
        mail = f"{name}.{which}@example.org"
        actor = await people.person(self.here, mail, which)
        async with self.here.as_() as context:
            query = "SELECT log_id FROM people WHERE person_id = $1"
            log_id = str(await context.connection.fetchval(query, actor.id))
            known = {one: await pairwise.known_as(context, one, actor.id) for one in self.furnishers}
        self.headers[actor.id] = await people.headers(self.here, actor)
        life = Life(name, actor.id, log_id, [mail, people.number(which)], known)
        self.lives.append(life)
        return life

    async def sign_in_again(self, life: Life) -> None:
        """A session that is fresh, for what needs one."""
        self.headers[life.person_id] = await people.headers(self.here, Actor("person", life.person_id))

    async def new_policy(self, limit: int = LIMIT) -> None:
        """The next version of the first partner's policy, published by two operators."""
        self.policy += 1
        text = POLICY.format(version=self.policy, limit=limit)
        draft = await self.good(self.partners[0], "POST", "/policies", {"text": text})
        first, second = (name for name in self.headers if name.startswith("risk"))
        body = {"definition_id": draft["definition_id"]}
        proposal = await self.good(first, "POST", "/approvals", body)
        await self.good(second, "POST", f"/approvals/{proposal['approval_id']}/approve")

    async def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """What a query finds, in the bureau's own name."""
        async with self.here.as_() as context:
            return [dict(row) for row in await context.connection.fetch(query, *values)]


@asynccontextmanager
async def running(database: str, folder: Path) -> AsyncIterator[Bureau]:
    """A bureau that runs one scorecard, whose points are easily added up by hand."""
    said: dict[str, object] = {"scorecards": (CARD,), "rate_a_minute": 10**9, "sandbox": True}
    async with bureau(database, folder, **said) as here:
        yield here


async def town(here: Bureau) -> Town:
    """A town of its own: parties whom nobody met before, and three people."""
    found = Town(here)
    for _ in range(2):
        partner, headers = await here.party("partner", *PARTNERS)
        found.partners.append(partner.id)
        found.headers[partner.id] = headers
        furnisher, headers = await here.party("furnisher", *FURNISHERS)
        found.furnishers.append(furnisher.id)
        found.headers[furnisher.id] = headers
        _, found.headers[f"risk {len(found.partners)}"] = await here.party("operator", "risk")
    for role in ("reviewer", "support"):
        operator, headers = await here.party("operator", role, *(["admin"] if role == "support" else []))
        found.headers[operator.id] = headers
        setattr(found, role, operator.id)
    for name in ("ana", "ben", "cleo"):
        await found.somebody(name)
    await found.new_policy()
    return found
