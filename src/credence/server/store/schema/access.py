"""How parties come in: their public keys, rates, what was seen already, and replies that are given again."""

from sqlalchemy import ARRAY, Column, DateTime, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from credence.server.store.schema.base import metadata, only_the_system

Moment = DateTime(timezone=True)

# Public keys with which partners and furnishers sign; what they may ask a token for.
public_keys = Table(
    "public_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("jwk", JSONB, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index("ix_public_keys_actor", "actor_id"),
    info=only_the_system(),
)
# Whoever may ask more often, or less, than others.
rates = Table(
    "rates",
    metadata,
    Column("actor_id", Text, primary_key=True),
    Column("a_minute", Integer, nullable=False),
    info=only_the_system(),
)
# Assertions and proofs that were used: each is taken once.
seen = Table(
    "seen",
    metadata,
    Column("what", LargeBinary, primary_key=True),
    Column("ends_at", Moment, nullable=False, index=True),
    info=only_the_system(),
)
# Replies by Idempotency-Key, encrypted with a key that only whoever knows the Idempotency-Key can have made.
replies = Table(
    "replies",
    metadata,
    Column("actor_id", Text, primary_key=True),
    Column("key_hash", LargeBinary, primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False, index=True),
    info=only_the_system(),
)
# Links with which operators sign in, each once; only the hash is kept.
links = Table(
    "links",
    metadata,
    Column("link_hash", LargeBinary, primary_key=True),
    Column("operator_id", Text, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("used_at", Moment),
    info=only_the_system(),
)
