"""/demo: the guide of a demonstration, where anybody signs in as anybody; no other bureau has it."""

from fastapi import FastAPI

from credence.server.web.guide import routes
from credence.server.web.guide.walk import Guide, Somebody

__all__ = ["Guide", "Somebody", "add_guide"]


def add_guide(app: FastAPI, guide: Guide) -> None:
    """Give an application the guide's pages: only for one in which everybody is made up."""
    app.state.guide = guide
    app.router.routes.extend(routes.router.routes)
