"""/me/lines: one line of the receipt, with every event behind it, and what other answers would give."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from credence.errors import NoSuchThingError
from credence.scoring.statement import Evidence, Statement, StatementLine
from credence.server.services.looking import own
from credence.server.services.looking.known import INFERRED
from credence.server.services.reading import on_file
from credence.server.services.reading.named import names_of
from credence.server.web.pages import page
from credence.server.web.person.asked import Begin, Day, Instant, TheCard, card_for
from credence.server.web.person.rows import Row, rows_of
from credence.server.web.person.words import Words, words_for
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
# So that a page stays light for somebody with hundreds of payments.
EVENTS = 25


@dataclass(frozen=True)
class TheLine:
    """A line, its table, some of the events behind it, the latest first, and the person's words about it."""

    statement: Statement
    words: Words
    line: StatementLine
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]
    begin: int
    names: Mapping[str, str]
    on_file: tuple[dict[str, Any], ...]
    inferred: frozenset[str] = INFERRED

    @property
    def older(self) -> int | None:
        """Where the next page of events begins, if there is one."""
        end = self.begin + len(self.evidence)
        return end if end < len(self.line.evidence) else None


@router.get("/me/lines/{characteristic}")
async def line(
    visitor: AtPerson,
    characteristic: str,
    scorecard: TheCard = None,
    as_of: Day = None,
    known_at: Instant = None,
    begin: Begin = 0,
) -> Response:
    """One line of the newest statement, or of that of a day."""
    context, log, state = visitor.context, visitor.state.log, visitor.state
    name, _ = await card_for(visitor, scorecard)
    found, card = await own.with_card(context, log, name, as_of, known_at)
    one = next((line for line in found.lines if line.characteristic == characteristic), None)
    if one is None:
        what = "line"
        raise NoSuchThingError(what, characteristic)
    latest = sorted(one.evidence, key=lambda event: event.occurred_at, reverse=True)[begin : begin + EVENTS]
    said = await on_file.of(context, state.keys, context.actor.id, name)
    return page(
        visitor.seat, "person/line.html",
        seen=TheLine(
            found, words_for(visitor.seat.language, found), one,
            rows_of(card.characteristic(characteristic), one.attribute), tuple(latest), begin,
            await names_of(context, {event.furnisher for event in latest}),
            tuple(words for words in said if words["characteristic"] == characteristic),
        ),
    )  # fmt: skip
