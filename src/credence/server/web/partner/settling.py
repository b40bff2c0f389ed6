"""/partner/decisions/…/settle: accept or decline what a policy passed on to somebody of the partner."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import StringConstraints

from credence.server.services.deciding import settling
from credence.server.services.deciding.reviews import WORDS_MOST
from credence.server.store.decisions import ACCEPTED
from credence.server.web.entry.door import to
from credence.server.web.partner.deciding import AtDeciding
from credence.server.web.partner.decisions import HERE

router = APIRouter(include_in_schema=False)
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=WORDS_MOST), Form()]


@router.post(f"{HERE}/{{decision_id}}/settle")
async def settle(
    visitor: AtDeciding,
    decision_id: str,
    answer: Annotated[Literal["accepted", "declined"], Form()],
    reason: Words,
) -> Response:
    """Settle it; the person reads the reason."""
    accepted = answer == ACCEPTED
    await settling.settle(visitor.context, visitor.state.keys, decision_id, reason, accepted=accepted)
    return to(f"{HERE}/{decision_id}", done="settled")
