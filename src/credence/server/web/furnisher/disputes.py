"""/furnisher/disputes: those that wait for an answer, by their clock; one with its files, and the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from credence.errors import ConflictError, InvalidRequestError, NoSuchThingError
from credence.server.services.contesting import answering, contested, finding, telling
from credence.server.services.contesting.answering import Answer
from credence.server.services.contesting.finding import Found
from credence.server.services.reading.statements import today
from credence.server.web.answering import file_of, lines
from credence.server.web.entry.door import to
from credence.server.web.furnisher.as_sent import Sent, as_sent, replacement
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.scoped import with_scope
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/furnisher/disputes"
A_PAGE = 50
AtReading = Annotated[Visitor, with_scope("furnisher", "disputes.read")]
AtAnswering = Annotated[Visitor, with_scope("furnisher", "disputes.write")]


class Given(BaseModel):
    """An answer as its form has it; the fields of an event as it should be come beside it."""

    model_config = ConfigDict(extra="allow")

    item: Annotated[str, Field(max_length=100)]
    outcome: Literal["verified", "modified", "deleted"]
    checked: Annotated[str, Field(max_length=4000)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True)
class Waiting:
    """A dispute that waits, and how many days are left to answer."""

    dispute: Found
    days: int


@dataclass(frozen=True)
class Page:
    """Disputes that wait, the first due first, and where the next page begins."""

    disputes: Sequence[Waiting]
    next_page: str | None


@dataclass(frozen=True)
class Disputed:
    """A dispute: all that is told of it, its events as they were sent, by item, and the days that are left.

    Attributes:
        may_answer: Whether whoever looks may answer.
        fault: What was amiss with an answer.
    """

    told: Mapping[str, Any]
    sent: Mapping[str, Sent]
    days: int
    may_answer: bool
    fault: str | None = None

    @property
    def open(self) -> bool:
        """Whether it is not decided yet."""
        return bool(self.told["state"] == "open")


@router.get(HERE)
async def listed(visitor: AtReading, after: Annotated[str | None, Query(max_length=100)] = None) -> Response:
    """Those that wait for an answer."""
    found = await finding.listed(visitor.context, after, A_PAGE)
    further = found[-1]["dispute_id"] if len(found) == A_PAGE else None
    day = today(visitor.context, visitor.state.log)
    waiting = [Waiting(one, (one["due_on"] - day).days) for one in found]
    return page(visitor.seat, "furnisher/disputes.html", seen=Page(waiting, further))


@router.get(f"{HERE}/{{dispute_id}}")
async def one(visitor: AtReading, dispute_id: str) -> Response:
    """One of them; the person sees that it was looked at."""
    return page(visitor.seat, "furnisher/dispute.html", seen=await _seen(visitor, dispute_id))


@router.get(f"{HERE}/{{dispute_id}}/files/{{file_id}}")
async def file(visitor: AtReading, dispute_id: str, file_id: str) -> Response:
    """A file of it; the person sees when it was opened first."""
    return await file_of(visitor, dispute_id, file_id)


@router.post(f"{HERE}/{{dispute_id}}/answers")
async def answer(visitor: AtAnswering, dispute_id: str, given: Annotated[Given, Form()]) -> Response:
    """Answer for one contested event: it is right, it should be otherwise, or it goes."""
    named = dispute_id, given.item
    try:
        said = await _answer(visitor, dispute_id, given)
        await answering.answer(visitor.context, visitor.state, named, said)
    except (ConflictError, InvalidRequestError) as error:
        seen = await _seen(visitor, dispute_id, sentence_of(visitor.seat, error))
        return page(visitor.seat, "furnisher/dispute.html", error.status, seen=seen)
    return to(f"{HERE}/{dispute_id}", done="answered")


async def _answer(visitor: Visitor, dispute_id: str, given: Given) -> Answer:
    """The answer that a form has; with the event as it should be, where it is modified.

    Raises:
        NoSuchThingError: There is no such dispute, or nothing in it of this furnisher's.
        AmountWrongError: An amount is none of its currency.
    """
    checked, note = lines(given.checked), given.note.strip()
    if given.outcome != "modified":
        return Answer(given.outcome, None, checked, note)
    found = await finding.one(visitor.context, dispute_id)
    sent = (await contested.as_sent(visitor.context, visitor.state, found)).get(given.item)
    if sent is None:
        what = "item"
        raise NoSuchThingError(what, given.item)
    words = visitor.state.log.vocabulary
    kind = words.kinds[str(sent["kind"])]
    return Answer(given.outcome, replacement(kind, words, given.model_extra or {}), checked, note)


async def _seen(visitor: Visitor, dispute_id: str, fault: str | None = None) -> Disputed:
    context, state = visitor.context, visitor.state
    found = await finding.one(context, dispute_id)
    told, events = await telling.shown(context, state, found), await contested.as_sent(context, state, found)
    sent = {item: as_sent(event, state.log.vocabulary) for item, event in events.items()}
    days = (told["due_on"] - today(context, state.log)).days
    return Disputed(told, sent, days, "disputes.write" in context.actor.scopes, fault)
