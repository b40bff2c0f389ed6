"""A furnisher, somebody it knows, and what it sends about them, for tests."""

from dataclasses import dataclass
from typing import Any

import httpx

from credence.events.log import Event
from credence.server.jobs import receipts
from credence.server.services.context import Actor
from credence.server.services.furnishing import log_writer
from credence.server.services.people import pairwise
from tests.server.harness import Bureau

EVIDENCE = "Our bill 77 of May was never paid, see reminder of 3 July."
Headers = dict[str, str]


@dataclass
class Sending:
    """A furnisher with a key, and a person whom it knows."""

    here: Bureau
    furnisher: Actor
    headers: Headers
    ana: Actor
    ana_headers: Headers
    person: str

    async def send(self, *rows: dict[str, Any], **said: Any) -> httpx.Response:  # noqa: ANN401 - what httpx takes
        return await self.here.client.post("/v1/events", json=list(rows), headers=self.headers, **said)

    async def taken(self, *rows: dict[str, Any]) -> list[dict[str, Any]]:
        """Send rows, take them into the log, and say what became of each."""
        reply = await self.send(*rows)
        assert reply.status_code == 202, reply.text
        await receipts.take(self.here.state, self.here.clock())
        found = await self.here.client.get(reply.headers["location"], headers=self.headers)
        results: list[dict[str, Any]] = found.json()["results"]
        return results

    def bill(self, number: int, days_late: int = 0, **said: object) -> dict[str, Any]:
        row = {"event_id": f"p-{number}", "person": self.person, "kind": "bill.paid"}
        return row | {"occurred_at": "2026-09-03", "fields": {"days_late": days_late}} | said

    def unpaid(self, number: int, **said: object) -> dict[str, Any]:
        fields = {"fields": {"due_date": "2026-06-30"}, "evidence": EVIDENCE}
        return self.bill(number, kind="bill.unpaid") | fields | said

    def events(self) -> list[Event]:
        """What the log holds about the person."""
        with log_writer.opened(self.here.state) as log:
            return log.events_of(f"log-{self.ana.id}")


async def sending(here: Bureau, *scopes: str) -> Sending:
    """Somebody new who sends, and somebody new whom they know."""
    furnisher, headers = await here.party("furnisher", *(scopes or ("events.write", "receipts.read")))
    ana, ana_headers = await here.party("person")
    async with here.as_() as context:
        known_as = await pairwise.known_as(context, furnisher.id, ana.id)
    return Sending(here, furnisher, headers, ana, ana_headers, known_as)


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    """What became of each row."""
    return [result["outcome"] for result in results]


def fault(result: dict[str, Any]) -> str:
    """Where a row has a fault."""
    return str(result["errors"][0]["field"])
