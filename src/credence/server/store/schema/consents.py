"""Who may read what: consents, requests for them, who read, freezes and fraud alerts."""

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
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from credence.server.store.schema.base import metadata, seen_by

Moment = DateTime(timezone=True)
PERSON, PARTNER = "people.person_id", "partners.partner_id"

# One purpose, one level, one scorecard, one end; at the level `threshold` also the number that may be asked.
consents = Table(
    "consents",
    metadata,
    Column("consent_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey(PERSON), nullable=False),
    Column("partner_id", Text, ForeignKey(PARTNER), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("at_least", Integer),
    Column("scorecard", Text, nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("first_read_at", Moment),
    CheckConstraint("(level = 'threshold') = (at_least IS NOT NULL)", name="threshold"),
    CheckConstraint("ends_at > granted_at", name="ends"),
    Index("ix_consents_person", "person_id", "partner_id", "purpose"),
    Index("ix_consents_partner", "partner_id", "granted_at"),
    info=seen_by("person_id", "partner_id"),
)
# What a partner asked for. Without a person it is open: whoever is shown its id may grant it. Nothing is
# kept of a refusal: a request that is not granted lapses.
consent_requests = Table(
    "consent_requests",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("partner_id", Text, ForeignKey(PARTNER), nullable=False),
    Column("person_id", Text, ForeignKey(PERSON)),
    Column("open", Boolean, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("at_least", Integer),
    Column("scorecard", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("lapses_at", Moment, nullable=False),
    Column("consent_id", Text, ForeignKey("consents.consent_id")),
    Index("ix_consent_requests_person", "person_id", "lapses_at"),
    Index("ix_consent_requests_partner", "partner_id", "asked_at"),
    info=seen_by("person_id", "partner_id"),
)
# Each read of a score, in the transaction of the read; what was told, and of which moment.
inquiries = Table(
    "inquiries",
    metadata,
    Column("inquiry_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("reader_id", Text, nullable=False),
    Column("partner_id", Text),
    Column("purpose", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("consent_id", Text),
    Column("reason", Text),
    Column("hard", Boolean, nullable=False),
    Column("scorecard", Text),
    Column("as_of", Date),
    Column("known_at", Moment),
    Column("result", JSONB, nullable=False),
    Column("request_id", Text, nullable=False),
    Index("ix_inquiries_person", "person_id", "inquiry_id"),
    Index("ix_inquiries_partner", "partner_id", "inquiry_id"),
    info=seen_by("person_id", "partner_id", writes="append", forgets=("result", "{}")),
)
# Questions under a live consent that a freeze refused: who asked, and was told nothing.
refused = Table(
    "refused_inquiries",
    metadata,
    Column("inquiry_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("partner_id", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("scorecard", Text),
    Column("consent_id", Text, nullable=False),
    Index("ix_refused_inquiries_person", "person_id", "inquiry_id"),
    info=seen_by("person_id", writes="append"),
)
# "Not me": a person disowns a read; operators look at it.
disowned = Table(
    "disowned_inquiries",
    metadata,
    Column("inquiry_id", Text, ForeignKey("inquiries.inquiry_id"), primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    info=seen_by("person_id", writes="append"),
)
# One write each; a job tells partners and the person afterwards, and notes when.
freezes = Table(
    "freezes",
    metadata,
    Column("freeze_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey(PERSON), nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("lifted_at", Moment),
    Column("told_at", Moment, info={"export": False}),
    Column("lift_told_at", Moment, info={"export": False}),
    Index(
        "ix_freezes_untold",
        "set_at",
        postgresql_where="told_at IS NULL OR (lifted_at IS NOT NULL AND lift_told_at IS NULL)",
    ),
    Index("uq_freezes_person", "person_id", unique=True, postgresql_where="lifted_at IS NULL"),
    info=seen_by("person_id"),
)
# A freeze of everybody, set and lifted by operators: while one holds, no partner is told anything of anybody.
bureau_freezes = Table(
    "bureau_freezes",
    metadata,
    Column("freeze_id", Text, primary_key=True),
    Column("set_at", Moment, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("lifted_at", Moment),
    Column("lifted_by", Text),
    Index("uq_bureau_freezes_live", text("(true)"), unique=True, postgresql_where=text("lifted_at IS NULL")),
    info=seen_by(),
)
# Partners who may read in spite of a freeze, because the person says so.
freeze_exceptions = Table(
    "freeze_exceptions",
    metadata,
    Column("person_id", Text, ForeignKey(PERSON), primary_key=True),
    Column("partner_id", Text, ForeignKey(PARTNER), primary_key=True),
    Column("added_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    info=seen_by("person_id"),
)
fraud_alerts = Table(
    "fraud_alerts",
    metadata,
    Column("alert_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey(PERSON), nullable=False),
    Column("kind", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("lifted_at", Moment),
    Index("ix_fraud_alerts_person", "person_id", "ends_at"),
    info=seen_by("person_id"),
)
