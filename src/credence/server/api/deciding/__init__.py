"""Routes of policies and scorecards, their approval, decisions, reviews and offers."""

from credence.server.api.deciding import approvals, decisions, offers, policies, reviews

ROUTERS = (
    decisions.router,
    policies.policies,
    policies.scorecards,
    approvals.router,
    reviews.router,
    offers.router,
)
