"""Pages: each gets one value of the services, does no arithmetic, works without script, and prints."""

from fastapi import APIRouter

from credence.server.web import assets, entry, furnisher, operator, partner, person

ROUTERS: tuple[APIRouter, ...] = (
    assets.router, *entry.ROUTERS, *person.ROUTERS, *partner.ROUTERS, *furnisher.ROUTERS, *operator.ROUTERS,
)  # fmt: skip
