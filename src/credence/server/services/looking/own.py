"""A person's own looks at their scores; each is recorded, and they see it among who looked."""

from datetime import date, datetime
from typing import Any

from credence.events.log import EventLog
from credence.scorecards.model import Scorecard
from credence.scoring.change import Change
from credence.scoring.statement import Statement
from credence.scoring.what_if.plans import Goal, Plans
from credence.server.services.context import Context
from credence.server.services.reading import changes, consents, inquiries, statements
from credence.server.services.reading.changes import Supposed
from credence.server.services.reading.grants import Grant


async def statement(
    context: Context,
    log: EventLog,
    scorecard: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Statement:
    """The statement of the person who acts: the newest, or of any day as it was known at any instant.

    Raises:
        NotAllowedError: The actor is no person.
        NoSuchThingError: Everything about the person was erased, or there is no such scorecard.
    """
    return (await with_card(context, log, scorecard, as_of, known_at))[0]


async def with_card(
    context: Context,
    log: EventLog,
    scorecard: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> tuple[Statement, Scorecard]:
    """The same, and the definition by which it was made."""
    grant = await consents.own(context)
    view = await statements.view_of(context, log, grant, scorecard, as_of, known_at)
    found = await statements.seen(context, log, grant, view)
    result = {"as_of": found.as_of, "score": found.score, "band": found.band}
    await note(context, grant, scorecard, result)
    return found, view.card


async def change(context: Context, log: EventLog, scorecard: str, earlier: date | None) -> Change:
    """Why the newest score is another than that of an earlier day, or the one before; as `changes.since`."""
    grant = await consents.own(context)
    found = await changes.since(context, log, grant, scorecard, earlier)
    await note(context, grant, scorecard, {"change": found.points})
    return found


async def what_if(context: Context, log: EventLog, scorecard: str, supposed: Supposed) -> Change:
    """What the newest score would be if something were otherwise; errors as for `changes.what_if`."""
    grant = await consents.own(context)
    found = await changes.what_if(context, log, grant, scorecard, supposed)
    await note(context, grant, scorecard, {"what_if": found.points})
    return found


async def plans(context: Context, log: EventLog, scorecard: str, goal: Goal) -> Plans:
    """The cheapest plans to a goal; errors as for `changes.plans`."""
    grant = await consents.own(context)
    found = await changes.plans(context, log, grant, scorecard, goal)
    await note(context, grant, scorecard, {"plans": len(found.plans)})
    return found


async def note(context: Context, grant: Grant, scorecard: str, result: dict[str, Any]) -> None:
    """Record a look of the person's own."""
    await inquiries.record(context, grant, {"as_of": None} | result | {"scorecard": scorecard})
