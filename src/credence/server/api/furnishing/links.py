"""/people/links: a person gives a code to a furnisher, which then knows them."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState, context_of
from credence.server.api.furnishing.shapes import Told
from credence.server.services.context import Context
from credence.server.services.furnishing import links

router = APIRouter(tags=["people"])
Sends = Annotated[Context, Depends(context_of("furnisher", scope="events.write"), scope="function")]


class NewLink(Told):
    """For whom the code is."""

    furnisher: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")


class LinkMade(BaseModel):
    """A code, shown once; whoever it is for can use it once until it ends."""

    code: str
    furnisher: str
    ends_at: datetime


class LinkShown(BaseModel):
    """A code that you made: for whom, and when it was used."""

    furnisher: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None


class Links(BaseModel):
    """The codes that you made, newest first, and for whom you can make one."""

    data: list[LinkShown]
    furnishers: list[str]


class Code(Told):
    """A code that a person gave."""

    code: str = Field(min_length=1, max_length=40)


class Known(BaseModel):
    """The id under which you know the person from now on; others know another."""

    person: str


@router.post("/people/links", status_code=201)
async def make(context: ForPerson, state: TheState, said: NewLink) -> LinkMade:
    """Make a code for one furnisher: with it, once, within a day, it gets to know you."""
    made = await links.make(context, state.keys, said.furnisher)
    return LinkMade(code=made.code, furnisher=made.furnisher, ends_at=made.ends_at)


@router.get("/people/links")
async def listed(context: ForPerson) -> Links:
    """The codes that you made, and the furnishers for whom you can make one."""
    found = [LinkShown(**row) for row in await links.of(context)]
    return Links(data=found, furnishers=await links.furnishers(context))


@router.post("/people/links/use")
async def use(context: Sends, state: TheState, said: Code) -> Known:
    """Use a code that a person gave to you."""
    return Known(person=await links.use(context, state.keys, said.code))
