"""How parties come in: their public keys, rates, what was seen already, and replies that are given again."""

from sqlalchemy import ARRAY, DDL, Column, DateTime, Index, Integer, LargeBinary, Table, Text, event
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
# Claims an Idempotency-Key until the transaction ends, and finds the reply it had: one statement, but the
# reply is looked for after the claim, as a volatile function sees what was committed until then.
CLAIM = """
CREATE FUNCTION credence_claim(
  of_actor text, key text, since timestamptz,
  OUT key_hash bytea, OUT free boolean, OUT request_hash bytea, OUT reply bytea
) LANGUAGE plpgsql VOLATILE STRICT AS $$ BEGIN
    key_hash := sha256(convert_to(of_actor || ' ' || key, 'UTF8'));
    free := pg_try_advisory_xact_lock(('x' || encode(substr(key_hash, 1, 8), 'hex'))::bit(64)::bigint);
    IF free THEN
      SELECT r.request_hash, r.reply INTO request_hash, reply FROM replies AS r
      WHERE r.actor_id = of_actor AND r.key_hash = credence_claim.key_hash AND r.made_at > since;
    END IF;
  END $$;
"""
event.listen(metadata, "after_create", DDL(CLAIM))  # type: ignore[no-untyped-call]
# Links with which operators and members sign in, each once; only the hash is kept.
links = Table(
    "links",
    metadata,
    Column("link_hash", LargeBinary, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("used_at", Moment),
    info=only_the_system(),
)
