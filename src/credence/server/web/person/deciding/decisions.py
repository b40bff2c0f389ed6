"""/me/decisions: what was decided, by which rule, why, the letter, and a human look at it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.server.services.deciding import decisions, posting, reviews
from credence.server.services.deciding.decisions import Made
from credence.server.services.deciding.reviews import Review
from credence.server.web.entry.door import to
from credence.server.web.money import shown
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
HERE = "/me/decisions"
A_PAGE = 20
LAST = "z"


@dataclass(frozen=True)
class Decided:
    """A decision and whoever looked at it again; another look may be asked for while none waits."""

    made: Made
    looks: tuple[Review, ...]

    @property
    def declined(self) -> bool:
        """Whether it was against the person, so that there is a letter."""
        return self.made.against

    @property
    def applied_for(self) -> str | None:
        """The amount that was applied for."""
        assert self.made.told is not None, "one decision is whole"
        return shown(self.made.told.amount, self.made.told.currency)

    @property
    def waits(self) -> bool:
        """Whether somebody is looking at it."""
        return any(look.answer is None for look in self.looks)


@router.get(HERE)
async def listed(visitor: AtPerson, before: Annotated[str, Query(max_length=100)] = LAST) -> Response:
    """Every decision about the person, newest first."""
    found = await decisions.listed(visitor.context, before, A_PAGE)
    next_page = found[-1].decision_id if len(found) == A_PAGE else None
    return page(visitor.seat, "deciding/decisions.html", found=found, next_page=next_page)


@router.get(f"{HERE}/{{decision_id}}")
async def one(visitor: AtPerson, decision_id: str) -> Response:
    """A decision with every clause, met or not."""
    made = await decisions.one(visitor.context, visitor.state.keys, decision_id)
    looks = tuple(await reviews.of_decision(visitor.context, decision_id))
    return page(visitor.seat, "deciding/decision.html", decided=Decided(made, looks))


@router.get(f"{HERE}/{{decision_id}}/letter.pdf")
async def letter(visitor: AtPerson, decision_id: str) -> Response:
    """The letter, to read or print."""
    content, media_type = await posting.letter(visitor.context, visitor.state.keys, decision_id, "pdf")
    headers = {"Content-Disposition": f'inline; filename="{decision_id}.pdf"'}
    return Response(content, 200, headers, media_type)


@router.post(f"{HERE}/{{decision_id}}/look")
async def look(
    visitor: AtPerson, decision_id: str, words: Annotated[str, Form(max_length=reviews.WORDS_MOST)] = ""
) -> Response:
    """Ask that somebody looks at it; it costs nothing."""
    await reviews.ask(visitor.context, visitor.state.keys, decision_id, words.strip() or None)
    return to(f"{HERE}/{decision_id}", done="look_asked")
