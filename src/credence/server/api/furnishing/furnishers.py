"""/furnishers/{id}: which kinds a furnisher may send, and how good it is what it sends."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForAdmin, TheState, context_of
from credence.server.api.furnishing.shapes import Told
from credence.server.services.context import Context
from credence.server.services.furnishing import quality

router = APIRouter(tags=["operators"])
Looks = Annotated[Context, Depends(context_of("operator"), scope="function")]


class Figures(BaseModel):
    """What became of all that was sent."""

    accepted: int
    known: int
    conflicts: int
    rejected: int
    against: int = Field(description="Events that speak against a person.")
    disputed: int = Field(description="Events that were contested.")
    corrected: int = Field(description="Of these, those that were found wrong or that nobody answered for.")


class Furnisher(BaseModel):
    """A furnisher, the kinds of events that it may send (all if none is named), and figures."""

    id: str
    name: str
    kinds: list[str]
    quality: Figures


class Kinds(Told):
    """The kinds of events that a furnisher may send; all if none is named."""

    kinds: list[str]


@router.get("/furnishers/{party_id}")
async def get(context: Looks, party_id: str) -> Furnisher:
    """A furnisher, and how good it is what it sends."""
    name, kinds, figures = await quality.of(context, party_id)
    return Furnisher(id=party_id, name=name, kinds=kinds, quality=Figures(**asdict(figures)))


@router.put("/furnishers/{party_id}/kinds")
async def set_kinds(context: ForAdmin, state: TheState, party_id: str, said: Kinds) -> Kinds:
    """Say which kinds of events a furnisher may send from now on; all if none is named."""
    return Kinds(kinds=await quality.set_kinds(context, state.log.vocabulary, party_id, said.kinds))
