"""Routes of policies and scorecards, their approval, that of runs, decisions, reviews and offers."""

from credence.server.api.deciding import approvals, decisions, offers, policies, reviews, run_requests, runs

ROUTERS = (
    decisions.router,
    policies.policies,
    policies.scorecards,
    approvals.router,
    runs.router,
    run_requests.router,
    reviews.router,
    offers.router,
)
