"""Routes: each translates in, calls one service, and translates out."""

from fastapi import APIRouter

from credence.server.api import (
    contesting,
    deciding,
    furnishing,
    health,
    keys,
    members,
    operators,
    parties,
    people,
    reading,
    tokens,
    viewer,
    whoami,
)

# Routes are looked for in this order: first what is asked most.
ROUTERS: tuple[APIRouter, ...] = (
    *reading.ROUTERS, *deciding.ROUTERS,
    whoami.router, tokens.router, keys.router, operators.router, parties.router,
    members.router, viewer.router,
    *people.ROUTERS, *contesting.ROUTERS, *furnishing.ROUTERS,
)  # fmt: skip
# What is asked most by far, and called straight away.
MOST = (reading.scores.ask, deciding.decisions.decide)
# Those that do not lie under /v1.
OUTSIDE: tuple[APIRouter, ...] = (tokens.root, health.router)
