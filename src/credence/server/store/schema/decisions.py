"""What partners decide by, what was decided, who looked at it again, and what is offered."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy import LargeBinary as Bytes
from sqlalchemy.dialects.postgresql import JSONB

from credence.server.store.schema.base import metadata, seen_by

Moment = DateTime(timezone=True)
PERSON, PARTNER = "people.person_id", "partners.partner_id"

# Policies and scorecards of partners, one row a version. A draft may be written anew; what is published never
# changes. `card` is the text of the partner's own scorecard that a policy decides on, as it was.
# `state`: draft, published, retired.
definitions = Table(
    "definitions",
    metadata,
    Column("definition_id", Text, primary_key=True),
    Column("partner_id", Text, ForeignKey(PARTNER), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("card", Text),
    Column("definition_hash", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="draft"),
    Column("added_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("retired_at", Moment),
    Index("uq_definitions_version", "partner_id", "kind", "name", "version", unique=True),
    CheckConstraint("state IN ('draft', 'published', 'retired')", name="state"),
    info=seen_by("partner_id"),
)
# Two operators publish: one proposes, another approves; the database holds them apart as well.
approvals = Table(
    "approvals",
    metadata,
    Column("approval_id", Text, primary_key=True),
    Column("definition_id", Text, ForeignKey("definitions.definition_id"), nullable=False),
    Column("definition_hash", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("dry_run", JSONB, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("approved", Boolean),
    Column("why", Text),
    Index("uq_approvals_open", "definition_id", unique=True, postgresql_where="decided_at IS NULL"),
    CheckConstraint("approved IS NOT TRUE OR decided_by <> proposed_by", name="two_people"),
    info=seen_by(),
)
# What anybody may know of a decision who may know of it at all: nothing here says what the score was.
decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey(PERSON), nullable=False),
    Column("partner_id", Text, ForeignKey(PARTNER), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("policy", Text, nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("policy_hash", Text, nullable=False),
    Column("scorecard", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("consent_id", Text, nullable=False),
    Column("inquiry_id", Text, nullable=False),
    Column("statement_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("meaning", Text, nullable=False),
    Index("ix_decisions_person", "person_id", "decision_id"),
    Index("ix_decisions_partner", "partner_id", "decision_id"),
    info=seen_by("person_id", "partner_id", writes="append"),
)
# Everything else about it, encrypted under the person's key: what is erased cannot be read here, either.
decision_details = Table(
    "decision_details",
    metadata,
    Column("decision_id", Text, ForeignKey("decisions.decision_id"), primary_key=True),
    Column("person_id", Text, ForeignKey(PERSON), nullable=False),
    Column("sealed", Bytes, nullable=False, info={"sealed": "decision:{decision_id}"}),
    info=seen_by("person_id", writes="append"),
)
# A person asks that somebody looks at a decision; `words` is encrypted under the person's key.
# `answer`: upheld or overridden, or withdrawn with whoever asked; an override holds until `ends_on`, and the
# decision itself stays. Accepted or declined: by the partner, of what its policy passed on to somebody.
reviews = Table(
    "reviews",
    metadata,
    Column("review_id", Text, primary_key=True),
    Column("decision_id", Text, ForeignKey("decisions.decision_id"), nullable=False),
    Column("person_id", Text, ForeignKey(PERSON), nullable=False),
    Column("partner_id", Text, ForeignKey(PARTNER), nullable=False),
    Column("words", Bytes, info={"sealed": "review:{review_id}"}),
    Column("asked_at", Moment, nullable=False),
    Column("remind_on", Date, nullable=False),
    Column("escalate_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("reminded_at", Moment),
    Column("escalated_at", Moment),
    Column("late_at", Moment),
    Column("opened_at", Moment),
    Column("answer", Text),
    Column("answered_at", Moment),
    Column("answered_by", Text),
    Column("outcome", Text),
    Column("reason", Text),
    Column("ends_on", Date),
    Index("uq_reviews_open", "decision_id", unique=True, postgresql_where="answered_at IS NULL"),
    Index(
        "uq_reviews_settled",
        "decision_id",
        unique=True,
        postgresql_where="answer IN ('accepted', 'declined')",
    ),
    Index("ix_reviews_person", "person_id", "review_id"),
    Index("ix_reviews_partner", "partner_id", "review_id"),
    Index("ix_reviews_overrides", "person_id", "partner_id", postgresql_where="answer = 'overridden'"),
    CheckConstraint("(answer = 'overridden') = (ends_on IS NOT NULL)", name="ends"),
    info=seen_by("person_id", "partner_id"),
)
# What a partner offers to everybody who meets a published policy.
offers = Table(
    "offers",
    metadata,
    Column("offer_id", Text, primary_key=True),
    Column("partner_id", Text, ForeignKey(PARTNER), nullable=False),
    Column("policy", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("sponsored", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("closed_at", Moment),
    Index("ix_offers_partner", "partner_id", "offer_id"),
    CheckConstraint("ends_on >= starts_on", name="days"),
    info=seen_by("partner_id"),
)
