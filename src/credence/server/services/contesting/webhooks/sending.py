"""Sending one webhook: signed with each live secret, to the address that was checked, following nothing."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
from standardwebhooks import Webhook

from credence.errors import InvalidRequestError
from credence.server.services.contesting.webhooks.addresses import AddressRefusedError, checked, resolve

SECONDS_MOST = 15
PORTS = {"https": 443, "http": 80}
GONE = 410
OK = range(200, 300)


@dataclass(frozen=True)
class Sent:
    """What came of a try: the status of the reply, or why there was none, and how long it took."""

    status: int | None
    why: str | None
    milliseconds: int

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it: 2xx, and nothing else."""
        return self.status is not None and self.status in OK

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more."""
        return self.status == GONE


def body_of(event: Mapping[str, Any]) -> str:
    """What a webhook says: its kind, when, and ids; the receiver asks for the rest."""
    data = {"event_id": event["event_id"], "person": event["subject"], "sequence": event["sequence"]}
    data |= msgspec.json.decode(event["ids"])
    said = {"type": event["kind"], "timestamp": event["made_at"], "data": data}
    return msgspec.json.encode(said).decode()


def signed(event_id: str, now: datetime, body: str, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of the Standard Webhooks scheme; one signature for each live secret."""
    at = now.astimezone(UTC)
    signatures = [Webhook(secret).sign(event_id, at, body) for secret in secrets]
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
        "content-type": "application/json",
        "user-agent": "Credence-Webhooks/1",
    }


async def send(
    client: httpx.AsyncClient, url: str, message: tuple[dict[str, str], str], *, private: bool
) -> Sent:
    """Send a webhook once.

    Args:
        client: The client; it follows no redirects and knows no proxies.
        url: Where to.
        message: The headers and the body.
        private: Whether private addresses are allowed.
    """
    headers, body = message
    began = time.perf_counter()
    status, why = None, None
    try:
        parts = checked(url, private=private)
        host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
        address = await resolve(host, port, private=private)
        # The name is for the receiver and its certificate; where it lies was decided above.
        pinned = httpx.URL(url).copy_with(host=address)
        named = headers | {"host": parts.netloc}
        status = await _post(client, (pinned, host), named, body)
    except (AddressRefusedError, InvalidRequestError) as error:
        # What was allowed when the endpoint was added may not be any more.
        why = str(error)
    except httpx.HTTPError as error:
        why = type(error).__name__
    return Sent(status, why, round((time.perf_counter() - began) * 1000))


async def _post(
    client: httpx.AsyncClient, where: tuple[httpx.URL, str], headers: dict[str, str], body: str
) -> int:
    """The status of the reply; what else it says is not read."""
    url, host = where
    request = client.build_request(
        "POST", url, content=body, headers=headers, extensions={"sni_hostname": host}
    )
    reply = await client.send(request, stream=True)
    await reply.aclose()
    return reply.status_code


def client() -> httpx.AsyncClient:
    """A client for webhooks."""
    return httpx.AsyncClient(timeout=SECONDS_MOST, follow_redirects=False, trust_env=False)
