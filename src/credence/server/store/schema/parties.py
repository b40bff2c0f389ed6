"""Who there is: people, partners, furnishers, operators; the keys they come with; what was done by whom."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from credence.server.store.schema.base import metadata, only_the_system, seen_by

Moment = DateTime(timezone=True)

# `log_id` is the person's pseudonym in the event log: nothing else ties the two together.
people = Table(
    "people",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("log_id", Text, nullable=False, unique=True),
    Column("enrolled_at", Moment, nullable=False),
    Column("language", Text, nullable=False, server_default="en"),
    Column("left_at", Moment),
    Column("erased_at", Moment),
    info=seen_by("person_id"),
)
partners = Table(
    "partners",
    metadata,
    Column("partner_id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("purposes", ARRAY(Text), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("ended_at", Moment),
    info=seen_by("partner_id"),
)
furnishers = Table(
    "furnishers",
    metadata,
    Column("furnisher_id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kinds", ARRAY(Text), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("ended_at", Moment),
    info=seen_by("furnisher_id"),
)
# `mail` is an operator's address, encrypted under a key of theirs.
operators = Table(
    "operators",
    metadata,
    Column("operator_id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("roles", ARRAY(Text), nullable=False),
    Column("mail", LargeBinary),
    Column("added_at", Moment, nullable=False),
    Column("ended_at", Moment),
    info=seen_by("operator_id"),
)
# Those who act for a partner or furnisher at its pages.
members = Table(
    "members",
    metadata,
    Column("member_id", Text, primary_key=True),
    Column("party", Text, nullable=False),
    Column("party_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("party_id", "name"),
    info=only_the_system(),
)
# The id under which one partner (or furnisher) knows a person; another knows another.
pairwise = Table(
    "pairwise",
    metadata,
    Column("party_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.person_id"), primary_key=True),
    Column("known_as", Text, nullable=False, unique=True),
    info=only_the_system(),
)
# Opaque keys and sessions: only the SHA-256 of what is shown is kept. `proof` is the key a token is bound to,
# `member_id` whoever signed in with it to act for a partner or furnisher.
tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("key_id", Text, nullable=False, unique=True),
    Column("actor", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("test", Boolean, nullable=False, server_default="false"),
    Column("proof", Text),
    Column("member_id", Text),
    Index("ix_tokens_actor", "actor", "actor_id"),
    Index("ix_tokens_member", "member_id", postgresql_where=text("member_id IS NOT NULL")),
    info=only_the_system(),
)
audit = Table(
    "audit",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("person_id", Text),
    Column("partner_id", Text),
    Column("details", JSONB, nullable=False),
    Index("ix_audit_person", "person_id", "at"),
    info=seen_by("person_id", writes="append"),
)
