"""/reviews: a person asks that somebody looks at a decision; a reviewer upholds or overrides it."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.deciding.shapes import START, Before, Body, Id, Name, Review, Words
from credence.server.api.dependencies import ForPerson, TheState
from credence.server.services.context import Context
from credence.server.services.deciding import reviews, settling
from credence.server.services.deciding.told import for_person

router = APIRouter(tags=["reviews"])
ForReviewer = Annotated[Context, allowed(operator="reviewer")]
Decides = Annotated[Context, allowed(partner="decisions.write")]
ForLeader = Annotated[Context, allowed(operator="admin")]
Sees = Annotated[Context, allowed(person="", partner="decisions.read", operator="reviewer")]


class NewReview(Body):
    """What the person says to the decision."""

    words: Words | None = None


class Settled(Body):
    """How the partner decides what its policy passed on, and why."""

    accepted: bool = Field(description="Whether it is in the person's favour.")
    reason: Words


class Reviews(BaseModel):
    """A page of reviews without an answer, those due first at the head."""

    data: list[Review]
    next_cursor: str | None


class Opened(BaseModel):
    """What a reviewer looks at: the review, the person's words, and all of the decision."""

    review: Review
    words: str | None
    told: dict[str, Any]


class Answer(Body):
    """What the reviewer says; with another outcome it overrides the decision until a day."""

    reason: Words
    outcome: Name | None = None
    ends_on: date | None = None


@router.post("/decisions/{decision_id}/reviews", status_code=201)
async def ask(context: ForPerson, state: TheState, decision_id: Id, body: NewReview) -> Review:
    """Ask that somebody looks at a decision about oneself; it costs nothing."""
    return _shown(await reviews.ask(context, state.keys, decision_id, body.words))


@router.post("/decisions/{decision_id}/settle", status_code=201)
async def settle(context: Decides, state: TheState, decision_id: Id, body: Settled) -> Review:
    """Accept or decline what your policy passed on to you; once, and the person reads the reason."""
    said = decision_id, body.reason
    return _shown(await settling.settle(context, state.keys, *said, accepted=body.accepted))


@router.get("/reviews")
async def waiting(context: ForReviewer, after: Before = START, limit: Limit = 50) -> Reviews:
    """Reviews that nobody answered yet."""
    day, _, last = after.partition("_")
    return _page(await reviews.waiting(context, _place(day, last), limit), limit)


@router.get("/reviews/late")
async def late(context: ForLeader, after: Before = START, limit: Limit = 50) -> Reviews:
    """Reviews that were passed on because nobody had answered, with a quarter of the time left or none."""
    day, _, last = after.partition("_")
    return _page(await reviews.late(context, _place(day, last), limit), limit)


@router.get("/reviews/{review_id}")
async def one(context: Sees, review_id: Id) -> Review:
    """A review, for whom it is about, the partner, and reviewers."""
    return _shown(await reviews.one(context, review_id))


@router.post("/reviews/{review_id}/open")
async def open_(context: ForReviewer, state: TheState, review_id: Id) -> Opened:
    """Look at all of it; the person sees that somebody did, and who reads is recorded."""
    review, told, words = await reviews.open_(context, state.keys, review_id)
    return Opened(review=_shown(review), words=words, told=for_person(told))


@router.post("/reviews/{review_id}/answer")
async def answer(context: ForReviewer, state: TheState, review_id: Id, body: Answer) -> Review:
    """Uphold a decision or override it until a day; the decision itself stays as it was made."""
    said = reviews.Answer(body.reason, body.outcome, body.ends_on)
    return _shown(await reviews.answer(context, state.keys, review_id, said))


def _place(day: str, last: str) -> tuple[date, str]:
    """Where a page begins; a cursor that is none begins at the start."""
    try:
        return date.fromisoformat(day), last
    except ValueError:
        return date.min, ""


def _page(found: list[reviews.Review], limit: int) -> Reviews:
    data = [_shown(one) for one in found]
    cursor = f"{data[-1].due_on}_{data[-1].review_id}" if len(data) == limit else None
    return Reviews(data=data, next_cursor=cursor)


def _shown(review: reviews.Review) -> Review:
    return Review.model_validate(asdict(review))
