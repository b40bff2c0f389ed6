"""/me/disputes/new: this is wrong: what it would do to the score, why, in words, with files."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from fastapi.responses import Response

from credence.errors import NoSuchThingError
from credence.server.services.contesting import evidence, opening, preview
from credence.server.services.contesting.contested import Line, Named
from credence.server.services.contesting.opening import Asked
from credence.server.services.contesting.preview import Preview
from credence.server.services.contesting.rules.reasons import REASONS
from credence.server.services.furnishing.evidence import BYTES_MOST
from credence.server.services.reading import consents, scores
from credence.server.services.reading.named import names_of
from credence.server.services.reading.statements import today
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)
HERE = "/me/disputes/new"
Named_ = Annotated[str, Query(max_length=401)]
Name = Annotated[str, Query(max_length=100)]
WORDS_MOST = 10_000


@dataclass(frozen=True)
class Meant:
    """What a query says is wrong: an event as furnisher/event_id, or a line of a scorecard's statement."""

    event: Named_ = ""
    line: Name = ""
    scorecard: Name = ""
    as_of: date | None = None

    @property
    def query(self) -> str:
        """The same as a query again."""
        said = {name: value for name, value in vars(self).items() if value}
        return urlencode(said)


Means = Annotated[Meant, Depends()]


@dataclass(frozen=True)
class Wrong:
    """What is contested: its furnisher and name for an event, the characteristic for a line.

    Attributes:
        query: The query by which this page knows it.
        furnisher: Whose event it is; None for a line.
        previews: What winning would do to each score.
        reasons: Why it can be contested.
    """

    query: str
    furnisher: str | None
    previews: tuple[Preview, ...]
    reasons: tuple[str, ...] = tuple(REASONS)


@router.get(HERE)
async def new(visitor: AtPerson, meant: Means) -> Response:
    """Say what is wrong; nothing is sent before the button is pressed."""
    what = await _what(visitor, meant)
    previews = await preview.beforehand(visitor.context, visitor.state, what)
    furnisher = None
    if isinstance(what, Named):
        furnisher = (await names_of(visitor.context, [what.furnisher]))[what.furnisher]
    return page(visitor.seat, "disputes/new.html", wrong=Wrong(meant.query, furnisher, tuple(previews)))


@router.post(HERE)
async def send(
    visitor: AtPerson,
    meant: Means,
    reason: Annotated[str, Form(max_length=50)],
    text: Annotated[str, Form(max_length=WORDS_MOST)] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Open the dispute, with its files: all of it or nothing."""
    what = await _what(visitor, meant)
    if reason not in REASONS:
        kind = "reason"
        raise NoSuchThingError(kind, reason)
    dispute = await opening.open_dispute(visitor.context, visitor.state, Asked(what, reason, text.strip()))
    for file in files or ():
        content = await file.read(BYTES_MOST + 1)
        # A browser sends a field without a file as an empty one.
        if file.filename or content:
            await evidence.add(visitor.context, visitor.state, dispute, content)
    return to(f"/me/disputes/{dispute}", done="disputed")


async def _what(visitor: Visitor, meant: Meant) -> Line | Named:
    """What is meant; a line without a day is of the newest score.

    Raises:
        NoSuchThingError: Nothing is.
    """
    furnisher, _, name = meant.event.partition("/")
    if furnisher and name:
        return Named(furnisher, name)
    if not meant.line or not meant.scorecard:
        kind = "event"
        raise NoSuchThingError(kind, meant.event)
    as_of = meant.as_of
    if as_of is None:
        grant = await consents.own(visitor.context)
        newest = await scores.current(visitor.context, grant, meant.scorecard)
        as_of = today(visitor.context, visitor.state.log) if newest is None else newest.as_of
    return Line(meant.scorecard, as_of, meant.line)
