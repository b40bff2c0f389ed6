"""/furnisher/people: getting to know somebody by the code that they gave; what was said against people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.errors import LinkWrongError
from credence.server.services.furnishing import links, notices
from credence.server.web.furnisher.sending import AtReading, AtSending
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE, NOTICES = "/furnisher/people", "/furnisher/notices"
A_PAGE = 50
Place = Annotated[str, Query(max_length=100)]
Before = Annotated[str | None, Query(max_length=40)]


@dataclass(frozen=True)
class Known:
    """Whom the furnisher knows, by the ids that are theirs here, the latest first, and the next page.

    Attributes:
        new: Whoever just gave a code.
        fault: What was amiss with the code.
    """

    people: Sequence[str]
    next_page: str | None
    new: str | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Waiting:
    """What people were told of and does not count yet, what its kinds are called, the next page."""

    rows: Sequence[Mapping[str, Any]]
    titles: Mapping[str, str]
    next_page: str | None


@router.get(HERE)
async def known(visitor: AtSending, before: Before = None) -> Response:
    """Whom it knows; a code is entered here."""
    return await _known(visitor, before)


@router.post(HERE)
async def use_code(visitor: AtSending, code: Annotated[str, Form(max_length=40)]) -> Response:
    """Use a code: the id is shown under which events about whoever gave it are sent."""
    try:
        person = await links.use(visitor.context, visitor.state.keys, code.strip())
    except LinkWrongError as error:
        return await _known(visitor, fault=error)
    return await _known(visitor, new=person)


@router.get(NOTICES)
async def waiting(visitor: AtReading, after: Place = "") -> Response:
    """Events against people that they were told of, and that do not count yet."""
    day, _, last = after.partition("_")
    rows = await notices.waiting(visitor.context, (_day(day), last), A_PAGE)
    further = f"{rows[-1]['counts_from']}_{rows[-1]['notice_id']}" if len(rows) == A_PAGE else None
    kinds = visitor.state.log.vocabulary.kinds
    seen = Waiting(rows, {row["kind"]: kinds[row["kind"]].title for row in rows}, further)
    return page(visitor.seat, "furnisher/notices.html", seen=seen)


async def _known(
    visitor: Visitor, before: str | None = None, new: str | None = None, fault: LinkWrongError | None = None
) -> Response:
    people = await links.known(visitor.context, before, A_PAGE)
    further = people[-1] if len(people) == A_PAGE else None
    sentence, status = (None, 200) if fault is None else (sentence_of(visitor.seat, fault), fault.status)
    return page(visitor.seat, "furnisher/people.html", status, seen=Known(people, further, new, sentence))


def _day(text: str) -> date:
    """Where a page begins; a cursor that is none begins at the start."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min
