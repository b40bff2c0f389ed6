"""POST /operator/runs: the month's run is asked for."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.errors import ConflictError, InvalidRequestError
from credence.server.services.operating import starting
from credence.server.web.entry.door import to
from credence.server.web.operator.roles import AtRisk
from credence.server.web.operator.runs import HERE, runs_page
from credence.server.web.refusals import sentence_of

router = APIRouter(include_in_schema=False)
Why = Annotated[str | None, Form(min_length=1, max_length=4000, pattern=r"^[^\x00]+$")]


@router.post(HERE)
async def ask(
    visitor: AtRisk,
    as_of: Annotated[date, Form()],
    accept: Why = None,
    again: Annotated[Literal["true"] | None, Form()] = None,
) -> Response:
    """Ask for a run of a day, or for its scores that are held back to be published."""
    log = visitor.state.log
    try:
        await starting.ask(visitor.context, log, as_of, accept, again=again is not None)
    except (InvalidRequestError, ConflictError) as error:
        return await runs_page(visitor, sentence_of(visitor.seat, error), error.status)
    return to(HERE, done="run_asked")
