"""/disputes: opened by a person, looked at and answered by furnishers and reviewers."""

from typing import Annotated

from fastapi import APIRouter, Response, UploadFile
from pydantic import BaseModel

from credence.server.api.contesting.shapes import (
    Dispute,
    Disputes,
    Done,
    Information,
    NewAnswer,
    NewDispute,
    NewFrivolous,
    Opened,
    OwnView,
)
from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.dependencies import ForPerson, TheState
from credence.server.services.contesting import (
    answering,
    evidence,
    finding,
    frivolous,
    opening,
    own_steps,
    preview,
    telling,
)
from credence.server.services.contesting.answering import Answer
from credence.server.services.contesting.frivolous import Frivolous
from credence.server.services.contesting.opening import Asked
from credence.server.services.contesting.preview import Preview
from credence.server.services.contesting.rules.reasons import REASONS
from credence.server.services.context import Context
from credence.server.services.furnishing.evidence import BYTES_MOST, SIGNATURES, TEXT

router = APIRouter(tags=["disputes"])
Reads = Annotated[Context, allowed(person="", furnisher="disputes.read", operator="reviewer")]
Answers = Annotated[Context, allowed(furnisher="disputes.write", operator="reviewer")]
Reviews = Annotated[Context, allowed(operator="reviewer")]
INLINE = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}


class ReasonShown(BaseModel):
    """Why something can be contested."""

    reason: str
    title: str
    code: str | None


class FileAdded(BaseModel):
    """A file that was added."""

    file_id: str


@router.get("/dispute-reasons")
async def reasons(context: ForPerson) -> list[ReasonShown]:
    """Why something can be contested: a closed list."""
    del context
    return [ReasonShown(reason=name, title=one.title, code=one.code) for name, one in REASONS.items()]


@router.post("/disputes", status_code=201)
async def open_dispute(context: ForPerson, state: TheState, body: NewDispute) -> Opened:
    """Say that a line of a statement, or an event, is wrong. Its clock starts at once."""
    asked = Asked(body.what(), body.reason, body.text)
    return Opened(dispute_id=await opening.open_dispute(context, state, asked))


@router.get("/disputes")
async def disputes(context: Reads, state: TheState, after: str | None = None, limit: Limit = 50) -> Disputes:
    """A person's own disputes; those that wait for a furnisher's answer; those for a reviewer to decide."""
    found = await finding.listed(context, after, limit)
    shown = [Dispute(**await telling.shown(context, state, one)) for one in found]
    return Disputes(data=shown, next_cursor=shown[-1].dispute_id if len(shown) == limit else None)


@router.get("/disputes/{dispute_id}")
async def dispute(context: Reads, state: TheState, dispute_id: str) -> Dispute:
    """A dispute with its timeline: every step, when it must be decided, and what happens on silence."""
    return Dispute(**await telling.shown(context, state, await finding.one(context, dispute_id)))


@router.get("/disputes/{dispute_id}/preview")
async def score_if_you_win(context: ForPerson, state: TheState, dispute_id: str) -> list[Preview]:
    """Today's scores as they are, as they would be if what is contested is deleted, and if it stays."""
    return await preview.preview(context, state, dispute_id)


@router.post("/disputes/{dispute_id}/information")
async def add_information(context: ForPerson, state: TheState, dispute_id: str, body: Information) -> Done:
    """Add to what you said; where the law has it so, that gives more time to look into it, once."""
    await own_steps.add_information(context, state, dispute_id, body.text)
    return Done(dispute_id=dispute_id, state="open")


@router.post("/disputes/{dispute_id}/files", status_code=201)
async def add_file(context: ForPerson, state: TheState, dispute_id: str, file: UploadFile) -> FileAdded:
    """Add a file: PDF, PNG, JPEG or text, at most 10 MB. What it is, its content says, not its name."""
    content = await file.read(BYTES_MOST + 1)
    return FileAdded(file_id=await evidence.add(context, state, dispute_id, content))


@router.get(
    "/disputes/{dispute_id}/files/{file_id}",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in (*SIGNATURES.values(), TEXT)}}},
)
async def file(context: Reads, state: TheState, dispute_id: str, file_id: str) -> Response:
    """A file of a dispute. The person sees when whoever looks into it opened it first."""
    found = await evidence.opened(context, state, dispute_id, file_id)
    return Response(found.content, media_type=found.media_type, headers=INLINE)


@router.post("/disputes/{dispute_id}/answers")
async def answer(context: Answers, state: TheState, dispute_id: str, body: NewAnswer) -> Done:
    """Answer for one contested event; `modified` comes with the event as it should be."""
    replacement = body.replacement.row() if body.replacement else None
    given = Answer(body.outcome, replacement, tuple(body.checked), body.note)
    found = await answering.answer(context, state, (dispute_id, body.item_id), given)
    return Done(dispute_id=dispute_id, state=found)


@router.post("/disputes/{dispute_id}/withdrawal")
async def withdraw(context: ForPerson, state: TheState, dispute_id: str) -> Done:
    """Let a dispute be: nothing is decided, and what was suspended counts again."""
    await own_steps.withdraw(context, state, dispute_id)
    return Done(dispute_id=dispute_id, state="closed")


@router.post("/disputes/{dispute_id}/frivolous")
async def find_frivolous(context: Reviews, state: TheState, dispute_id: str, body: NewFrivolous) -> Done:
    """Find that there is nothing to look into, where the law allows it: why and what is missing is told."""
    await frivolous.find(context, state, dispute_id, Frivolous(body.reason, body.missing))
    return Done(dispute_id=dispute_id, state="closed")


@router.put("/disputes/{dispute_id}/statement")
async def put_statement(context: ForPerson, state: TheState, dispute_id: str, body: OwnView) -> Done:
    """Put a statement on file to a dispute that was decided, of at most 100 words."""
    await own_steps.state_own_view(context, state, dispute_id, body.text)
    return Done(dispute_id=dispute_id, state="closed")
