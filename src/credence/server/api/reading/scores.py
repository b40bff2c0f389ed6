"""/scores: a partner's question, and the person's own scores."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState, context_of
from credence.server.api.reading.shapes import Day, Id, Limit, Name, Sent, Sentence, Wished
from credence.server.services.context import Context
from credence.server.services.reading import asking, consents, inquiries, scores

router = APIRouter(tags=["scores"])
Asking = Annotated[Context, Depends(context_of("partner", scope="scores.read"), scope="function")]
Looking = Annotated[Context, Depends(context_of("operator", scope="support"), scope="function")]


class Question(Wished):
    """What a partner asks: by default whether a score is at least some number."""

    person: Id = Field(description="The person, as you know them")
    hard: bool = Field(default=False, description="Whether the person applied for something")


class Told(BaseModel):
    """What is told, and the record of it. `outcome` is yes, no, score, or no_score."""

    inquiry: str
    outcome: str
    level: str
    scorecard: str | None = None
    version: int | None = None
    as_of: date | None = None
    known_at: datetime | None = None
    at_least: int | None = None
    band: str | None = None
    score: int | None = None
    reasons: list[dict[str, Any]] | None = None
    range: tuple[int, int] | None = None
    points_base: int | None = None
    lines: list[dict[str, Any]] | None = None
    statements_on_file: list[dict[str, Any]] | None = Field(
        default=None, description="What the person says to lines that they contested, in their own words"
    )
    fraud_alert_until: datetime | None = Field(
        default=None, description="Make sure of who asks: the person has put a fraud alert on their file"
    )


class Past(BaseModel):
    """One of the person's scores."""

    as_of: date
    known_at: datetime
    version: int
    score: int | None
    band: str | None
    unscorable: str | None
    published: bool


class Scores(BaseModel):
    """The person's scores of each day, newest first."""

    data: list[Past]
    next_before: date | None


class Look(Sent):
    """An operator's look, and why."""

    person: Id
    scorecard: Name
    reason: Sentence


@router.post("/scores/ask", response_model_exclude_none=True)
async def ask(body: Question, context: Asking, state: TheState) -> Told:
    """Ask about a person, under their consent; the question is recorded, and they see it."""
    answer = await asking.ask(context, state.keys, state.log, body.person, body.wish, hard=body.hard)
    return Told(inquiry=answer.inquiry_id, **answer.result)


@router.post("/scores/look", response_model_exclude_none=True)
async def look(body: Look, context: Looking, state: TheState) -> Told:
    """Look at a person's score as an operator, with a reason that the person sees."""
    grant = await consents.for_operator(context, body.person, body.reason)
    answer = await asking.look(context, state.keys, state.log, grant, body.scorecard)
    return Told(inquiry=answer.inquiry_id, **answer.result)


@router.get("/scores/current", response_model_exclude_none=True)
async def current(context: ForPerson, state: TheState, scorecard: Annotated[Name, Query()]) -> Told:
    """The person's own newest score."""
    grant = await consents.own(context)
    answer = await asking.look(context, state.keys, state.log, grant, scorecard)
    return Told(inquiry=answer.inquiry_id, **answer.result)


@router.get("/scores")
async def history(
    context: ForPerson,
    scorecard: Annotated[Name, Query()],
    limit: Limit = 50,
    before: Annotated[Day | None, Query()] = None,
) -> Scores:
    """The person's own scores: one for each day, as known last."""
    grant = await consents.own(context)
    found = await scores.history(context, grant, scorecard, limit, before)
    await inquiries.record(context, grant, {"scorecard": scorecard, "history": len(found)})
    data = [
        Past(
            as_of=one.as_of, known_at=one.known_at, version=one.version, score=one.score, band=one.band,
            unscorable=one.unscorable, published=one.folder is not None,
        )
        for one in found
    ]  # fmt: skip
    return Scores(data=data, next_before=data[-1].as_of if len(data) == limit else None)
