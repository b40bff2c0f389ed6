"""The keys of a partner's or furnisher's programs: listed, added, ended; in a sandbox simple ones, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from credence.errors import InvalidRequestError
from credence.server.services.access import clients, own_keys
from credence.server.services.access.scopes import SCOPES
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.texts import say
from credence.server.web.visitor import Visitor, visiting

Scopes = Annotated[list[str] | None, Form(max_length=40)]
Pasted = Annotated[str, Form(max_length=4000)]
FIELDS = ("kty", "crv", "x", "y")


@dataclass(frozen=True)
class Seen:
    """Keys of programs, what a new one may be for, a simple key that is shown once, and what was amiss."""

    base: str
    frame: str
    keys: Sequence[Mapping[str, Any]]
    test_keys: Sequence[Mapping[str, Any]]
    scopes: Mapping[str, str]
    made: str | None = None
    fault: str | None = None


def routes(kind: Literal["partner", "furnisher"]) -> APIRouter:
    """The page of keys below /partner or /furnisher."""
    router, base = APIRouter(include_in_schema=False), f"/{kind}"
    at = Depends(visiting(kind), scope="function")

    @router.get(f"{base}/keys")
    async def listed(visitor: Annotated[Visitor, at]) -> Response:
        """Every key."""
        return await _shown(visitor)

    @router.post(f"{base}/keys")
    async def add(visitor: Annotated[Visitor, at], jwk: Pasted, scopes: Scopes = None) -> Response:
        """Register a public key, for no more than whoever adds it may do."""
        return await _add(visitor, jwk, scopes or [])

    @router.post(f"{base}/keys/test")
    async def make_test_key(visitor: Annotated[Visitor, at], scopes: Scopes = None) -> Response:
        """A simple key, shown once."""
        made = await own_keys.test_key(visitor.context, scopes or [])
        return await _shown(visitor, made=made)

    @router.post(f"{base}/keys/test/{{key_id}}/end")
    async def end_test_key(visitor: Annotated[Visitor, at], key_id: str) -> Response:
        """End a simple key."""
        await own_keys.end_test_key(visitor.context, key_id)
        return to(f"{base}/keys", done="key_ended")

    @router.post(f"{base}/keys/{{key_id}}/end")
    async def end(visitor: Annotated[Visitor, at], key_id: str) -> Response:
        """End a key."""
        context = visitor.context
        await clients.end(context, context.actor.id, key_id)
        return to(f"{base}/keys", done="key_ended")

    return router


async def _add(visitor: Visitor, text: str, wanted: list[str]) -> Response:
    try:
        jwk = _public(visitor, text)
        await clients.register_own(visitor.context, jwk, wanted or sorted(visitor.context.actor.scopes))
    except InvalidRequestError as error:
        return await _shown(visitor, fault=sentence_of(visitor.seat, error))
    return to(f"/{visitor.seat.kind}/keys", done="key_added")


def _public(visitor: Visitor, text: str) -> dict[str, Any]:
    """A public key as it was pasted; a private one is not taken, nor is anything of it kept."""
    try:
        said = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError):
        raise InvalidRequestError(say(visitor.seat.language, "desk_keys.no_json")) from None
    if "d" in said:
        raise InvalidRequestError(say(visitor.seat.language, "desk_keys.private"))
    return {name: said[name] for name in FIELDS if name in said}


async def _shown(visitor: Visitor, *, made: str | None = None, fault: str | None = None) -> Response:
    context, kind = visitor.context, visitor.context.actor.kind
    keys, simple = await clients.listed(context, context.actor.id), await own_keys.test_keys(context)
    scopes = {scope: SCOPES[kind][scope] for scope in sorted(context.actor.scopes)}
    seen = Seen(f"/{kind}", f"{kind}/frame.html", keys, simple, scopes, made, fault)
    return page(visitor.seat, "desk/keys.html", 200 if fault is None else 422, seen=seen)
