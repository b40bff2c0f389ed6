"""/me/freeze: one switch that stops every read at once, with its proof, exceptions and fraud alerts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.server.services.context import Context
from credence.server.services.reading import consents, freezes
from credence.server.web.entry.door import inside, to
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson, AtPersonNow

router = APIRouter(include_in_schema=False)
HERE = "/me/freeze"
MOST = 200
DAYS = (7, 30, 90, 365)


@dataclass(frozen=True)
class Standing:
    """Whether scores are frozen, by whom, who is excepted and who could be, and fraud alerts, now.

    `frozen` counts a freeze of everybody, too. `partners` are those with a live consent, by id and name.
    """

    frozen: bool
    freeze: Mapping[str, Any] | None
    everybody: Mapping[str, Any] | None
    exceptions: tuple[Mapping[str, Any], ...]
    partners: tuple[tuple[str, str], ...]
    alerts: tuple[Mapping[str, Any], ...]
    kinds: tuple[str, ...]
    days: tuple[int, ...]
    person: str
    now: datetime


@router.get(HERE)
async def standing(visitor: AtPerson) -> Response:
    """The switch, and what it does."""
    return page(visitor.seat, "sharing/freeze.html", standing=await _standing(visitor.context))


@router.get(f"{HERE}/proof")
async def proof(visitor: AtPerson) -> Response:
    """How it stands now, to be printed."""
    return page(visitor.seat, "sharing/proof.html", standing=await _standing(visitor.context))


@router.post(HERE)
async def switch(
    visitor: AtPersonNow, on: Annotated[Literal["yes", "no"], Form()],
    leads: Annotated[str, Form(alias="to", max_length=200)] = HERE,
) -> Response:  # fmt: skip
    """Freeze, or lift the freeze, on a connection that no other work holds up."""
    if on == "yes":
        await freezes.freeze(visitor.context, visitor.context.actor.id)
    else:
        await freezes.thaw(visitor.context)
    return to(inside(leads), done="frozen" if on == "yes" else "thawed")


@router.post(f"{HERE}/exceptions")
async def except_partner(
    visitor: AtPerson, partner: Annotated[str, Form(max_length=40)],
    days: Annotated[int, Form(ge=1, le=365)],
) -> Response:  # fmt: skip
    """Let one partner read in spite of a freeze."""
    await freezes.except_partner(visitor.context, partner, visitor.context.now + timedelta(days=days))
    return to(HERE, done="excepted")


@router.post(f"{HERE}/exceptions/{{partner_id}}/end")
async def end_exception(visitor: AtPerson, partner_id: str) -> Response:
    """Let the freeze hold for it again."""
    await freezes.end_exception(visitor.context, partner_id)
    return to(HERE, done="exception_ended")


@router.post(f"{HERE}/alerts")
async def alert(visitor: AtPerson, kind: Annotated[str, Form(max_length=40)]) -> Response:
    """Put a fraud alert on file."""
    await freezes.alert(visitor.context, kind)
    return to(HERE, done="alert_set")


@router.post(f"{HERE}/alerts/{{alert_id}}/lift")
async def lift_alert(visitor: AtPerson, alert_id: str) -> Response:
    """Lift a fraud alert."""
    await freezes.lift_alert(visitor.context, alert_id)
    return to(HERE, done="alert_lifted")


async def _standing(context: Context) -> Standing:
    found = await freezes.standing(context)
    rows = await consents.listed(context, MOST)
    live = {
        row["partner_id"]: row["partner"]
        for row in rows
        if row["withdrawn_at"] is None and row["ends_at"] > context.now
    }
    excepted = {one["partner_id"] for one in found.exceptions}
    return Standing(
        found.freeze is not None or found.everybody is not None, found.freeze, found.everybody,
        tuple(found.exceptions), tuple(one for one in live.items() if one[0] not in excepted),
        tuple(found.alerts), tuple(freezes.ALERTS), DAYS, context.actor.id, context.now,
    )  # fmt: skip
