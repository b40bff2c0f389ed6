"""Routes of people: enrolling, signing in, what they are known by, what they are told, leaving."""

from fastapi import APIRouter

from credence.server.api.people import (
    accounts,
    enrolments,
    identifiers,
    messages,
    passkeys,
    passwords,
    recoveries,
    sessions,
)

ROUTERS: tuple[APIRouter, ...] = (
    enrolments.router, accounts.router, identifiers.router, sessions.router, passkeys.router,
    passwords.router, recoveries.router, messages.router,
)  # fmt: skip
