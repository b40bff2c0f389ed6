"""/operator/runs: each month's run step by step, its checks, and the two who let readers have it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.server.services.operating import releases, trail
from credence.server.services.operating.releases import Standing
from credence.server.services.operating.reports import OnItsWay, on_their_way, report_of
from credence.server.web.entry.door import to
from credence.server.web.operator.asked import Starting, starting_of
from credence.server.web.operator.report import PAST, Report, report
from credence.server.web.operator.roles import AtRisk
from credence.server.web.pages import page
from credence.server.web.visitor import AtOperator, Visitor

router = APIRouter(include_in_schema=False)
HERE = "/operator/runs"
Why = Annotated[str, Form(min_length=1, max_length=4000)]


@dataclass(frozen=True)
class Runs:
    """Every run: those asked for, those begun by hand, those made; and why nothing was asked for, if so."""

    starting: Starting
    drafts: tuple[OnItsWay, ...]
    runs: tuple[Standing, ...]
    sentence: str | None


@dataclass(frozen=True)
class Run:
    """One run: how far it is, its report, the names of who proposed and approved it, and whether one may."""

    standing: Standing
    report: Report
    names: Mapping[str, str]
    mine: bool
    risk: bool


@router.get(HERE)
async def listed(visitor: AtOperator) -> Response:
    """Every run, the newest first."""
    return await runs_page(visitor)


async def runs_page(visitor: Visitor, sentence: str | None = None, status: int = 200) -> Response:
    """The page of every run; with a sentence, where what was asked for cannot be."""
    settings = visitor.state.settings
    drafts = await asyncio.to_thread(on_their_way, settings.runs)
    asked = await starting_of(visitor, drafts)
    runs = await releases.standing(visitor.context)
    seen = Runs(asked, asked.elsewhere(drafts), tuple(runs), sentence)
    return page(visitor.seat, "operator/runs.html", status, seen=seen, settings=settings)


@router.get(f"{HERE}/{{run}}")
async def one(visitor: AtOperator, run: str) -> Response:
    """A run: its steps, its checks, and what is to be done."""
    return page(visitor.seat, "operator/run.html", seen=await _run(visitor, run))


@router.post(f"{HERE}/{{run}}/propose")
async def propose(visitor: AtRisk, run: str) -> Response:
    """Propose that readers have it."""
    await releases.propose(visitor.context, run)
    return to(f"{HERE}/{run}", done="run_proposed")


@router.post(f"{HERE}/{{run}}/approve")
async def approve(visitor: AtRisk, run: str, proposal: Annotated[str, Form(max_length=100)]) -> Response:
    """Let readers have what somebody else proposed."""
    await releases.approve(visitor.context, proposal)
    return to(f"{HERE}/{run}", done="run_approved")


@router.post(f"{HERE}/{{run}}/refuse")
async def refuse(
    visitor: AtRisk, run: str, proposal: Annotated[str, Form(max_length=100)], why: Why
) -> Response:
    """Refuse it, or take one's own proposal back."""
    await releases.refuse(visitor.context, proposal, why.strip())
    return to(f"{HERE}/{run}", done="run_refused")


async def _run(visitor: Visitor, run: str) -> Run:
    every = await releases.standing(visitor.context)
    found = releases.among(every, run)
    earlier = [one for one in every if _moment(one) < _moment(found)]
    shown = await asyncio.to_thread(_report, found, earlier[:PAST])
    ids = [one for each in found.releases for one in (each.proposed_by, each.decided_by)]
    ids += [furnisher["name"] for furnisher in shown.facts["furnishers"]]
    actor = visitor.context.actor
    mine = found.open is not None and found.open.proposed_by == actor.id
    names = await trail.names(visitor.context, ids)
    return Run(found, shown, names, mine, "risk" in actor.scopes)


def _moment(one: Standing) -> tuple[object, ...]:
    return one.run.as_of, one.run.known_at


def _report(found: Standing, earlier: Sequence[Standing]) -> Report:
    past = [report_of(one.run) for one in reversed(earlier)]
    return report(report_of(found.run), past)
