"""Every route says who may use it; every scope that a route needs can be had; every POST keeps its reply."""

from collections.abc import Iterator
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from credence.server.api import ROUTERS
from credence.server.api.description import access, accesses
from credence.server.api.replays import HEADER, PROGRAMS, KeptRoute
from credence.server.app import create_app
from credence.server.services.access.scopes import SCOPES
from credence.server.settings import Settings

KNOWN: dict[str, dict[str, str]] = {str(kind): told for kind, told in SCOPES.items()}
app = create_app(Settings(), "postgresql://nowhere")
schema = app.openapi()
routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def operation(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = schema["paths"][path][method.lower()]
    return found


def test_a_scope_that_a_route_needs_can_be_had_by_all_who_may_use_it() -> None:
    for method, path, who in accesses(app):
        for kind, scope in (who.scopes if who is not None else {}).items():
            assert not scope or scope in KNOWN.get(kind, {}), f"{method} {path}: {kind} has no {scope}"


def test_a_route_tells_who_may_use_it_and_every_problem() -> None:
    told = operation("POST", "/v1/partners")
    assert (told["x-for"], told["x-scopes"]) == (["operator"], {"operator": "admin"})
    assert told["security"] == [{"bearer": []}, {"session": []}]
    assert {"401", "404", "429", "503"} <= told["responses"].keys()
    assert operation("POST", "/v1/keys")["security"] == [{"bearer": []}, {"dpop": []}]
    assert "security" not in operation("POST", "/v1/operators/sign-in")


def test_a_post_of_programs_needs_a_key_that_is_told() -> None:
    needed = {one["name"]: one["required"] for one in operation("POST", "/v1/keys")["parameters"]}
    assert needed[HEADER]
    assert not {one["name"]: one for one in operation("POST", "/v1/partners")["parameters"]}[HEADER][
        "required"
    ]


def test_every_post_of_somebody_signed_in_keeps_its_reply() -> None:
    for route in routes:
        who = access(route.dependant)
        if "POST" in (route.methods or ()) and who is not None and set(who.kinds) & set(PROGRAMS):
            assert isinstance(route, KeptRoute), route.path


def test_every_transaction_ends_before_the_reply_is_sent() -> None:
    changing = [route for route in routes if route.methods != {"GET"}]
    opened = [(route.path, one) for route in changing for one in below(route.dependant) if opens(one)]
    assert opened
    assert [path for path, one in opened if one.scope != "function"] == []


def below(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield one
        yield from below(one)


def opens(dependant: Dependant) -> bool:
    return hasattr(dependant.call, "kinds") or getattr(dependant.call, "__name__", "") == "_system"
