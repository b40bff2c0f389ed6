"""What every desk shares that answers disputes: the files of one, and what was looked into, line by line."""

from fastapi.responses import Response

from credence.server.services.contesting import evidence
from credence.server.web.visitor import Visitor

LINES_MOST, LINE_LONGEST = 10, 300
KEPT = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}


async def file_of(visitor: Visitor, dispute_id: str, file_id: str) -> Response:
    """A file of a dispute, to be kept and never shown by the browser; the person sees when it was opened.

    Raises:
        NoSuchThingError: There is none that whoever looks may see.
    """
    found = await evidence.opened(visitor.context, visitor.state, dispute_id, file_id)
    return Response(found.content, 200, KEPT, found.media_type)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, as many and as long as an answer may have."""
    said = [line.strip()[:LINE_LONGEST] for line in text.splitlines() if line.strip()]
    return tuple(said[:LINES_MOST])
