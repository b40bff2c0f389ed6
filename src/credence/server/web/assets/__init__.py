"""/assets: style, script and font, each under an address that changes with its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gzip import compress
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)
KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
}
# A year: another content has another address.
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True)
class Asset:
    """A file that pages need: its address, kind and content, as it is and packed."""

    address: str
    kind: str
    content: bytes
    packed: bytes | None


@cache
def assets() -> Mapping[str, Asset]:
    """Every file by its name."""
    folder = files("credence.server.web.assets")
    named = {file.name: file for file in folder.iterdir() if file.name.rsplit(".", 1)[-1] in KINDS}
    font = _asset("inter.woff2", named.pop("inter.woff2").read_bytes())
    made = {"inter.woff2": font}
    for name, file in sorted(named.items()):
        content = file.read_text(encoding="utf-8").replace("/assets/inter.woff2", font.address)
        made[name] = _asset(name, content.encode())
    return made


def _asset(name: str, content: bytes) -> Asset:
    kind = name.rsplit(".", 1)[-1]
    packed = None if kind == "woff2" else compress(content, 9, mtime=0)
    return Asset(f"/assets/{sha256(content).hexdigest()[:12]}/{name}", KINDS[kind], content, packed)


def address(name: str) -> str:
    """Where a file is served."""
    return assets()[name].address


@router.get("/assets/{digest}/{name}")
async def asset(request: Request, digest: str, name: str) -> Response:
    """A file, as its address says."""
    found = assets().get(name)
    if found is None or found.address != f"/assets/{digest}/{name}":
        raise HTTPException(404)
    headers = KEPT | {"Vary": "Accept-Encoding"}
    if found.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        return Response(found.packed, 200, headers | {"Content-Encoding": "gzip"}, found.kind)
    return Response(found.content, 200, headers, found.kind)
