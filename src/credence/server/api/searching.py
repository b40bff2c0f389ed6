"""Which routes may answer a path is looked up by how it begins; FastAPI would ask every router, twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

# A part of a path that stands for anything begins so.
ANYTHING = "{"


@dataclass(frozen=True)
class Searched:
    """The application's router, with smaller ones for paths whose beginning some of its routes have.

    Attributes:
        every: All routes.
        some: For each beginning the routes, in their order, that may answer a path with it.
    """

    every: ASGIApp
    some: Mapping[str, ASGIApp]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        router = self.some.get(beginning(scope["path"])) if scope["type"] == "http" else None
        await (router or self.every)(scope, receive, send)


def beginning(path: str) -> str:
    """The first two parts of a path: `/me/facts` of `/me/facts/more`."""
    return "/".join(path.split("/", 3)[:3])


def by_beginning(routes: Iterable[tuple[BaseRoute, Sequence[str]]]) -> dict[str, APIRouter]:
    """A router for each beginning that a path of some routes has; the paths of each are told beside it.

    A route whose path has anything as its second part belongs to all beginnings with its first.
    """
    known = [(route, {beginning(path) for path in paths}) for route, paths in routes]
    starts = sorted({start for _, mine in known for start in mine if ANYTHING not in start})
    return {
        start: APIRouter(routes=[route for route, mine in known if any(_may(one, start) for one in mine)])
        for start in starts
    }


def _may(own: str, start: str) -> bool:
    """Whether a path with a beginning may be one of a route's with its own."""
    parts, others = own.split("/"), start.split("/")
    return len(parts) == len(others) and all(
        one == other or one.startswith(ANYTHING) for one, other in zip(parts, others, strict=True)
    )
