"""A person about whom several things are known, two months of scores, and their pages without a browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx

from credence import EventLog, import_rows
from credence.server.requests import COOKIE
from tests.server.services.reading.world import World, world

DECEMBER = date(2026, 12, 6)
ROWS: list[dict[str, object]] = [
    {
        "furnisher": "power", "event_id": "u-1", "person_id": "log-ana", "kind": "bill.unpaid",
        "due_date": "2026-09-10", "occurred_at": "2026-09-20", "amount": 4250,
        "currency": "EUR", "service": "power",
    },
    {
        "furnisher": "northgate", "event_id": "i-1", "person_id": "log-ana", "kind": "identity.verified",
        "method": "document", "occurred_at": "2026-10-20",
    },
    {
        "furnisher": "adbroker", "event_id": "t-1", "person_id": "log-ana", "kind": "trait.inferred",
        "trait": "likes trains", "value": "yes", "confidence": 60, "occurred_at": "2026-10-21",
    },
]  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """Somebody at their pages: what they ask for is asked with their session's cookie, as a browser would."""

    client: httpx.AsyncClient
    token: str
    language: str = "en"

    def headers(self) -> dict[str, str]:
        return {
            "Cookie": f"{COOKIE}={self.token}",
            "Sec-Fetch-Site": "same-origin",
            "Accept-Language": self.language,
        }

    async def get(self, path: str, status: int = 200) -> str:
        reply = await self.client.get(path, headers=self.headers())
        assert reply.status_code == status, reply.text
        return reply.text

    async def post(self, path: str, data: dict[str, str] | None = None, status: int = 303) -> httpx.Response:
        reply = await self.client.post(path, data=data, headers=self.headers())
        assert reply.status_code == status, reply.text
        return reply

    async def upload(self, path: str, content: bytes, status: int = 200) -> str:
        files = {"file": ("statement", content)}
        reply = await self.client.post(path, files=files, headers=self.headers())
        assert reply.status_code == status, reply.text
        return reply.text


def desk(there: World, name: str, language: str = "en") -> Desk:
    """The desk of somebody of a world."""
    token = there.people[name][1]["Authorization"].split()[1]
    return Desk(there.here.client, token, language)


@asynccontextmanager
async def explained(database: str, folder: Path, public_url: str = "http://bureau") -> AsyncIterator[World]:
    """A world in which more became known of ana before December's scores were published."""
    async with world(database, folder, public_url=public_url) as there:
        there.here.clock.move(days=31)
        taken = import_rows(EventLog.open(there.data / "log"), ROWS, there.here.clock())
        assert taken.total("accepted") == len(ROWS)
        there.here.clock.move(hours=1)
        await there.publish(DECEMBER, there.here.clock() - timedelta(minutes=1))
        yield there
