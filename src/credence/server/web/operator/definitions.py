"""/operator/definitions: scorecards and policies: which are live, what changed, and the two who publish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.scorecards.model import Attribute, PointsEach, Scorecard
from credence.server.services.deciding import approvals
from credence.server.services.deciding.approvals import Approval
from credence.server.services.deciding.back_tests import dry_run
from credence.server.services.deciding.definitions import Definition
from credence.server.services.operating import definitions, trail
from credence.server.services.operating.definitions import Changed, Listed
from credence.server.web.entry.door import to
from credence.server.web.operator.roles import AtRisk
from credence.server.web.pages import page
from credence.server.web.tried import Tried, tried
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/operator/definitions"
A_PAGE, WAITING_MOST = 50, 200
Place = Annotated[str | None, Query(max_length=100)]


@dataclass(frozen=True)
class Every:
    """What is live, what waits for a second person, and every version that partners sent."""

    live: Sequence[Scorecard]
    waiting: Sequence[Approval]
    rows: Sequence[Listed]
    names: Mapping[str, str]
    further: str | None


@dataclass(frozen=True)
class One:
    """A version: its text, what changed, who would pass, and the proposal to publish it."""

    definition: Definition
    names: Mapping[str, str]
    changed: Changed | None
    tried: Tried
    proposal: Approval | None
    mine: bool


@dataclass(frozen=True)
class Answer:
    """An answer and what it gives: points, from the least to the most; no score where both are lacking."""

    label: str
    least: int | None
    most: int | None
    each: bool = False


@dataclass(frozen=True)
class Live:
    """A live scorecard, its questions with their answers, and what changed since the version before."""

    card: Scorecard
    questions: tuple[tuple[str, tuple[Answer, ...]], ...]
    changed: Changed | None


@router.get(HERE)
async def listed(visitor: AtRisk, before: Place = None) -> Response:
    """Everything there is."""
    context = visitor.context
    rows = await definitions.every(context, before, A_PAGE)
    waiting = await approvals.waiting(context, "", WAITING_MOST)
    ids = [*(one.partner_id for one in rows), *(one.partner_id for one in waiting)]
    names = await trail.names(context, [*ids, *(one.proposed_by for one in waiting)])
    further = rows[-1].definition_id if len(rows) == A_PAGE else None
    live = await definitions.live(context, visitor.state.log)
    return page(visitor.seat, "operator/definitions.html", seen=Every(live, waiting, rows, names, further))


@router.get("/operator/scorecards/{name}")
async def live(visitor: AtRisk, name: str) -> Response:
    """A live scorecard: every question with its answers and points."""
    card, changed = await definitions.one_live(visitor.context, visitor.state.log, name)
    questions = tuple((c.question, tuple(map(_answer, c.rows()))) for c in card.characteristics)
    return page(visitor.seat, "operator/scorecard.html", seen=Live(card, questions, changed))


@router.get(f"{HERE}/{{definition_id}}")
async def one(visitor: AtRisk, definition_id: str) -> Response:
    """A version, and what is to be done."""
    return page(visitor.seat, "operator/definition.html", seen=await _one(visitor, definition_id))


@router.post(f"{HERE}/{{definition_id}}/propose")
async def propose(visitor: AtRisk, definition_id: str) -> Response:
    """Propose to publish it."""
    await approvals.propose(visitor.context, visitor.state.settings.runs, definition_id)
    return to(f"{HERE}/{definition_id}", done="definition_proposed")


@router.post(f"{HERE}/{{definition_id}}/approve")
async def approve(
    visitor: AtRisk, definition_id: str, proposal: Annotated[str, Form(max_length=100)]
) -> Response:
    """Publish what somebody else proposed."""
    await approvals.approve(visitor.context, proposal)
    return to(f"{HERE}/{definition_id}", done="definition_approved")


@router.post(f"{HERE}/{{definition_id}}/refuse")
async def refuse(
    visitor: AtRisk,
    definition_id: str,
    proposal: Annotated[str, Form(max_length=100)],
    why: Annotated[str, Form(min_length=1, max_length=4000)],
) -> Response:
    """Refuse to publish it, or take one's own proposal back."""
    await approvals.refuse(visitor.context, proposal, why.strip())
    return to(f"{HERE}/{definition_id}", done="definition_refused")


async def _one(visitor: Visitor, definition_id: str) -> One:
    context = visitor.context
    found = await approvals.definition(context, definition_id)
    proposal = await definitions.proposal(context, definition_id)
    counts = await dry_run(context.settings.runs, found) if proposal is None else proposal.dry_run
    proposed_by = None if proposal is None else proposal.proposed_by
    return One(
        found,
        await trail.names(context, [found.partner_id, proposed_by]),
        await definitions.changed(context, visitor.state.log.vocabulary, found),
        tried(counts),
        proposal,
        proposed_by == context.actor.id,
    )


def _answer(row: Attribute | PointsEach) -> Answer:
    if isinstance(row, PointsEach):
        return Answer("", row.points, row.points, each=True)
    if row.unscorable is not None:
        return Answer(row.label, None, None)
    return Answer(row.label, row.points_least, row.points_most)
