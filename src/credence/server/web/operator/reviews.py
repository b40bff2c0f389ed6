"""/operator/reviews: second looks at decisions: what the decision was, what the person says, the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.errors import InvalidRequestError
from credence.server.services.deciding import reviews
from credence.server.services.deciding.reviews import Review
from credence.server.services.deciding.told import Told
from credence.server.services.operating import trail
from credence.server.web.entry.door import to
from credence.server.web.operator.roles import AtReviewer, in_role
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/operator/reviews"
A_PAGE = 50
AtReader = Annotated[Visitor, in_role("reviewer", "admin")]


@dataclass(frozen=True)
class Page:
    """Reviews that nobody answered yet, the first due first; names of partners; the bureau's day."""

    reviews: tuple[Review, ...]
    names: Mapping[str, str]
    today: date
    further: str | None


@dataclass(frozen=True)
class Opened:
    """What a reviewer looks at; `told` and `words` only once it was opened now."""

    review: Review
    names: Mapping[str, str]
    told: Told | None = None
    words: str | None = None
    others: tuple[str, ...] = ()
    sentence: str | None = None


@router.get(HERE)
async def listed(visitor: AtReader, after: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Every review without an answer, the first due first."""
    day, _, last = after.partition("_")
    found = await reviews.waiting(visitor.context, _place(day, last), A_PAGE)
    names = await trail.names(visitor.context, [one.partner_id for one in found])
    further = f"{found[-1].due_on}_{found[-1].review_id}" if len(found) == A_PAGE else None
    seen = Page(tuple(found), names, reviews.today(visitor.context), further)
    return page(visitor.seat, "operator/reviews.html", seen=seen)


@router.get(f"{HERE}/{{review_id}}")
async def one(visitor: AtReader, review_id: str) -> Response:
    """A review; what it is about is seen by opening it, which is recorded."""
    found = await reviews.one(visitor.context, review_id)
    names = await trail.names(visitor.context, [found.partner_id])
    return page(visitor.seat, "operator/review.html", seen=Opened(found, names))


@router.post(f"{HERE}/{{review_id}}/open")
async def open_(visitor: AtReviewer, review_id: str) -> Response:
    """All of it; the person sees that somebody looked."""
    return page(visitor.seat, "operator/review.html", seen=await _opened(visitor, review_id))


@router.post(f"{HERE}/{{review_id}}/answer")
async def answer(
    visitor: AtReviewer,
    review_id: str,
    reason: Annotated[str, Form(min_length=1, max_length=reviews.WORDS_MOST)],
    outcome: Annotated[str, Form(max_length=100)] = "",
    ends_on: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Uphold the decision, or override it until a day."""
    said = reviews.Answer(reason.strip(), outcome or None, _day(ends_on) if outcome else None)
    try:
        await reviews.answer(visitor.context, visitor.state.keys, review_id, said)
    except InvalidRequestError as error:
        seen = await _opened(visitor, review_id, sentence_of(visitor.seat, error))
        return page(visitor.seat, "operator/review.html", 422, seen=seen)
    return to(f"{HERE}/{review_id}", done="review_answered")


async def _opened(visitor: Visitor, review_id: str, sentence: str | None = None) -> Opened:
    found, told, words = await reviews.open_(visitor.context, visitor.state.keys, review_id)
    names = await trail.names(visitor.context, [found.partner_id])
    others = tuple(word for word in told.outcomes if word != told.outcome)
    return Opened(found, names, told, words, others, sentence)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _place(day: str, last: str) -> tuple[date, str]:
    """Where a page begins; a cursor that is none begins at the start."""
    return _day(day) or date.min, last
