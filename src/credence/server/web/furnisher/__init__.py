"""A furnisher's desk, below /furnisher: what waits, events sent, people known, disputes answered, keys."""

from fastapi import APIRouter

from credence.server.web import keys
from credence.server.web.furnisher import disputes, evidence, overview, people, receipts, sending

ROUTERS: tuple[APIRouter, ...] = (
    overview.router, sending.router, evidence.router, receipts.router, people.router, disputes.router,
    keys.routes("furnisher"),
)  # fmt: skip
