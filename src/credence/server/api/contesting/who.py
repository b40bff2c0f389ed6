"""Who may use a route that is for several kinds of actors, each with a scope of its own."""

from typing import Annotated, Any

from fastapi import Depends, Query

from credence.errors import NotAllowedError
from credence.server.api.dependencies import context_of
from credence.server.services.context import Context

Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]


def allowed(**scopes: str) -> Any:  # noqa: ANN401 - what FastAPI takes
    """A dependency that gives the context of actors of these kinds who have their scope; "" needs none."""

    async def checked(
        context: Annotated[Context, Depends(context_of(*scopes), scope="function")],
    ) -> Context:
        needed = scopes[context.actor.kind]
        if needed and needed not in context.actor.scopes:
            sentence = f"The key lacks the scope '{needed}'."
            raise NotAllowedError(sentence)
        return context

    checked.scopes = scopes  # type: ignore[attr-defined]
    return Depends(checked, scope="function")
