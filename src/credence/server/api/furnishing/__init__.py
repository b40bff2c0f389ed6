"""Routes of events, receipts and imports; of notices; of how furnishers get to know people."""

from credence.server.api.furnishing import events, evidence, furnishers, imports, links, notices, receipts

ROUTERS = (
    events.router, receipts.router, imports.router, evidence.router, furnishers.router, notices.router,
    links.router,
)  # fmt: skip
