"""/operator/people: support finds a person, and looks at a score, each with a reason that the person sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.errors import CredenceError
from credence.server.services.operating import people
from credence.server.services.people.kinds import CONTACTS, DOCUMENTS, identifier
from credence.server.services.reading import asking, cards, consents
from credence.server.web.operator.roles import AtSupport
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/operator/people"
Word = Annotated[str, Form(max_length=300)]
Reason = Annotated[str, Form(max_length=1000)]


@dataclass(frozen=True)
class Looked:
    """The page: by what somebody can be found, who was found, what was told of them, or what was wrong.

    `found` is the person's id, and `nobody` says that there is none.
    """

    kinds: Sequence[tuple[str, str]]
    cards: Sequence[str]
    found: str = ""
    nobody: bool = False
    told: Mapping[str, Any] | None = None
    sentence: str | None = None


@router.get(HERE)
async def first(visitor: AtSupport) -> Response:
    """Whom to look for."""
    return page(visitor.seat, "operator/people.html", seen=await _page(visitor))


@router.post(HERE)
async def search(visitor: AtSupport, kind: Word, value: Word, reason: Reason) -> Response:
    """Find somebody by what they are known by."""
    seen = await _page(visitor)
    try:
        known = identifier(kind, value)
        found = await people.find(visitor.context, visitor.state.keys, known, reason)
    except CredenceError as error:
        return _wrong(visitor, seen, error)
    seen = replace(seen, found=found or "", nobody=found is None)
    return page(visitor.seat, "operator/people.html", seen=seen)


@router.post(f"{HERE}/look")
async def look(visitor: AtSupport, person: Word, scorecard: Word, reason: Reason) -> Response:
    """A person's newest score, line by line."""
    seen, context = replace(await _page(visitor), found=person.strip()), visitor.context
    try:
        grant = await consents.for_operator(context, person.strip(), reason)
        answer = await asking.look(context, visitor.state.keys, visitor.state.log, grant, scorecard)
    except CredenceError as error:
        return _wrong(visitor, seen, error)
    return page(visitor.seat, "operator/people.html", seen=replace(seen, told=answer.result))


async def _page(visitor: Visitor) -> Looked:
    titles = [*((kind, kind) for kind in CONTACTS), *sorted(DOCUMENTS.items(), key=lambda one: one[1])]
    return Looked(titles, await cards.live_names(visitor.context))


def _wrong(visitor: Visitor, seen: Looked, error: CredenceError) -> Response:
    seen = replace(seen, sentence=sentence_of(visitor.seat, error))
    return page(visitor.seat, "operator/people.html", 422, seen=seen)
