"""What partners are told: events of their feeds, and the webhooks that say the same."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from credence.server.store.schema.base import metadata, seen_by

Moment = DateTime(timezone=True)

# A person is named by the id that the partner knows, and by nothing else. `position` is given when the
# partner (or the job) looks: numbers given at writing could become visible in another order.
outbox = Table(
    "outbox",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("number", BigInteger, Identity(), nullable=False),
    Column("position", BigInteger),
    Column("partner_id", Text, ForeignKey("partners.partner_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text),
    Column("sequence", BigInteger),
    Column("ids", JSONB, nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("uq_outbox_position", "partner_id", "position", unique=True),
    info=seen_by("partner_id"),
)
# How many events of a feed there were about one person: rows of one person are numbered without gaps.
outbox_subjects = Table(
    "outbox_subjects",
    metadata,
    Column("partner_id", Text, ForeignKey("partners.partner_id"), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
    info=seen_by("partner_id"),
)
# Secrets are encrypted with the bureau's key, not shown again; two live at once while they are changed.
webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    Column("endpoint_id", Text, primary_key=True),
    Column("partner_id", Text, ForeignKey("partners.partner_id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("kinds", ARRAY(Text), nullable=False),
    Column("secrets", ARRAY(LargeBinary), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    Column("why_disabled", Text),
    Column("removed_at", Moment),
    Index("ix_webhook_endpoints_partner", "partner_id"),
    info=seen_by("partner_id"),
)
# `state`: waiting, delivered, given_up. `next_at` is also the end of a claim: others take it up then.
deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", Text, primary_key=True),
    Column("partner_id", Text, ForeignKey("partners.partner_id"), nullable=False),
    Column("endpoint_id", Text, ForeignKey("webhook_endpoints.endpoint_id"), nullable=False),
    Column("event_id", Text, ForeignKey("outbox.event_id"), nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("ix_deliveries_waiting", "next_at", postgresql_where=text("state = 'waiting'")),
    Index("ix_deliveries_endpoint", "endpoint_id", "made_at"),
    info=seen_by("partner_id"),
)
# The delivery log: each try, with the status of the reply or why there was none.
delivery_tries = Table(
    "delivery_tries",
    metadata,
    Column("delivery_id", Text, ForeignKey("deliveries.delivery_id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("partner_id", Text, ForeignKey("partners.partner_id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Integer),
    Column("why", Text),
    Column("milliseconds", Integer, nullable=False),
    info=seen_by("partner_id", writes="append"),
)
