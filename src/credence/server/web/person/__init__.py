"""A person's pages, below /me: the score and what it rests on, who may see it, what is wrong, leaving."""

from fastapi import APIRouter

from credence.server.web.person import (
    account,
    change,
    deciding,
    disputes,
    downloads,
    facts,
    history,
    imports,
    lines,
    notices,
    score,
    sharing,
    statement,
    what_if,
)

ROUTERS: tuple[APIRouter, ...] = (
    score.router, lines.router, statement.router, change.router, history.router, what_if.router,
    facts.router, notices.router, imports.router, downloads.router,
    *sharing.ROUTERS, *account.ROUTERS, *deciding.ROUTERS, *disputes.ROUTERS,
)  # fmt: skip
