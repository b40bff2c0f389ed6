"""/operator: what waits, and how large the bureau is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from credence.server.services.operating import clocks, releases
from credence.server.services.operating.clocks import Counts
from credence.server.services.operating.releases import Standing
from credence.server.web.pages import page
from credence.server.web.visitor import AtOperator

router = APIRouter(include_in_schema=False)
# Disputes that have more days left are counted together.
DAYS = 14


@dataclass(frozen=True)
class Due:
    """Open disputes with so many days left; `late`: their day has passed, `last`: and all that are later."""

    days: int
    many: int
    late: bool = False
    last: bool = False

    @property
    def label(self) -> str:
        """What stands under its column."""
        return "<0" if self.late else f"{self.days}+" if self.last else f"{self.days}"


@dataclass(frozen=True)
class Overview:
    """What the first page shows."""

    counts: Counts
    runs: tuple[Standing, ...]
    newest: Standing | None
    shown: Standing | None
    due: tuple[Due, ...]

    @property
    def waits(self) -> bool:
        """Whether anything waits for somebody."""
        found = self.counts
        most = found.disputes or found.reviews or found.approvals or found.disowned or found.stopped
        return bool(self.runs or most)


@router.get("/operator")
async def overview(visitor: AtOperator) -> Response:
    """An operator's first page."""
    context, log = visitor.context, visitor.state.log
    runs = await releases.standing(context)
    shown = Overview(
        await clocks.counts(context, log),
        _waiting(runs),
        runs[0] if runs else None,
        next((run for run in runs if run.loaded_at is not None), None),
        due(await clocks.due_in(context, log)),
    )
    return page(visitor.seat, "operator/overview.html", seen=shown)


def _waiting(runs: Sequence[Standing]) -> tuple[Standing, ...]:
    """Runs that are newer than what readers have, and wait to be looked at."""
    found = []
    for run in runs:
        if run.loaded_at is not None:
            break
        if run.state in ("waiting", "proposed"):
            found.append(run)
    return tuple(found)


def due(found: Mapping[int, int]) -> tuple[Due, ...]:
    """Disputes by the days left: those that are late, each day from today on, and all later ones."""
    late = sum(many for days, many in found.items() if days < 0)
    later = sum(many for days, many in found.items() if days >= DAYS)
    each = [Due(days, found.get(days, 0)) for days in range(DAYS)]
    return (Due(-1, late, late=True), *each, Due(DAYS, later, last=True))
