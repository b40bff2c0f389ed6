"""/policies and /scorecards: what a partner decides by, as drafts, published by two operators, retired."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, Field

from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.deciding.shapes import END, Before, Body, Id
from credence.server.services.context import Context
from credence.server.services.deciding import definitions
from credence.server.services.deciding import policies as found
from credence.server.services.deciding.definitions import Definition
from credence.server.services.deciding.reading_text import POLICY, SCORECARD, Ready

Writes = Annotated[Context, allowed(partner="decisions.write")]
Reads = Annotated[Context, allowed(partner="decisions.read")]
IfMatch = Annotated[str | None, Header(description="The ETag of what was read.")]


class NewText(Body):
    """A definition as YAML."""

    text: Annotated[str, Field(min_length=1, max_length=200_000, pattern=r"^[^\x00]+$")]


class Shown(BaseModel):
    """A version of a policy or scorecard."""

    definition_id: str
    name: str
    version: int
    state: str = Field(description="draft, published or retired.")
    definition_hash: str
    added_at: datetime
    published_at: datetime | None
    retired_at: datetime | None
    text: str


class Page(BaseModel):
    """A page of versions, the newest first."""

    data: list[Shown]
    next_cursor: str | None


class Needs(BaseModel):
    """What a policy needs: the level of consent, and what the partner says of an application."""

    policy: str
    title: str
    scorecard: str
    purpose: list[str]
    level: str
    at_least: int | None = Field(description="The one number that a consent to a threshold must be for.")
    facts: dict[str, str] = Field(description="The names of facts, with what each is.")


def routes(kind: str, path: str) -> APIRouter:
    """The routes of one kind of definition."""
    router = APIRouter(tags=["policies"], prefix=path)

    @router.post("", status_code=201, name=f"add {kind}")
    async def add(context: Writes, body: NewText, response: Response) -> Shown:
        """Send a definition as a draft; all its faults are told at once, each with its place."""
        return shown(await definitions.add(context, kind, body.text), response)

    @router.get("", name=f"list {kind}")
    async def mine(context: Reads, before: Before = END, limit: Limit = 50) -> Page:
        """The versions of the partner who asks."""
        data = [shown(one) for one in await definitions.list_of_partner(context, kind, before, limit)]
        return Page(data=data, next_cursor=data[-1].definition_id if len(data) == limit else None)

    @router.get("/{named}", name=f"read {kind}")
    async def one(context: Reads, named: Id, response: Response) -> Shown:
        """One version, by name@version, with its ETag."""
        return shown(await definitions.of_partner(context, kind, named), response)

    @router.put("/{named}", name=f"change {kind}")
    async def change(
        context: Writes, named: Id, body: NewText, response: Response, if_match: IfMatch = None
    ) -> Shown:
        """Write a draft anew; what is published never changes."""
        return shown(await definitions.change(context, kind, named, body.text, if_match), response)

    @router.post("/{named}/retire", name=f"retire {kind}")
    async def retire(context: Writes, named: Id, response: Response, if_match: IfMatch = None) -> Shown:
        """Let nothing be decided by it any more; decisions that were made stay."""
        return shown(await definitions.retire(context, kind, named, if_match), response)

    return router


policies, scorecards = routes(POLICY, "/policies"), routes(SCORECARD, "/scorecards")


@policies.get("/{named:path}/needs")
async def needs(context: Reads, named: Id) -> Needs:
    """What a policy in force needs, shipped ones too: known without looking at anybody."""
    return _needs(await found.find(context, context.actor.id, named))


def shown(definition: Definition, response: Response | None = None) -> Shown:
    """A definition as it is shown, with its ETag where there is one definition alone."""
    if response is not None:
        response.headers["ETag"] = definition.etag
    said: dict[str, Any] = asdict(definition)
    return Shown(**{name: said[name] for name in Shown.model_fields})


def _needs(ready: Ready) -> Needs:
    policy = ready.policy
    return Needs(
        policy=ready.named,
        title=policy.title,
        scorecard=ready.card,
        purpose=list(policy.purpose or policy.scorecard.purpose),
        level=ready.level,
        at_least=ready.at_least,
        facts={subject.name: subject.title for subject in policy.decided.beside},
    )
