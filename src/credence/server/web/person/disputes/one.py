"""/me/disputes: each dispute with what holds now, its way so far, its files, and its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import Response

from credence.server.services.contesting import evidence, finding, own_steps, preview, telling
from credence.server.services.contesting.preview import Preview
from credence.server.services.furnishing.evidence import BYTES_MOST
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
HERE = "/me/disputes"
A_PAGE = 20
Words = Annotated[str, Form(max_length=10_000)]


@dataclass(frozen=True)
class Disputed:
    """A dispute as it is told, what winning would still do to each score, and the titles of its kinds."""

    told: Mapping[str, Any]
    previews: tuple[Preview, ...]
    titles: Mapping[str, str]

    @property
    def open(self) -> bool:
        """Whether it is not decided yet."""
        return _open(self.told)


@router.get(HERE)
async def listed(visitor: AtPerson, after: Annotated[str | None, Query(max_length=100)] = None) -> Response:
    """Every dispute of the person's, the latest first."""
    found = await finding.listed(visitor.context, after, A_PAGE)
    next_page = found[-1]["dispute_id"] if len(found) == A_PAGE else None
    return page(visitor.seat, "disputes/list.html", found=found, next_page=next_page)


@router.get(f"{HERE}/{{dispute_id}}")
async def one(visitor: AtPerson, dispute_id: str) -> Response:
    """A dispute: first in one sentence how it stands."""
    found = await finding.one(visitor.context, dispute_id)
    told = await telling.shown(visitor.context, visitor.state, found)
    previews = await preview.preview(visitor.context, visitor.state, dispute_id) if _open(told) else []
    kinds = visitor.state.log.vocabulary.kinds
    titles = {item["kind"]: kinds[item["kind"]].title for item in told["items"]}
    shown = Disputed(told, tuple(previews), titles)
    return page(visitor.seat, "disputes/one.html", dispute=shown)


@router.get(f"{HERE}/{{dispute_id}}/files/{{file_id}}")
async def file(visitor: AtPerson, dispute_id: str, file_id: str) -> Response:
    """A file of it, to be kept and not shown in the page's own window."""
    found = await evidence.opened(visitor.context, visitor.state, dispute_id, file_id)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(found.content, 200, headers, found.media_type)


@router.post(f"{HERE}/{{dispute_id}}/files")
async def add_files(
    visitor: AtPerson, dispute_id: str, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Add files to it."""
    for added in files:
        content = await added.read(BYTES_MOST + 1)
        await evidence.add(visitor.context, visitor.state, dispute_id, content)
    return to(f"{HERE}/{dispute_id}", done="file_added")


@router.post(f"{HERE}/{{dispute_id}}/information")
async def add_information(visitor: AtPerson, dispute_id: str, text: Words) -> Response:
    """Add to what was said."""
    await own_steps.add_information(visitor.context, visitor.state, dispute_id, text.strip())
    return to(f"{HERE}/{dispute_id}", done="information_added")


@router.post(f"{HERE}/{{dispute_id}}/withdraw")
async def withdraw(visitor: AtPerson, dispute_id: str) -> Response:
    """Let it be."""
    await own_steps.withdraw(visitor.context, visitor.state, dispute_id)
    return to(f"{HERE}/{dispute_id}", done="dispute_withdrawn")


@router.post(f"{HERE}/{{dispute_id}}/statement")
async def put_statement(visitor: AtPerson, dispute_id: str, text: Words = "") -> Response:
    """Put a statement on file, or remove it."""
    await own_steps.state_own_view(visitor.context, visitor.state, dispute_id, text)
    return to(f"{HERE}/{dispute_id}", done="statement")


def _open(told: Mapping[str, Any]) -> bool:
    return bool(told["state"] == "open")
