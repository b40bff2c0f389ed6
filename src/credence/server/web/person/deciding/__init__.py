"""What is decided about a person: offers with their rule, decisions with their clauses, and a human look."""

from fastapi import APIRouter

from credence.server.web.person.deciding import decisions, offers

ROUTERS: tuple[APIRouter, ...] = (offers.router, decisions.router)
