"""/statements: the person's own score as lines that add up, why it changed, and what would change it."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from pydantic import Field

from credence.scoring.what_if.plans import MONTHS_MOST, Goal
from credence.server.api.dependencies import ForPerson, TheState
from credence.server.api.reading.shapes import Day, Instant, Name, Sent
from credence.server.services.looking import own
from credence.server.services.reading import changes, statements
from credence.server.services.reading.changes import Supposed

router = APIRouter(tags=["statements"])
TheCard = Annotated[Name, Query(description="The scorecard")]
Event = Annotated[str, Field(pattern=r"^[^\x00/]{1,200}/[^\x00]{1,200}$")]


class SupposedIn(Sent):
    """What is supposed: at least one of events, events taken back (furnisher/event_id), a later day."""

    scorecard: Name
    events: list[dict[str, Any]] = Field(default=[], max_length=changes.ROWS_MOST)
    retract: list[Event] = Field(default=[], max_length=changes.ROWS_MOST)
    at: Day | None = None


class GoalIn(Sent):
    """Where plans lead: to a band, or so many points up."""

    scorecard: Name
    to_band: Annotated[str, Field(max_length=100)] | None = None
    points: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    months: int = Field(default=MONTHS_MOST, ge=1, le=MONTHS_MOST)


@router.get("/statements")
async def statement(
    context: ForPerson,
    state: TheState,
    scorecard: TheCard,
    as_of: Annotated[Day | None, Query()] = None,
    known_at: Annotated[Instant | None, Query()] = None,
) -> dict[str, Any]:
    """The person's own statement: of the newest score, or of any day as it was known at any instant."""
    found = await own.statement(context, state.log, scorecard, as_of, known_at)
    return await statements.told(context, state.keys, found)


@router.get("/statements/change")
async def change(
    context: ForPerson,
    state: TheState,
    scorecard: TheCard,
    since: Annotated[Day | None, Query(description="The day of the earlier score; the one before")] = None,
) -> dict[str, Any]:
    """Why the newest score is another than an earlier one, every point tied to its cause."""
    found = await own.change(context, state.log, scorecard, since)
    return await changes.told(context, found)


@router.post("/statements/what-if")
async def what_if(body: SupposedIn, context: ForPerson, state: TheState) -> dict[str, Any]:
    """What the newest score would be if something had happened, were taken back, or time passed."""
    supposed = Supposed(tuple(body.events), tuple(body.retract), body.at)
    found = await own.what_if(context, state.log, body.scorecard, supposed)
    return await changes.told(context, found)


@router.post("/statements/plans")
async def plans(body: GoalIn, context: ForPerson, state: TheState) -> dict[str, Any]:
    """The cheapest plans to a band, or to so many points more."""
    goal = Goal(body.to_band, body.points, body.months)
    found = await own.plans(context, state.log, body.scorecard, goal)
    facts: dict[str, Any] = msgspec.to_builtins(found)
    return facts
