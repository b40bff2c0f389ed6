"""The schema: tables by noun, and who may see their rows. Import it whole, so that every table is known."""

from credence.server.store.schema import (
    access,
    consents,
    decisions,
    disputes,
    furnishing,
    identity,
    messages,
    outbox,
    parties,
    releases,
    run_requests,
    scores,
    sign_in,
)
from credence.server.store.schema.base import metadata

__all__ = [
    "access",
    "consents",
    "decisions",
    "disputes",
    "furnishing",
    "identity",
    "messages",
    "metadata",
    "outbox",
    "parties",
    "releases",
    "run_requests",
    "scores",
    "sign_in",
]
