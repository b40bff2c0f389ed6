"""What pages about a score are asked for: the scorecard, a day, an instant."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime

from credence.server.services.reading import cards
from credence.server.web.visitor import Visitor

FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)
TheCard = Annotated[str | None, Query(max_length=100)]
Day = Annotated[date | None, Query(ge=FIRST, le=LAST)]
Instant = Annotated[
    AwareDatetime | None,
    Query(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(2999, 12, 31, tzinfo=UTC)),
]
Begin = Annotated[int, Query(alias="from", ge=0, le=1_000_000)]


async def card_for(visitor: Visitor, wanted: str | None) -> tuple[str, tuple[str, ...]]:
    """The scorecard that a page is about, the first where none of theirs is asked for; and all of theirs."""
    names = tuple(await cards.concerning(visitor.context, visitor.context.actor.id))
    return (wanted if wanted in names else names[0]), names
