"""The routes that are asked most, called straight away: past FastAPI's search for routes and dependencies.

They are declared, described and refused like all others. What is plainly as it must be, JSON that fits, is
given to the very function that FastAPI would call; everything else goes the usual way, and is told there what
is amiss.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from inspect import isasyncgenfunction
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from fastapi import APIRouter, Request, Response
from fastapi.params import Depends
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from credence.server.api import replays
from credence.server.requests import state_of
from credence.server.services.context import Context

JSON = "application/json"
PLAIN = (b"content-type", JSON.encode())
Opened = Callable[[Request], AbstractAsyncContextManager[Context]]


@dataclass(frozen=True)
class Way:
    """How one route is called: its function, and what its parameters are called.

    Attributes:
        route: The route.
        model: What its body is read as.
        opened: Gives the context of a request.
        body: The parameter that is the body.
        context: The parameter that is the context.
        state: The parameter that is the state.
    """

    route: APIRoute
    model: type[BaseModel]
    opened: Opened
    body: str
    context: str
    state: str

    def read(self, scope: Scope, body: bytes) -> BaseModel | None:
        """The body, if it is plainly what the route takes."""
        if PLAIN not in scope["headers"]:
            return None
        try:
            return self.model.model_validate_json(body)
        except ValidationError:
            return None

    async def answer(self, request: Request, said: BaseModel, body: bytes) -> Response:
        """The reply of the route, kept in the transaction of its effect."""
        replays.note(request, body)
        try:
            async with self.opened(request) as context:
                given = {self.body: said, self.context: context, self.state: state_of(request)}
                response = self._told(await self.route.endpoint(**given))
                await replays.keep(request, response)
        except replays.Replayed as found:
            return replays.again(found.reply)
        return response

    def _told(self, found: BaseModel) -> Response:
        none = self.route.response_model_exclude_none
        content = found.__pydantic_serializer__.to_json(found, by_alias=True, exclude_none=none)
        return Response(content, self.route.status_code or 200, media_type=JSON)


@dataclass(frozen=True)
class Direct:
    """The application with the routes that are called straight away before it."""

    app: ASGIApp
    ways: Mapping[tuple[str, str], Way]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        way = self.ways.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if way is None:
            await self.app(scope, receive, send)
            return
        scope["route"] = way.route
        request = Request(scope, receive)
        try:
            came = await _whole(receive)
            body = b"".join(message.get("body", b"") for message in came)
            said = way.read(scope, body)
            if said is None:
                await self.app(scope, _first(came, receive), send)
                return
            response = await way.answer(request, said, body)
        except Exception as error:  # noqa: BLE001 - what nobody handles is raised again
            response = await _refused(request, error)
        await response(scope, receive, send)


def ways(routers: Iterable[APIRouter], prefix: str, endpoints: Iterable[Any]) -> dict[tuple[str, str], Way]:
    """The ways of routes that take a body, the context of an actor, and the state.

    Args:
        routers: The routers that have the routes.
        prefix: Under which path they lie.
        endpoints: The functions of the routes that are called straight away.
    """
    wanted = set(endpoints)
    routes = [one for router in routers for one in router.routes if isinstance(one, APIRoute)]
    return {
        (method, prefix + route.path): _way(route)
        for route in routes
        if route.endpoint in wanted
        for method in route.methods or ()
    }


def _way(route: APIRoute) -> Way:
    model, opened, named = None, None, {}
    for name, hint in get_type_hints(route.endpoint, include_extras=True).items():
        called = next((one.dependency for one in _said(hint) if isinstance(one, Depends)), None)
        if called is state_of:
            named["state"] = name
        elif isasyncgenfunction(called):
            named["context"], opened = name, called
        elif name != "return":
            named["body"], model = name, hint
    assert isinstance(model, type), "a body"
    assert opened is not None, "a context"
    return Way(route, model, asynccontextmanager(opened), **named)


def _said(hint: object) -> tuple[object, ...]:
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


async def _whole(receive: Receive) -> list[Message]:
    """The messages of a body, up to its last, or until whoever sends it is gone."""
    came = [await receive()]
    while came[-1].get("more_body", False):
        came.append(await receive())
    return came


def _first(came: list[Message], receive: Receive) -> Receive:
    """What is received, with what came already before it."""

    async def messages() -> AsyncIterator[Message]:
        for message in came:
            yield message
        while True:
            yield await receive()

    again = messages()

    async def received() -> Message:
        return await anext(again)

    return received


async def _refused(request: Request, error: Exception) -> Response:
    """The reply of whatever handles an error in the application."""
    handlers = request.app.exception_handlers
    handler = next((handlers[kind] for kind in type(error).__mro__ if kind in handlers), None)
    if handler is None:
        raise error
    response: Response = await handler(request, error)
    return response
