"""GET /whoami: who a session or a key belongs to."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from credence.server.api.dependencies import actor_of
from credence.server.services.context import Actor

router = APIRouter(tags=["sign-in"])


class WhoAmI(BaseModel):
    """Whose a session or a key is."""

    kind: str
    id: str
    scopes: list[str]
    test: bool


@router.get("/whoami")
async def whoami(actor: Annotated[Actor, Depends(actor_of)]) -> WhoAmI:
    """Whose the session or the key is that the request comes with."""
    return WhoAmI(kind=actor.kind, id=actor.id, scopes=sorted(actor.scopes), test=actor.test)
