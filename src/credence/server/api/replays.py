"""Idempotency-Key on every POST: routes need no code for it.

The route takes the request's hash before anything else; the context of its actor claims the key; the reply is
kept in the same transaction as the effect. So a crash leaves both or neither, and an error keeps nothing: the
same key may be sent again.
"""

from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from credence.errors import IdempotencyKeyError
from credence.server.requests import state_of
from credence.server.services.access import idempotency
from credence.server.services.access.idempotency import Claim, Reply
from credence.server.services.context import Context
from credence.server.services.tokens import Found

HEADER = "Idempotency-Key"
# Each row of these has an id of its own, by which it is taken once; their bodies are long.
EXEMPT = frozenset({"/events", "/imports"})
PROGRAMS = ("partner", "furnisher")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Replayed(Exception):  # noqa: N818 - no error: the reply that was given before
    """The request was carried out before."""

    def __init__(self, reply: Reply) -> None:
        """Keep its reply."""
        self.reply = reply
        super().__init__()


class KeptRoute(APIRoute):
    """A route whose replies to a POST are kept."""

    def get_route_handler(self) -> Handler:
        """The handler of the route, with what keeps replies around it."""
        handle = super().get_route_handler()
        return _kept(handle) if "POST" in (self.methods or ()) and self.path not in EXEMPT else handle


def keep_replies(router: APIRouter) -> APIRouter:
    """Make every route of a router one whose replies are kept."""
    for route in router.routes:
        if type(route) is APIRoute:
            # What differs is one method that is called when the router is included.
            route.__class__ = KeptRoute
    return router


def _kept(handle: Handler) -> Handler:
    async def kept(request: Request) -> Response:
        note(request, await request.body())
        try:
            response = await handle(request)
        except Replayed as found:
            return again(found.reply)
        await keep(request, response)
        return response

    return kept


def note(request: Request, body: bytes) -> None:
    """Note that the reply to a request is kept, and what makes another request the same."""
    scope = request.scope
    said = f"{scope['method']} {scope['path']}?".encode() + scope["query_string"]
    request.state.request_hash = sha256(said + b"\n" + body).digest()


async def keep(request: Request, response: Response) -> None:
    """Keep the reply to a request in its transaction, if its key was claimed."""
    claim: Claim | None = getattr(request.state, "claim", None)
    if claim is not None and not isinstance(response, StreamingResponse):
        reply = Reply(response.status_code, dict(response.headers), bytes(response.body))
        await idempotency.keep(claim, request.state.actor.id, reply)


def again(reply: Reply) -> Response:
    """The reply that was given before, marked so."""
    headers = reply.headers | {"Idempotent-Replayed": "true"}
    return Response(reply.body, reply.status, headers)


def key_of(request: Request) -> str | None:
    """The key of a request whose reply is kept; None where it has none, or one that `begin` refuses."""
    if getattr(request.state, "request_hash", None) is None:
        return None
    try:
        return idempotency.checked(request.headers.get(HEADER), needed=False)
    except IdempotencyKeyError:
        return None


async def begin(context: Context, request: Request, found: Found) -> None:
    """Begin under the request's key, where its route keeps replies. The context is the system's.

    Args:
        context: The system's context.
        request: The request.
        found: Whose it is; with the claim of its key, if that is made already.

    Raises:
        Replayed: It was carried out before; its reply is given again.
        IdempotencyKeyError: A program sent none, or it cannot be one.
        InFlightError: It is being carried out.
        KeyReusedError: The key came with another request.
    """
    request_hash = getattr(request.state, "request_hash", None)
    if request_hash is None:
        return
    actor = found.actor
    key = idempotency.checked(request.headers.get(HEADER), needed=actor.kind in PROGRAMS)
    if key is None:
        return
    claimed = found.claimed or await idempotency.claim(context, actor.id, key)
    begun = idempotency.begun(context, state_of(request).keys, (actor.id, key, request_hash), claimed)
    if isinstance(begun, Reply):
        raise Replayed(begun)
    request.state.claim = begun
