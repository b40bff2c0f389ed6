"""The operators' room, below /operator: what waits, each month's run, disputes, who may come, the trail."""

from fastapi import APIRouter

from credence.server.web.operator import (
    audit,
    definitions,
    disputes,
    jobs,
    overview,
    parties,
    people,
    reviews,
    runs,
    starting,
)

# Parties come last: their paths have the noun in them.
ROUTERS: tuple[APIRouter, ...] = (
    overview.router, runs.router, starting.router, definitions.router, disputes.router, reviews.router,
    audit.router, people.router, jobs.router, parties.router,
)  # fmt: skip
