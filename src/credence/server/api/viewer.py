"""GET /openapi.json and GET /docs: the API described, and a page of it that loads nothing from elsewhere."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, PackageLoader, select_autoescape

router = APIRouter(include_in_schema=False)
pages = Environment(
    loader=PackageLoader("credence.server.api", "pages"), autoescape=select_autoescape(), trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
METHODS = ("get", "post", "put", "patch", "delete")


@router.get("/openapi.json")
async def openapi(request: Request) -> JSONResponse:
    """The API as OpenAPI 3.1."""
    return JSONResponse(request.app.openapi(), headers={"Cache-Control": "public, max-age=300"})


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """A page of it; drawn here, without script."""
    schema = request.app.openapi()
    style = pages.get_template("docs.css").render()
    page = pages.get_template("docs.html").render(
        schema=schema, groups=grouped(schema), style=style, resolve=resolved
    )
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
    return HTMLResponse(page, headers={"Content-Security-Policy": policy})


def grouped(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations by their first tag, each with its method and path."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                told = operations[method] | {"method": method.upper(), "path": path}
                groups.setdefault(told.get("tags", ["other"])[0], []).append(told)
    return groups


def resolved(part: dict[str, Any]) -> str:
    """What shape a part of the description has, as a short text."""
    if "$ref" in part:
        return str(part["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in part:
        return " or ".join(resolved(one) for one in part["anyOf"])
    if part.get("type") == "array":
        return f"list of {resolved(part.get('items', {}))}"
    if "enum" in part:
        return ", ".join(map(str, part["enum"]))
    return str(part.get("const", part.get("format", part.get("type", "anything"))))
