"""The client: one method for each thing that a partner or furnisher does."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx
import msgspec

from credence.client.problems import NotReachedError, ProblemError
from credence.client.signing import Credentials

# Statuses after which the same request, with the same key, may well work.
AGAIN = frozenset({429, 503})
IN_FLIGHT = "in_flight"
TIMES, SECONDS_MOST = 4, 10.0
Told = Mapping[str, Any]


class Client:
    """A bureau, as a partner or furnisher uses it.

    What is sent is sent again, with the same Idempotency-Key, where the bureau says to try again.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        http: httpx.Client | None = None,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Speak to the bureau at a URL; `http` is a client of one's own, `wait` what passes the time."""
        self.url = url.rstrip("/")
        self.credentials = credentials
        self.http = http or httpx.Client(timeout=30)
        self.wait = wait

    def __enter__(self) -> Self:
        """Use it in a block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        """Close its connections."""
        self.http.close()

    def whoami(self) -> Told:
        """Whose the key is, with its scopes."""
        return self.get("/v1/whoami")

    def ask(self, person: str, purpose: str, scorecard: str, **more: Any) -> Told:  # noqa: ANN401 - as the API says
        """Ask about a person: `at_least=650` for yes or no, or `level="score"` where consent allows it.

        Raises:
            ProblemError: There is no consent, or the person froze what is known (`frozen`), among others.
        """
        said = {"person": person, "purpose": purpose, "scorecard": scorecard} | more
        return self.post("/v1/scores/ask", {"level": "threshold"} | said)

    def decide(self, **said: Any) -> Told:  # noqa: ANN401 - as the API says
        """Decide about a person by a policy; `said` is the body of POST /v1/decisions."""
        return self.post("/v1/decisions", said)

    def send_events(self, events: Iterable[Mapping[str, Any]]) -> Told:
        """Send events, at most 10,000; return the receipt. Each is taken once, however often it is sent."""
        body = b"\n".join(msgspec.json.encode(event) for event in events)
        return self._send("POST", "/v1/events", body, {"Content-Type": "application/x-ndjson"})

    def receipt(self, receipt_id: str) -> Told:
        """What became of events that were sent."""
        return self.get(f"/v1/receipts/{receipt_id}")

    def feed(self, after: int = 0) -> Iterator[Told]:
        """What changed after a place in the feed, until there is no more."""
        while True:
            told = self.get("/v1/feed", after=after)
            yield from told["data"]
            if not told["data"]:
                return
            after = int(told["next_cursor"])

    def get(self, path: str, **query: str | int) -> Told:
        """What is at a path.

        Raises:
            ProblemError: The bureau refuses.
            NotReachedError: There is no bureau.
        """
        return self._send("GET", path, None, {}, query)

    def post(self, path: str, said: Mapping[str, Any] | None = None, key: str | None = None) -> Told:
        """Send something to a path, under a key of its own; keep the key when you send it again yourself.

        Raises:
            ProblemError: The bureau refuses.
            NotReachedError: There is no bureau.
        """
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid4())}
        return self._send("POST", path, msgspec.json.encode(said or {}), headers)

    def _send(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
        query: Mapping[str, str | int] | None = None,
    ) -> Told:
        left = TIMES
        while True:
            # A proof is for one request alone, so each try has another.
            own = self.credentials.headers(method, self.url + path, self._form)
            request = self.http.build_request(
                method, self.url + path, content=body, headers={**headers, **own}, params=query
            )
            reply = self._reply(request)
            left -= 1
            if not (left and _again(reply)):
                return _told(reply)
            self.wait(min(float(reply.headers.get("Retry-After", 1)), SECONDS_MOST))

    def _form(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Told:
        return _told(
            self._reply(self.http.build_request("POST", url, data=dict(form), headers=dict(headers)))
        )

    def _reply(self, request: httpx.Request) -> httpx.Response:
        try:
            return self.http.send(request)
        except httpx.TransportError as error:
            raise NotReachedError(self.url, error) from error


def _again(reply: httpx.Response) -> bool:
    return reply.status_code in AGAIN or (
        reply.status_code == httpx.codes.CONFLICT and IN_FLIGHT in reply.text
    )


def _told(reply: httpx.Response) -> Told:
    if reply.status_code == httpx.codes.NO_CONTENT:
        return {}
    try:
        told = msgspec.json.decode(reply.content, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise NotReachedError(str(reply.url.host), error) from error
    if reply.is_error:
        raise ProblemError(reply.status_code, told)
    return told
