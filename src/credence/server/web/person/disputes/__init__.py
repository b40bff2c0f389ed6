"""What is wrong: contesting an event or a line, and the way of each dispute until it is decided."""

from fastapi import APIRouter

from credence.server.web.person.disputes import new, one

# The page of a new one lies where an id would stand, so it is looked for first.
ROUTERS: tuple[APIRouter, ...] = (new.router, one.router)
