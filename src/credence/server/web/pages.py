"""A page: a template and its value, in a language, with the headers that keep it safe."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request

from credence.server.web import charts
from credence.server.web.assets import address
from credence.server.web.forms import FILTERS
from credence.server.web.texts import LANGUAGES, known, say

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
environment = Environment(
    loader=PackageLoader("credence.server.web", "templates"), autoescape=select_autoescape(),
    trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, auto_reload=False,
)  # fmt: skip
environment.filters |= FILTERS
environment.globals |= charts.CHARTS
environment.globals |= {"asset": address, "languages": LANGUAGES}


@dataclass(frozen=True)
class Seat:
    """Where a page is shown: the request, who looks (None if nobody is signed in), and their language."""

    request: Request
    kind: str | None
    language: str
    sandbox: bool


def page(seat: Seat, template: str, status: int = 200, **value: Any) -> HTMLResponse:  # noqa: ANN401 - any value
    """A page of a template; it is told the text function `t`, who looks, and where they are."""
    around = {
        "t": partial(say, seat.language), "known": known, "language": seat.language, "kind": seat.kind,
        "may": scopes_of(seat.request),
        "path": seat.request.scope["path"], "sandbox": seat.sandbox,
        "done": seat.request.query_params.get("done"),
        # Only a demonstration has a guide.
        "guided": hasattr(seat.request.app.state, "guide"),
    }  # fmt: skip
    content = environment.get_template(template).render(around | value)
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Language": seat.language,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(content, status, headers)


def scopes_of(request: Request) -> frozenset[str]:
    """What whoever is signed in may do; nothing for nobody."""
    actor = getattr(request.state, "actor", None)
    return frozenset() if actor is None else actor.scopes
