"""Partners and furnishers, as operators see them: who they are, and with which keys they sign."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from credence.server.api.dependencies import ForAdmin
from credence.server.api.keys import KeyMade, Keys, NewKey, keys_of
from credence.server.api.operators import ListedAll, Made, Name, Told, all_of
from credence.server.services.access import clients, parties
from credence.server.services.context import Actor

router = APIRouter(tags=["operators"])


class NewPartner(Told):
    """A partner and the purposes for which it may ask."""

    name: Name
    purposes: Annotated[list[str], Field(min_length=1)]


class NewFurnisher(Told):
    """A furnisher and the kinds of events that it may send; all if none is named."""

    name: Name
    kinds: Annotated[list[str], Field(default_factory=list)]


@router.post("/partners", status_code=201)
async def add_partner(context: ForAdmin, said: NewPartner) -> Made:
    """Add a partner."""
    return Made(id=await parties.add(context, "partner", said.name, said.purposes))


@router.post("/furnishers", status_code=201)
async def add_furnisher(context: ForAdmin, said: NewFurnisher) -> Made:
    """Add a furnisher."""
    return Made(id=await parties.add(context, "furnisher", said.name, said.kinds))


def _add_routes(noun: str, kind: Literal["partner", "furnisher"]) -> None:
    """The routes that are the same for both."""

    @router.get(f"/{noun}", name=f"list {noun}")
    async def listed(context: ForAdmin) -> ListedAll:
        """All of them, those who left among them; `has` are the purposes, or the kinds of events."""
        return all_of(await parties.listed(context, kind))

    @router.delete(f"/{noun}/{{party_id}}", status_code=204, name=f"end a {kind}")
    async def end(context: ForAdmin, party_id: str) -> None:
        """It may come no more; its keys and tokens end at once."""
        await parties.end(context, kind, party_id)

    @router.get(f"/{noun}/{{party_id}}/keys", name=f"list keys of a {kind}")
    async def list_keys(context: ForAdmin, party_id: str) -> Keys:
        """Its public keys."""
        await parties.check_there(context, kind, party_id)
        return await keys_of(context, party_id)

    @router.post(f"/{noun}/{{party_id}}/keys", status_code=201, name=f"add a key of a {kind}")
    async def add_key(context: ForAdmin, party_id: str, said: NewKey) -> KeyMade:
        """Register a public key of it."""
        await parties.check_there(context, kind, party_id)
        jwk = said.jwk.model_dump(exclude_none=True)
        return KeyMade(key_id=await clients.register(context, Actor(kind, party_id), jwk, said.scopes))


_add_routes("partners", "partner")
_add_routes("furnishers", "furnisher")
