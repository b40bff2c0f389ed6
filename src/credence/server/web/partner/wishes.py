"""What a partner may ask for, as forms have it: for what, how much, by which scorecard, about whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from credence.server.services.looking import desk
from credence.server.services.reading import cards
from credence.server.services.reading.consents import Wish
from credence.server.services.reading.levels import LEVELS
from credence.server.web.person.words import words_in
from credence.server.web.scoped import with_scope
from credence.server.web.visitor import Visitor

Short = Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")]
Place = Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")]
AtAsking = Annotated[Visitor, with_scope("partner", "scores.read")]
DIGITS_MOST = 9


class Wished(BaseModel):
    """What is asked for, as the form has it; whom it is about, for how long, and whether they applied."""

    purpose: Short = ""
    level: Short = ""
    scorecard: Short = ""
    at_least: Short = ""
    person: Short = ""
    days: Short = ""
    hard: Short = ""

    @property
    def wish(self) -> Wish:
        """The same for services."""
        return Wish(self.purpose, self.level, self.scorecard, number(self.at_least))


@dataclass(frozen=True)
class Choices:
    """What may be asked for, what was said of it, and what was amiss with that."""

    purposes: Sequence[str]
    levels: Sequence[str]
    scorecards: Sequence[tuple[str, str]]
    said: Wished
    fault: str | None = None
    consent_missing: bool = False


async def choices(
    visitor: Visitor, said: Wished, fault: str | None = None, *, consent_missing: bool = False
) -> Choices:
    """What this partner may ask for; scorecards with their titles."""
    context, found = visitor.context, []
    figures = await desk.of_partner(context)
    for name in await cards.live_names(context, context.actor.id):
        card = await cards.in_force(context, visitor.state.log, name)
        title = words_in(visitor.seat.language, name, card.version).title or card.title
        found.append((name, title))
    return Choices(figures.purposes, LEVELS, found, said, fault, consent_missing)


def number(text: str) -> int | None:
    """A whole number that was typed; None for nothing, and for what is none, which services refuse."""
    said = text.strip()
    return int(said) if said.isdecimal() and len(said) <= DIGITS_MOST else None
