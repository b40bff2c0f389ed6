"""Who may see a page of the operators': those with a role."""

from typing import Annotated, Any

from fastapi import Depends

from credence.errors import NotAllowedError
from credence.server.web.visitor import AtOperator, Visitor


def in_role(*roles: str) -> Any:  # noqa: ANN401 - what FastAPI takes
    """A dependency that gives an operator with one of these roles.

    Raises:
        NotAllowedError: They have none of them.
    """

    async def checked(visitor: AtOperator) -> Visitor:
        if not visitor.context.actor.scopes & set(roles):
            sentence = f"This page is for operators with the role '{' or '.join(roles)}'."
            raise NotAllowedError(sentence)
        return visitor

    return Depends(checked, scope="function")


AtAdmin = Annotated[Visitor, in_role("admin")]
AtReviewer = Annotated[Visitor, in_role("reviewer")]
AtRisk = Annotated[Visitor, in_role("risk")]
AtSupport = Annotated[Visitor, in_role("support")]
