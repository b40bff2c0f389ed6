"""What partners can be told about: the closed list of kinds of events in feeds and webhooks."""

KINDS = (
    "score.changed", "statement.ready", "event.added", "event.corrected",
    "dispute.opened", "dispute.due", "dispute.decided", "consent.granted", "consent.revoked",
    "decision.reviewed", "freeze.set", "freeze.lifted", "list_entry.added", "list_entry.removed",
    "match.cleared", "offer.opened", "offer.closed", "model.published",
)  # fmt: skip
# What a test send says; it stands in no feed.
TEST = "endpoint.test"
