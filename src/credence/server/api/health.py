"""/healthz, /readyz and /metrics: for whoever watches the bureau, outside /v1."""

import asyncio
import hmac
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from credence.errors import NoSuchThingError, NotSignedInError, UnavailableError
from credence.server.api.dependencies import TheState
from credence.server.database.pool import acting
from credence.server.services.context import SYSTEM

router = APIRouter(tags=["health"])
SOON = 3.0
# Fails where the schema is not there.
ANY = "SELECT true FROM people LIMIT 1"


class Health(BaseModel):
    """That it is well."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
async def healthz() -> Health:
    """Whether the process answers."""
    return Health()


@router.get("/readyz")
async def readyz(state: TheState) -> Health:
    """Whether requests can be served: the database answers, and the log is there."""
    try:
        async with asyncio.timeout(SOON), acting(state.pool, SYSTEM.setting) as connection:
            await connection.fetchval(ANY)
    except TimeoutError:
        raise UnavailableError from None
    if not state.settings.log.is_dir():
        raise UnavailableError
    return Health()


@router.get("/metrics", response_class=Response)
async def metrics(request: Request, state: TheState) -> Response:
    """Counts for Prometheus, with the token of the settings; there is no such page without one."""
    token = state.settings.metrics_token
    if not token:
        what, named = "page", "/metrics"
        raise NoSuchThingError(what, named)
    sent = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(sent, f"Bearer {token}".encode()):
        raise NotSignedInError
    return Response(request.app.state.measures.text(), media_type="text/plain; version=0.0.4")
