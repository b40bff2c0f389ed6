"""/event-evidence: files that stand behind what speaks against a person; the person can see them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response, UploadFile
from pydantic import BaseModel

from credence.server.api.dependencies import ForPerson, TheState, context_of
from credence.server.services.context import Context
from credence.server.services.furnishing import evidence

router = APIRouter(tags=["events"])
Sends = Annotated[Context, Depends(context_of("furnisher", scope="events.write"), scope="function")]
Person = Annotated[str, Form(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
SAFE = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}


class EvidenceMade(BaseModel):
    """The id to give as `evidence` of an event."""

    evidence_id: str


@router.post("/event-evidence", status_code=201)
async def give(context: Sends, state: TheState, person: Person, file: UploadFile) -> EvidenceMade:
    """Give a file as evidence about a person whom you know; it is known by its content, not by its name."""
    return EvidenceMade(evidence_id=await evidence.keep(context, state, person, await file.read()))


@router.get("/notices/{notice_id}/evidence", response_class=Response)
async def read(context: ForPerson, state: TheState, notice_id: str) -> Response:
    """The file that was given as evidence for what you were told of."""
    file = await evidence.of_notice(context, state, notice_id)
    return Response(file.content, media_type=file.media_type, headers=SAFE)
