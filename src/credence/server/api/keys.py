"""Public keys of partners and furnishers: their own, changed by themselves."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from credence.server.api.dependencies import context_of
from credence.server.services.access import clients
from credence.server.services.context import Context

router = APIRouter(tags=["partners and furnishers"])
ForProgram = Annotated[Context, Depends(context_of("partner", "furnisher"), scope="function")]


class Jwk(BaseModel):
    """A public key on P-256 (RFC 7517)."""

    model_config = ConfigDict(extra="forbid")
    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str
    y: str
    kid: str | None = None
    use: str | None = None
    alg: str | None = None


class NewKey(BaseModel):
    """A public key, and for what scopes it may ask; all of its owner's kind if none is named."""

    model_config = ConfigDict(extra="forbid")
    jwk: Jwk
    scopes: list[str] = []


class KeyMade(BaseModel):
    """The id of a key: its thumbprint (RFC 7638), sent as `kid`."""

    key_id: str


class Key(KeyMade):
    """A key that is or was registered."""

    scopes: list[str]
    made_at: datetime
    ended_at: datetime | None


class Keys(BaseModel):
    """The keys of somebody, oldest first."""

    data: list[Key]


@router.get("/keys")
async def own_keys(context: ForProgram) -> Keys:
    """The public keys of whoever asks."""
    return await keys_of(context, context.actor.id)


async def keys_of(context: Context, actor_id: str) -> Keys:
    """The keys of somebody as they are told."""
    return Keys(data=[Key(**row) for row in await clients.listed(context, actor_id)])


@router.post("/keys", status_code=201)
async def add_key(context: ForProgram, said: NewKey) -> KeyMade:
    """Register another public key, before the one in use is ended; it may not ask for more than this one."""
    wanted = said.scopes or sorted(context.actor.scopes)
    key = await clients.register_own(context, said.jwk.model_dump(exclude_none=True), wanted)
    return KeyMade(key_id=key)


@router.delete("/keys/{key_id}", status_code=204)
async def end_key(context: ForProgram, key_id: str) -> None:
    """End a public key, and with it every token that is bound to one."""
    await clients.end(context, context.actor.id, key_id)
