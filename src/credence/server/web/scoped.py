"""Who may see a page of a partner or furnisher: those who act for one and have the scope that it needs."""

from typing import Annotated, Any, Literal

from fastapi import Depends

from credence.errors import NotAllowedError
from credence.server.web.visitor import Visitor, visiting


def with_scope(kind: Literal["partner", "furnisher"], scope: str) -> Any:  # noqa: ANN401 - what FastAPI takes
    """A dependency that gives a visitor who acts for a partner, or a furnisher, with a scope.

    Raises:
        NotAllowedError: They lack the scope.
    """

    async def checked(visitor: Annotated[Visitor, Depends(visiting(kind), scope="function")]) -> Visitor:
        if scope not in visitor.context.actor.scopes:
            sentence = f"You need the scope '{scope}' for this. Ask the bureau for it."
            raise NotAllowedError(sentence)
        return visitor

    return Depends(checked, scope="function")
