"""The account: what is in it, what its owner was told, how they sign in, and how they leave."""

from fastapi import APIRouter

from credence.server.web.person.account import codes, identifiers, leave, means, messages, overview, passwords

ROUTERS: tuple[APIRouter, ...] = (
    overview.router, identifiers.router, means.router, passwords.router, messages.router, codes.router,
    leave.router,
)  # fmt: skip
