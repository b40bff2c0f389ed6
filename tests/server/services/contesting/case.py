"""A person with missed repayments that a furnisher sent: 30 points each, of 1000."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from credence.server.services.context import Actor
from credence.server.services.furnishing import log_writer
from tests.server.harness import Bureau, bureau

Files = dict[str, tuple[str, bytes]] | None
CARD = "suining"
LINE = {"scorecard": CARD, "as_of": "2026-11-06", "characteristic": "loan_arrears"}


def missed(log_id: str, furnisher: str, event_id: str, **said: object) -> dict[str, object]:
    """An instalment that was not paid, as the log takes it."""
    return {
        "furnisher": furnisher, "event_id": event_id, "person_id": log_id, "kind": "repayment.missed",
        "occurred_at": "2026-10-20", "account": "a1", "due_date": "2026-10-20",
    } | said  # fmt: skip


@dataclass
class Case:
    """A running bureau with a person, a furnisher and a reviewer, each with the headers of their requests."""

    here: Bureau
    person: Actor
    furnisher: Actor
    reviewer: Actor
    headers: dict[str, dict[str, str]]

    async def have(self, *event_ids: str, furnisher: str | None = None) -> None:
        """Have missed instalments of the person in the log, an account each."""
        log_id = f"log-{self.person.id}"
        rows = [missed(log_id, furnisher or self.furnisher.id, one, account=one) for one in event_ids]
        report = await log_writer.append(self.here.state, rows, self.here.clock())
        assert report.total("accepted") == len(rows)

    def event(self, event_id: str) -> dict[str, str]:
        """An event of the furnisher's, as a dispute names it."""
        return {"furnisher": self.furnisher.id, "event_id": event_id}

    async def ask(self, who: str, method: str, path: str, json: object = None, files: Files = None) -> Any:  # noqa: ANN401 - whatever the reply says
        """The reply to a request of the person, the furnisher or the reviewer, which must be a good one."""
        reply = await self.send(who, method, path, json, files)
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None

    async def refused(
        self, who: str, method: str, path: str, json: object = None, files: Files = None
    ) -> tuple[int, str]:
        """The status and the code of a request that is refused."""
        reply = await self.send(who, method, path, json, files)
        assert reply.is_error, reply.text
        return reply.status_code, reply.json()["code"]

    async def send(
        self, who: str, method: str, path: str, json: object = None, files: Files = None
    ) -> httpx.Response:
        """The reply to a request of somebody's."""
        headers = self.headers[who]
        return await self.here.client.request(method, f"/v1{path}", headers=headers, json=json, files=files)

    async def open(self, event_id: str, reason: str = "not_mine", text: str = "") -> str:
        """The id of a new dispute of the person's on an event."""
        body = {"event": self.event(event_id), "reason": reason, "text": text}
        return str((await self.ask("person", "POST", "/disputes", json=body))["dispute_id"])

    async def item(self, dispute: str) -> str:
        """The id of a dispute's first item."""
        found = await self.ask("person", "GET", f"/disputes/{dispute}")
        return str(found["items"][0]["item_id"])

    async def answer(self, who: str, dispute: str, outcome: str, **said: object) -> str:
        """Answer for a dispute's first item; the state that it is in then."""
        body = {"item_id": await self.item(dispute), "outcome": outcome} | said
        return str((await self.ask(who, "POST", f"/disputes/{dispute}/answers", json=body))["state"])

    async def score(self, dispute: str) -> int:
        """Today's score of the person, as the preview of a dispute has it."""
        found = await self.ask("person", "GET", f"/disputes/{dispute}/preview")
        return int(found[0]["now"])


@asynccontextmanager
async def case(database: str, folder: Path, jurisdiction: str = "us", **said: object) -> AsyncIterator[Case]:
    """A bureau with a person whose furnisher has sent nothing yet."""
    given: dict[str, object] = {"scorecards": (CARD,), "jurisdiction": jurisdiction} | said
    async with bureau(database, folder, **given) as here:
        person, as_person = await here.party("person")
        furnisher, as_furnisher = await here.party("furnisher", "disputes.read", "disputes.write")
        reviewer, as_reviewer = await here.party("operator", "reviewer")
        headers = {"person": as_person, "furnisher": as_furnisher, "reviewer": as_reviewer}
        yield Case(here, person, furnisher, reviewer, headers)
