"""What surrounds each request: its id, the size of its body, headers of its reply, its line in the log."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from credence.errors import TooLargeError
from credence.server.api.measures import Measures
from credence.server.ids import new_id
from credence.server.settings import Settings

logger = logging.getLogger("credence.requests")
VERSION = "/v1"
# Files and streams of events; everything else is small.
LONG = ("/v1/events", "/v1/imports", "/furnisher/imports")
# How paths end to which files are sent: of disputes, the statement of a bank, what stands behind an event.
# They have at most ten million bytes; what is around one in a body is little.
FILED = "/files", "/me/disputes/new", "/me/import", "/event-evidence", "/furnisher/evidence"
FILE_MOST = 10_010_000
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
SECURE = "max-age=63072000; includeSubDomains"
Headers = list[tuple[bytes, bytes]]
Told = Callable[[Request, Exception], Response]


@dataclass(slots=True)
class Seen:
    """What is known of a request when it is over; times are in seconds."""

    request_id: str
    begun: float = field(default_factory=perf_counter)
    status: int = 0


@dataclass(frozen=True)
class Around:
    """The application with what surrounds each request.

    Attributes:
        told: The reply to a body that is too large, and to what nobody foresaw.
    """

    app: ASGIApp
    clock: Callable[[], datetime]
    settings: Settings
    measures: Measures
    told: Told
    always: Headers = field(init=False)

    def __post_init__(self) -> None:
        """Make the headers of every reply."""
        secure = (
            {"Strict-Transport-Security": SECURE} if self.settings.public_url.startswith("https:") else {}
        )
        object.__setattr__(self, "always", raw(HEADERS | secure))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = Seen(new_id("req", self.clock()))
        scope.setdefault("state", {})["request_id"] = seen.request_id
        try:
            await self._answer(scope, receive, send, seen)
        finally:
            self._note(scope, seen)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, seen: Seen) -> None:
        sending = partial(self._send, scope, send, seen)
        most = self._most(scope)
        if _length(scope) > most:
            await self.told(Request(scope), TooLargeError(most))(scope, receive, sending)
            return
        try:
            await self.app(scope, limited(receive, most), sending)
        except Exception as error:
            if seen.status:
                raise
            await self.told(Request(scope), error)(scope, receive, sending)

    async def _send(self, scope: Scope, send: Send, seen: Seen, message: Message) -> None:
        if message["type"] == "http.response.start":
            seen.status = message["status"]
            said = {name for name, _ in message["headers"]}
            bucket = scope["state"].get("bucket")
            message["headers"] = [
                *message["headers"],
                (b"x-request-id", seen.request_id.encode()),
                *(pair for pair in self.always if pair[0] not in said),
                *(raw(bucket.headers) if bucket else ()),
            ]
        await send(message)

    def _most(self, scope: Scope) -> int:
        path = scope["path"]
        if path.endswith(FILED):
            return FILE_MOST
        return self.settings.upload_most if path in LONG else self.settings.body_most

    def _note(self, scope: Scope, seen: Seen) -> None:
        """Count the request, and write a line of it: its route, never its path, query or body."""
        route, method = template(scope), scope["method"]
        seconds = perf_counter() - seen.begun
        self.measures.note((method, route, str(seen.status)), seconds)
        if not logger.isEnabledFor(logging.INFO):
            return
        actor = scope["state"].get("actor")
        facts: dict[str, Any] = {"request_id": seen.request_id, "method": method, "route": route}
        facts |= {"actor": actor.kind, "actor_id": actor.id} if actor else {"actor": "nobody"}
        facts |= {"status": seen.status, "ms": round(seconds * 1e3, 2)}
        # As `logger.info` does, without looking for the line that calls it, which is always this one.
        extra = {"facts": facts}
        logger.handle(
            logger.makeRecord(logger.name, logging.INFO, __file__, 0, "request", (), None, None, extra)
        )


def template(scope: Scope) -> str:
    """The route of a request as it is written in the application, like `/v1/people/{person_id}`."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return "none"
    return VERSION + path if scope["path"].startswith(VERSION) and not path.startswith(VERSION) else path


def _length(scope: Scope) -> int:
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(said) if said.isdigit() else 0


def raw(headers: Mapping[str, str]) -> Headers:
    """Headers as they are sent."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def limited(receive: Receive, most: int) -> Receive:
    """What is received, until it is more than is taken."""
    came = 0

    async def received() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            # FastAPI takes any other error for a body that cannot be read.
            raise HTTPException(413, str(TooLargeError(most)))
        return message

    return received
