"""How people and operators sign in: passkeys, passwords, challenges that wait, accounts being recovered."""

from sqlalchemy import BigInteger, Column, DateTime, Index, LargeBinary, Table, Text

from credence.server.store.schema.base import metadata, only_the_system, seen_by

Moment = DateTime(timezone=True)

passkeys = Table(
    "passkeys",
    metadata,
    Column("passkey_id", Text, primary_key=True),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("actor", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("ix_passkeys_actor", "actor", "actor_id"),
    info=only_the_system(),
)
# What an authenticator must sign, once, for one act; taken away when it is used.
challenges = Table(
    "challenges",
    metadata,
    Column("challenge_id", Text, primary_key=True),
    Column("challenge", LargeBinary, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("actor", Text),
    Column("actor_id", Text),
    Column("ends_at", Moment, nullable=False),
    info=only_the_system(),
)
# A password counts only with the codes of an authenticator app, and once the first of them was shown.
passwords = Table(
    "passwords",
    metadata,
    Column("password_id", Text, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("totp", LargeBinary, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Index("ix_passwords_actor", "actor_id"),
    info=only_the_system(),
)
recoveries = Table(
    "recoveries",
    metadata,
    Column("recovery_id", Text, primary_key=True),
    Column("person_id", Text),
    Column("secret_hash", LargeBinary, info={"export": False}),
    Column("asked_at", Moment, nullable=False),
    Column("ready_at", Moment),
    Column("stopped_at", Moment),
    Column("done_at", Moment),
    Index("ix_recoveries_person", "person_id"),
    info=seen_by("person_id"),
)
