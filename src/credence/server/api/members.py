"""Members of partners and furnishers, as operators let them in and end them."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from credence.server.api.dependencies import ForAdmin
from credence.server.api.operators import Link, ListedAll, Name, Told, all_of
from credence.server.services.access import members, parties

router = APIRouter(tags=["operators"])


class NewMember(Told):
    """Somebody and what they may do; all that programs may if no scope is named."""

    name: Name
    scopes: Annotated[list[str], Field(default_factory=list)]


def _add_routes(noun: str, kind: Literal["partner", "furnisher"]) -> None:
    """The routes that are the same for both."""
    place = f"/{noun}/{{party_id}}/members"

    @router.get(place, name=f"list members of a {kind}")
    async def listed(context: ForAdmin, party_id: str) -> ListedAll:
        """Those who act for it at its pages, those who left among them; `has` are their scopes."""
        await parties.check_there(context, kind, party_id)
        return all_of(await members.listed(context, (kind, party_id)))

    @router.post(place, status_code=201, name=f"add a member of a {kind}")
    async def add(context: ForAdmin, party_id: str, said: NewMember) -> Link:
        """Let somebody act for it at its pages; the link is for them alone."""
        member, secret = await members.invite(context, (kind, party_id), said.name, said.scopes)
        return Link(id=member, sign_in_link=secret)

    @router.delete(f"{place}/{{member_id}}", status_code=204, name=f"end a member of a {kind}")
    async def end(context: ForAdmin, party_id: str, member_id: str) -> None:
        """Somebody acts for it no more: their sessions, passkeys and links end at once."""
        await members.end(context, (kind, party_id), member_id)

    @router.post(f"{place}/{{member_id}}/links", status_code=201, name=f"link for a member of a {kind}")
    async def link(context: ForAdmin, party_id: str, member_id: str) -> Link:
        """Another link for a member, who lost what they signed in with or never came."""
        secret = await members.invite_again(context, (kind, party_id), member_id)
        return Link(id=member_id, sign_in_link=secret)


_add_routes("partners", "partner")
_add_routes("furnishers", "furnisher")
