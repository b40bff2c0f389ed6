"""Every route of the application: who may use it is declared, and nobody else can."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute, APIRouter
from starlette.routing import BaseRoute

from credence.server.api import OUTSIDE, ROUTERS
from credence.server.api.description import VERSION, Access, access, accesses
from credence.server.services.access.scopes import SCOPES
from credence.server.services.context import Kind
from tests.server.harness import Bureau, bureau, run

# For nobody in particular: to enrol, to sign in, to get a token, to read the description and how it goes.
PUBLIC = {
    "GET /.well-known/oauth-authorization-server", "GET /healthz", "GET /metrics", "GET /readyz",
    "GET /v1/docs", "GET /v1/identifier-kinds", "GET /v1/openapi.json", "POST /v1/enrolments",
    "POST /v1/oauth/token", "POST /v1/operators/passkey", "POST /v1/operators/passkey/options",
    "POST /v1/operators/sign-in", "POST /v1/people", "POST /v1/recoveries",
    "POST /v1/recoveries/{recovery_id}/completion", "POST /v1/recoveries/{recovery_id}/proof",
    "POST /v1/sessions/passkey", "POST /v1/sessions/passkey/options", "POST /v1/sessions/password",
}  # fmt: skip
KINDS: tuple[Kind, ...] = ("person", "partner", "furnisher", "operator")


def every(app: FastAPI) -> dict[str, Access | None]:
    """Every route of the API that the application answers, with who may use it."""
    inside = {id(route) for router in ROUTERS for route in router.routes}
    outside = {id(route) for router in OUTSIDE for route in router.routes}
    return {
        f"{method} {VERSION if id(route) in inside else ''}{route.path}": access(route.dependant)
        for route in leaves(app.routes)
        if id(route) in inside | outside
        for method in sorted(route.methods or ())
    }


def leaves(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """Routes, and those of routers that are included."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from leaves(getattr(route, "original_router", APIRouter()).routes)


def declared(app: FastAPI) -> list[tuple[str, Access]]:
    """The routes that are not for anybody, with who may use them."""
    found = [(route, who) for route, who in every(app).items() if who is not None]
    assert len(found) > len(PUBLIC)
    return found


async def statuses(here: Bureau, route: str, headers: dict[str, str]) -> int:
    """What a request to a route is answered, with ids of nothing in its path."""
    method, path = route.split(" ")
    asked = re.sub(r"\{[^}]+\}", "per_00000000000000000000000000", path)
    return (await here.client.request(method, asked, headers=headers)).status_code


def test_every_route_says_who_may_use_it_or_is_one_of_those_for_anybody(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            found = every(here.app)
            assert {route for route, who in found.items() if who is None} == PUBLIC
            described = {f"{method} {path}": who for method, path, who in accesses(here.app)}
            assert described.keys() == {route for route in found if " /v1/" in route}
            for who in found.values():
                for kind, scope in scoped(who) if who else ():
                    assert scope in SCOPES[kind]

    run(work())


def test_no_route_is_for_anybody_else_than_it_says(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, rate_a_minute=10**9) as here:
            wrong = {}
            for route, who in declared(here.app):
                if (status := await statuses(here, route, {})) != 401:
                    wrong[route, "nobody"] = status
                for kind in KINDS:
                    # Somebody new each time, as some routes end what they are asked with.
                    status = await statuses(here, route, (await here.party(kind))[1])
                    # Whoever has no scope at all is let in where none is asked for.
                    may = kind in who.kinds and not who.scopes.get(kind)
                    if status == 401 or (status == 403) == may:
                        wrong[route, kind] = status
            assert wrong == {}

    run(work())


def test_its_scope_opens_a_route_and_all_others_together_do_not(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, rate_a_minute=10**9) as here:
            wrong = {}
            for route, who in declared(here.app):
                for kind, needed in scoped(who):
                    others = set(SCOPES[kind]) - {needed}
                    with_it = await statuses(here, route, (await here.party(kind, needed))[1])
                    without = await statuses(here, route, (await here.party(kind, *others))[1])
                    if with_it in (401, 403) or without != 403:
                        wrong[route, kind] = with_it, without
            assert wrong == {}

    run(work())


def scoped(who: Access) -> list[tuple[Kind, str]]:
    """The kinds that need a scope, and which."""
    return [(kind, who.scopes[kind]) for kind in SCOPES if kind in who.kinds and who.scopes.get(kind)]
