"""/decisions: made by a partner's policy under consent, seen by the partner and, whole, by the person."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.deciding.shapes import END, Before, Body, Decision, Decisions, Id, Name, Review
from credence.server.api.dependencies import ForPerson, TheState, context_of
from credence.server.services.context import Context
from credence.server.services.deciding import decisions, posting, reviews
from credence.server.services.deciding.application import Application
from credence.server.services.deciding.told import for_partner, for_person

router = APIRouter(tags=["decisions"])
Decides = Annotated[Context, Depends(context_of("partner", scope="decisions.write"), scope="function")]
Reads = Annotated[Context, allowed(partner="decisions.read", person="")]
Fact = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] | bool | int | float | None
MOST = 10**13
# The page of a letter may load nothing, run nothing, and be framed by nobody.
SAFE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}


class NewDecision(Body):
    """Whom to decide about, by which policy, for what, and what is known of the application."""

    person: Name = Field(description="The person, as you know them.")
    policy: Name = Field(description="The policy, as name@version.")
    purpose: Name
    level: Name | None = Field(
        default=None, description="How much you want to be told; what the policy needs."
    )
    facts: dict[Name, Fact] = Field(default={}, max_length=100, description="What the policy asks you for.")
    amount: int | None = Field(
        default=None, ge=0, le=MOST, description="What is applied for, in minor units."
    )
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    reference: Name | None = Field(default=None, description="Your own number of the application.")


@router.post("/decisions", status_code=201)
async def decide(context: Decides, state: TheState, body: NewDecision) -> Decision:
    """Decide by a policy; a hard inquiry that the person sees. Keep the Idempotency-Key when you retry."""
    application = Application(body.facts, body.amount, body.currency, body.reference)
    asked = decisions.Asked(body.person, body.policy, body.purpose, application, body.level)
    made = await decisions.decide(context, state.keys, state.log, asked)
    return _shown(context, made)


@router.get("/decisions")
async def mine(context: Reads, before: Before = END, limit: Limit = 50) -> Decisions:
    """The decisions of the partner, or about the person, who asks."""
    data = [_shown(context, one) for one in await decisions.listed(context, before, limit)]
    return Decisions(data=data, next_cursor=data[-1].decision_id if len(data) == limit else None)


@router.get("/decisions/{decision_id}")
async def one(context: Reads, state: TheState, decision_id: Id) -> Decision:
    """A decision with every clause, met or not; and whoever looked at it again."""
    made = await decisions.one(context, state.keys, decision_id)
    looked = [Review.model_validate(asdict(one)) for one in await reviews.of_decision(context, decision_id)]
    return _shown(context, made).model_copy(update={"reviews": looked})


@router.get("/decisions/{decision_id}/letter", response_class=Response)
async def letter(
    context: ForPerson, state: TheState, decision_id: Id, form: Literal["html", "pdf"] = "html"
) -> Response:
    """The letter about a decision against the person, in their language, to read or print."""
    content, media_type = await posting.letter(context, state.keys, decision_id, form)
    name = f"{decision_id}.{form}"
    headers = SAFE | {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def _shown(context: Context, made: decisions.Made) -> Decision:
    person = context.actor.kind == "person"
    told = None
    if made.told is not None:
        told = for_person(made.told) if person else for_partner(made.told, made.level)
    said = {name: value for name, value in vars(made).items() if name in Decision.model_fields}
    letter = made.against
    known_as = None if person else made.known_as
    return Decision(**said | {"told": told, "letter": letter, "person": known_as})
