"""A path is answered by the route that FastAPI would find among all, though only some are asked."""

import asyncio
from collections.abc import Sequence

import httpx
from fastapi import APIRouter, FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.server.api.searching import Searched, beginning, by_beginning

PARTS = st.sampled_from(["a", "b", "{one}", "{two}"])
PATH = st.lists(PARTS, max_size=3, unique=True).map(lambda parts: "/" + "/".join(parts))
PATHS = st.lists(PATH, max_size=3)


def routers_of(paths: Sequence[Sequence[str]]) -> list[APIRouter]:
    """Routers with a route for each path, which says of which router it is."""
    made = []
    for number, mine in enumerate(paths):
        router = APIRouter()
        for path in mine:
            router.add_api_route(path, lambda number=number, path=path: f"{number} {path}", methods=["GET"])
        made.append(router)
    return made


@settings(max_examples=60, deadline=None)
@given(st.lists(PATHS, min_size=1, max_size=4), st.lists(st.sampled_from("abc"), max_size=4))
def test_fewer_routers_give_the_same_reply(paths: list[list[str]], asked: list[str]) -> None:
    every = APIRouter()
    for router in routers_of(paths):
        every.include_router(router)
    pairs = list(zip(every.routes, paths, strict=True))
    app = FastAPI(openapi_url=None)
    app.router.routes.extend(every.routes)
    searched = Searched(app.router, by_beginning(pairs))

    async def replies() -> list[tuple[int, str]]:
        found = []
        for tried in (app, _instead(app, searched)):
            transport = httpx.ASGITransport(tried)
            async with httpx.AsyncClient(transport=transport, base_url="http://bureau") as client:
                for method in ("GET", "POST"):
                    reply = await client.request(method, "/" + "/".join(asked))
                    found.append((reply.status_code, reply.text))
        return found

    first, second, third, fourth = asyncio.run(replies())
    assert (first, second) == (third, fourth)


def _instead(app: FastAPI, searched: Searched) -> FastAPI:
    """An application that finds its routes with it, and refuses as the other does."""
    other = FastAPI(openapi_url=None)
    other.router = app.router
    build = other.build_middleware_stack

    def built() -> object:
        router, other.router = other.router, searched  # type: ignore[assignment]
        try:
            return build()
        finally:
            other.router = router

    other.build_middleware_stack = built  # type: ignore[method-assign, assignment]
    return other


def test_a_beginning_is_two_parts() -> None:
    told = {"/": "/", "/me": "/me", "/me/": "/me/", "/me/facts": "/me/facts", "/me/facts/all": "/me/facts"}
    assert {path: beginning(path) for path in told} == told
