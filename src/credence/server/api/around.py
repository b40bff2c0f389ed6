"""What surrounds each request: its id, the size of its body, headers of its reply, its line in the log."""

import logging
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import perf_counter, thread_time_ns
from types import coroutine
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from credence.errors import TooLargeError
from credence.server.api.measures import Measures
from credence.server.api.problems import problem_of, unknown
from credence.server.ids import new_id
from credence.server.settings import Settings

logger = logging.getLogger("credence.requests")
VERSION = "/v1"
# Files and streams of events; everything else is small.
LONG = ("/v1/events", "/v1/imports")
# Files of disputes have at most ten million bytes; what is around one in a body is little.
DISPUTES, FILES, FILE_MOST = "/v1/disputes/", "/files", 10_010_000
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
SECURE = "max-age=63072000; includeSubDomains"


@dataclass
class Seen:
    """What is known of a request when it is over."""

    request_id: str
    begun: float = field(default_factory=perf_counter)
    cpu_ns: int = 0
    status: int = 0


@dataclass(frozen=True)
class Around:
    """The application with what surrounds each request."""

    app: ASGIApp
    clock: Callable[[], datetime]
    settings: Settings
    measures: Measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = Seen(new_id("req", self.clock()))
        scope.setdefault("state", {})["request_id"] = seen.request_id
        try:
            await counted(self._answer(scope, receive, send, seen), seen)
        finally:
            self._note(scope, seen)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, seen: Seen) -> None:
        sending = partial(self._send, scope, send, seen)
        most = self._most(scope)
        if _length(scope) > most:
            await problem_of(Request(scope), TooLargeError(most))(scope, receive, sending)
            return
        try:
            await self.app(scope, limited(receive, most), sending)
        except Exception as error:
            if seen.status:
                raise
            await unknown(Request(scope), error)(scope, receive, sending)

    async def _send(self, scope: Scope, send: Send, seen: Seen, message: Message) -> None:
        if message["type"] == "http.response.start":
            seen.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = seen.request_id
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if self.settings.public_url.startswith("https:"):
                headers["Strict-Transport-Security"] = SECURE
            bucket = scope["state"].get("bucket")
            headers.update(bucket.headers if bucket else {})
        await send(message)

    def _most(self, scope: Scope) -> int:
        path = scope["path"]
        if path.startswith(DISPUTES) and path.endswith(FILES):
            return FILE_MOST
        return self.settings.upload_most if path in LONG else self.settings.body_most

    def _note(self, scope: Scope, seen: Seen) -> None:
        """Count the request, and write a line of it: its route, never its path, query or body."""
        route, method = template(scope), scope["method"]
        seconds, cpu = perf_counter() - seen.begun, seen.cpu_ns / 1e9
        self.measures.requests.labels(method, route, str(seen.status)).inc()
        self.measures.seconds.labels(method, route).observe(seconds)
        self.measures.cpu.labels(method, route).inc(cpu)
        actor = scope["state"].get("actor")
        facts: dict[str, Any] = {"request_id": seen.request_id, "method": method, "route": route}
        facts |= {"actor": actor.kind, "actor_id": actor.id} if actor else {"actor": "nobody"}
        facts |= {"status": seen.status, "ms": round(seconds * 1e3, 2), "cpu_ms": round(cpu * 1e3, 2)}
        logger.info("request", extra={"facts": facts})


def template(scope: Scope) -> str:
    """The route of a request as it is written in the application, like `/v1/people/{person_id}`."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return "none"
    return VERSION + path if scope["path"].startswith(VERSION) and not path.startswith(VERSION) else path


def _length(scope: Scope) -> int:
    said = Headers(scope=scope).get("content-length", "0")
    return int(said) if said.isascii() and said.isdecimal() else 0


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


@coroutine
def counted(work: Coroutine[Any, Any, None], seen: Seen) -> Generator[Any, Any, None]:
    """Do the work, and count the CPU time of its own steps, not that of others between them."""
    step = partial(work.send, None)
    while True:
        begun = thread_time_ns()
        try:
            waits_for = step()
        except StopIteration:
            return
        finally:
            seen.cpu_ns += thread_time_ns() - begun
        try:
            came = yield waits_for
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is for the work
            step = partial(work.throw, error)
        else:
            step = partial(work.send, came)
