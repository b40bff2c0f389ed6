"""/partner/decisions: what was decided; of each what was met, what was not, and what the person may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.decisions.model import MEANINGS
from credence.server.services.deciding import decisions, reviews
from credence.server.services.deciding.decisions import REFER, Made
from credence.server.services.deciding.reviews import OVERRIDDEN, Review
from credence.server.services.deciding.told import for_partner
from credence.server.web.money import shown
from credence.server.web.pages import page
from credence.server.web.scoped import with_scope
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/partner/decisions"
A_PAGE, EARLIER = 50, 11
LAST = "z"
AtReading = Annotated[Visitor, with_scope("partner", "decisions.read")]
Named = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]

Waits = Literal["", "partner", "bureau"]


@dataclass(frozen=True)
class Listed:
    """Decisions, those of one meaning or one person if that was asked, and where the next page begins."""

    rows: Sequence[Made]
    meaning: str
    person: str
    waits_for: Waits
    next_page: str | None
    meanings: Sequence[str] = MEANINGS


@dataclass(frozen=True)
class Decided:
    """A decision as far as its consent lets the partner see it.

    Attributes:
        made: The decision.
        told: What is told of it.
        looks: The looks that the person asked for.
        others: Other decisions about the same person, newest first.
    """

    made: Made
    told: Mapping[str, Any]
    looks: Sequence[Review]
    others: Sequence[Made]

    @property
    def declined(self) -> bool:
        """Whether it was against the person, who has a letter then."""
        return self.made.against

    @property
    def waits(self) -> bool:
        """Whether the policy passed it on, and nobody has said yet how it ends."""
        settled = self.made.settled or any(look.answer == OVERRIDDEN for look in self.looks)
        return self.made.meaning == REFER and not settled

    @property
    def applied_for(self) -> str | None:
        """The amount of the application, as the partner said it."""
        assert self.made.told is not None, "one decision is whole"
        return shown(self.made.told.amount, self.made.told.currency)

    @property
    def figures(self) -> bool:
        """Whether the consent lets the score be seen."""
        return "score" in self.told


@router.get(HERE)
async def listed(
    visitor: AtReading,
    before: Named = LAST,
    meaning: Named = "",
    person: Named = "",
    waits_for: Waits = "",
) -> Response:
    """Every decision of the partner, newest first."""
    context, whom = visitor.context, person.strip()
    way = meaning or None
    found = await decisions.listed(
        context, before, A_PAGE, meaning=way, known_as=whom or None, waits_for=waits_for or None
    )
    further = found[-1].decision_id if len(found) == A_PAGE else None
    seen = Listed(found, meaning, whom, waits_for, further)
    return page(visitor.seat, "partner/decisions.html", seen=seen)


@router.get(f"{HERE}/{{decision_id}}")
async def one(visitor: AtReading, decision_id: str) -> Response:
    """A decision, clause by clause."""
    context = visitor.context
    made = await decisions.one(context, visitor.state.keys, decision_id)
    assert made.told is not None, "one decision is whole"
    looks = await reviews.of_decision(context, decision_id)
    others = await _others(visitor, made)
    seen = Decided(made, for_partner(made.told, made.level), looks, others)
    return page(visitor.seat, "partner/decision.html", seen=seen)


async def _others(visitor: Visitor, made: Made) -> list[Made]:
    """Other decisions about the same person."""
    assert made.known_as is not None, "a decision about somebody who was erased cannot be read"
    found = await decisions.listed(visitor.context, LAST, EARLIER, known_as=made.known_as)
    return [other for other in found if other.decision_id != made.decision_id]
