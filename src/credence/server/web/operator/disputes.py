"""/operator/disputes: every open dispute by its clock, one with both sides, and the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.server.services.contesting import answering, finding, frivolous, telling
from credence.server.services.contesting.answering import Answer
from credence.server.services.contesting.frivolous import Frivolous
from credence.server.services.contesting.rules.clocks import clock_named
from credence.server.services.operating import clocks
from credence.server.services.operating.clocks import FIRST, Waiting
from credence.server.services.sharing import disowning
from credence.server.web.answering import file_of, lines
from credence.server.web.entry.door import to
from credence.server.web.operator.roles import AtReviewer
from credence.server.web.pages import page
from credence.server.web.texts import say
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/operator/disputes"
A_PAGE = 50
Place = Annotated[str, Query(max_length=100)]
Word = Annotated[str, Form(max_length=100)]
Lines = Annotated[str, Form(max_length=4000)]


@dataclass(frozen=True)
class Page:
    """Open disputes, the first due first, and where the next page begins."""

    disputes: tuple[Waiting, ...]
    next_page: str | None


@dataclass(frozen=True)
class Disputed:
    """A dispute as reviewers see it.

    Attributes:
        told: All that is told of it.
        titles: What kinds of events are called.
        may_be_let_be: Whether the law whose clock holds knows that there may be nothing to look into.
        looks: What the looks at scores were about that are contested, by item.
        sentence: What is wrong with what was just sent, if anything.
    """

    told: Mapping[str, Any]
    titles: Mapping[str, str]
    may_be_let_be: bool
    looks: Mapping[str, Mapping[str, Any]]
    sentence: str | None = None


@router.get(HERE)
async def listed(visitor: AtReviewer, after: Place = "") -> Response:
    """Every open dispute, the first due first."""
    day, _, last = after.partition("_")
    found = await clocks.disputes(visitor.context, visitor.state.log, (_day(day), last), A_PAGE)
    further = f"{found[-1].due_on}_{found[-1].dispute_id}" if len(found) == A_PAGE else None
    return page(visitor.seat, "operator/disputes.html", seen=Page(tuple(found), further))


@router.get(f"{HERE}/{{dispute_id}}")
async def one(visitor: AtReviewer, dispute_id: str) -> Response:
    """A dispute with both sides, its files and its way so far."""
    return page(visitor.seat, "operator/dispute.html", seen=await _seen(visitor, dispute_id))


@router.get(f"{HERE}/{{dispute_id}}/files/{{file_id}}")
async def file(visitor: AtReviewer, dispute_id: str, file_id: str) -> Response:
    """A file of it; the person sees when it was opened first."""
    return await file_of(visitor, dispute_id, file_id)


@router.post(f"{HERE}/{{dispute_id}}/answers")
async def answer(
    visitor: AtReviewer,
    dispute_id: str,
    item: Word,
    outcome: Annotated[Literal["verified", "deleted", "unverifiable"], Form()],
    checked: Lines = "",
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Decide about one contested event: it stays, or it is deleted."""
    given = Answer(outcome, None, lines(checked), note.strip())
    await answering.answer(visitor.context, visitor.state, (dispute_id, item), given)
    return to(f"{HERE}/{dispute_id}", done="dispute_answered")


@router.post(f"{HERE}/{{dispute_id}}/frivolous")
async def let_be(
    visitor: AtReviewer,
    dispute_id: str,
    reason: Annotated[Literal["not_enough", "same_again"], Form()],
    missing: Lines = "",
) -> Response:
    """Find that there is nothing to look into, and say what is missing."""
    said = lines(missing)
    if not said:
        sentence = say(visitor.seat.language, "room_disputes.missing_needed")
        seen = await _seen(visitor, dispute_id, sentence)
        return page(visitor.seat, "operator/dispute.html", 422, seen=seen)
    await frivolous.find(visitor.context, visitor.state, dispute_id, Frivolous(reason, said))
    return to(f"{HERE}/{dispute_id}", done="dispute_let_be")


async def _seen(visitor: Visitor, dispute_id: str, sentence: str | None = None) -> Disputed:
    found = await finding.one(visitor.context, dispute_id)
    told = await telling.shown(visitor.context, visitor.state, found)
    kinds = visitor.state.log.vocabulary.kinds
    titles = {item["kind"]: kinds[item["kind"]].title for item in told["items"]}
    looks = await disowning.looks(visitor.context, told["items"])
    return Disputed(told, titles, clock_named(found["clock"]).frivolous is not None, looks, sentence)


def _day(text: str) -> date:
    """Where a page begins; a cursor that is none begins at the start."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return FIRST
