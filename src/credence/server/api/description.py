"""The API described (OpenAPI 3.1): what FastAPI knows, who may ask with which scope, and every problem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIRouter

from credence.server.api.problems import TYPE
from credence.server.api.replays import EXEMPT, HEADER, PROGRAMS

VERSION = "/v1"
ANYBODY = ("person", "partner", "furnisher", "operator")
PROBLEM = {
    "type": "object",
    "description": "What is wrong (RFC 9457). The codes are listed in the reference of the API.",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "A sentence for whoever asked"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
SCHEMES = {
    "session": {
        "type": "apiKey", "in": "cookie", "name": "credence_session", "description": "People and operators",
    },
    "bearer": {"type": "http", "scheme": "bearer", "description": "Sessions, and keys of the sandbox"},
    "dpop": {
        "type": "http", "scheme": "dpop",
        "description": "Partners and furnishers: a token of POST /v1/oauth/token, with a DPoP proof",
    },
}  # fmt: skip
# Further statuses of a route are told by itself; all of them are problems.
STATUSES = {
    "400": "The request cannot be read, or lacks a header",
    "401": "Nobody is signed in, or the key is not valid",
    "403": "Not for whoever asks",
    "404": "Not there, or not for whoever asks",
    "409": "Not in the state that is needed, or being carried out",
    "413": "Too large",
    "422": "The request cannot be carried out",
    "429": "Too often",
    "4XX": "Refused",
    "500": "Something went wrong here, and was noted",
    "503": "The database is not there; try again",
}
KEY = {
    "name": HEADER, "in": "header", "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "Another for each thing that is wanted; the same one when trying again. Kept for 7 days.",
}  # fmt: skip


@dataclass(frozen=True)
class Access:
    """Who may use a route, and with which scope each kind of them; an empty one is none."""

    kinds: tuple[str, ...]
    scopes: Mapping[str, str]


def describe(app: FastAPI) -> None:
    """Make the application tell the whole of its API."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(plain(), {(method, path): access for method, path, access in accesses(app)})
        assert app.openapi_schema is not None, "FastAPI keeps it"
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # as FastAPI's documentation does it


def accesses(app: FastAPI) -> Iterator[tuple[str, str, Access | None]]:
    """Every route of the API, as method and path, with who may use it; None where anybody may."""
    routers: tuple[APIRouter, ...] = app.state.routers
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                for method in sorted(route.methods or ()):
                    yield method, VERSION + route.path, access(route.dependant)


def access(dependant: Dependant) -> Access | None:
    """Who may use a route with these dependencies, or theirs."""
    for one in dependant.dependencies:
        kinds = getattr(one.call, "kinds", None)
        if kinds is not None:
            return Access(kinds, dict.fromkeys(kinds, getattr(one.call, "needed", None) or ""))
        if getattr(one.call, "__name__", "") == "actor_of":
            return Access(ANYBODY, {})
        below = access(one)
        if below is not None:
            return Access(below.kinds, getattr(one.call, "scopes", below.scopes))
    return None


def _complete(schema: dict[str, Any], known: dict[tuple[str, str], Access | None]) -> None:
    parts = schema.setdefault("components", {})
    parts["securitySchemes"] = SCHEMES
    shapes = parts.setdefault("schemas", {})
    shapes["Problem"] = PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):
        shapes.pop(unused, None)
    _even_out(shapes)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _tell(operation, method.upper(), path, known.get((method.upper(), path)))


def _even_out(part: object) -> None:
    """Say a list of so many things of one kind so that every reader of OpenAPI understands it."""
    below = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in below:
        _even_out(one)
    if isinstance(part, dict) and isinstance(part.get("prefixItems"), list):
        part["items"] = part.pop("prefixItems")[0]


def _tell(operation: dict[str, Any], method: str, path: str, who: Access | None) -> None:
    told = operation["responses"]
    content = {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told.pop("422", None)
    told |= {status: {"description": text, "content": content} for status, text in STATUSES.items()}
    if path.endswith("/oauth/token"):
        anything = {"application/json": {"schema": {"type": "object", "required": ["error"]}}}
        for status in ("400", "401"):
            told[status] = {"description": "Refused (RFC 6749, 5.2)", "content": anything | content}
    if who is None:
        return
    programs = any(kind in PROGRAMS for kind in who.kinds)
    operation["security"] = [{"bearer": []}, {"dpop": []} if programs else {"session": []}]
    operation["x-for"] = list(who.kinds)
    if any(who.scopes.values()):
        operation["x-scopes"] = {kind: scope for kind, scope in who.scopes.items() if scope}
    if method == "POST" and path.removeprefix(VERSION) not in EXEMPT:
        needed = {"required": all(kind in PROGRAMS for kind in who.kinds)}
        operation.setdefault("parameters", []).append(KEY | needed)
