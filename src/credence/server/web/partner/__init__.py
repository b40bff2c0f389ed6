"""The desk of a partner, below /partner: what waits, consents, questions, decisions, policies, offers."""

from fastapi import APIRouter

from credence.server.web import keys
from credence.server.web.partner import (
    ask,
    deciding,
    decisions,
    offers,
    overview,
    people,
    policies,
    requests,
    settling,
    webhooks,
    writing,
)

# What is new comes before what is there: the word stands where an id does.
ROUTERS: tuple[APIRouter, ...] = (
    overview.router, people.router, requests.router, ask.router, deciding.router, decisions.router,
    settling.router, writing.router, policies.router, offers.router, webhooks.router,
    keys.routes("partner"),
)  # fmt: skip
