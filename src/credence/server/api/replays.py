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

from credence.server.keys import Keys
from credence.server.services.access import idempotency
from credence.server.services.access.idempotency import Claim, Reply
from credence.server.services.context import Actor, Context

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
        said = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
        request.state.request_hash = sha256(said + await request.body()).digest()
        try:
            response = await handle(request)
        except Replayed as found:
            return _again(found.reply)
        claim: Claim | None = getattr(request.state, "claim", None)
        if claim is not None and not isinstance(response, StreamingResponse):
            reply = Reply(response.status_code, dict(response.headers), bytes(response.body))
            await idempotency.keep(claim, request.state.actor.id, reply)
        return response

    return kept


def _again(reply: Reply) -> Response:
    headers = reply.headers | {"Idempotent-Replayed": "true"}
    return Response(reply.body, reply.status, headers)


async def begin(context: Context, request: Request, keys: Keys, actor: Actor) -> None:
    """Claim the request's key, where its route keeps replies. The context is the system's.

    Raises:
        Replayed: It was carried out before; its reply is given again.
        IdempotencyKeyError: A program sent none, or it cannot be one.
        InFlightError: It is being carried out.
        KeyReusedError: The key came with another request.
    """
    request_hash = getattr(request.state, "request_hash", None)
    if request_hash is None:
        return
    key = idempotency.checked(request.headers.get(HEADER), needed=actor.kind in PROGRAMS)
    if key is None:
        return
    found = await idempotency.claim(context, keys, actor.id, key, request_hash)
    if isinstance(found, Reply):
        raise Replayed(found)
    request.state.claim = found
