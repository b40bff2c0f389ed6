"""Who people are: the keys of their fields, what they are known by, codes that were sent, tries."""

from sqlalchemy import Column, DateTime, ForeignKey, Index, LargeBinary, Table, Text, text

from credence.server.store.schema.base import metadata, only_the_system, seen_by

Moment = DateTime(timezone=True)

# One key a person, operator or the bureau itself, wrapped by the master key `master`; erasing removes it.
data_keys = Table(
    "data_keys",
    metadata,
    Column("owner_id", Text, primary_key=True),
    Column("master", Text),
    Column("wrapped", LargeBinary),
    Column("made_at", Moment, nullable=False),
    Column("destroyed_at", Moment),
    Index("ix_data_keys_master", "master"),
    info=only_the_system(),
)
# `lookup` is an HMAC of the kind and the value. A value is one person's only, from when it is held: a
# document number at once, a phone number or an address once it was confirmed.
identifiers = Table(
    "identifiers",
    metadata,
    Column("identifier_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("lookup", LargeBinary, nullable=False, info={"export": False}),
    Column(
        "sealed",
        LargeBinary,
        nullable=False,
        info={"sealed": "identifier:{identifier_id}", "shown_as": "value"},
    ),
    Column("added_at", Moment, nullable=False),
    Column("held_at", Moment),
    Index("uq_identifiers_held", "lookup", unique=True, postgresql_where=text("held_at IS NOT NULL")),
    Index("ix_identifiers_person", "person_id"),
    info=seen_by("person_id", operators=False),
)
# A code is for one purpose and one subject, is used once, and only its HMAC is kept.
codes = Table(
    "codes",
    metadata,
    Column("code_id", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("used_at", Moment),
    info=only_the_system(),
)
# Tries to sign in and to guess codes; `subject` is an HMAC of an account, an address or a code's id.
attempts = Table(
    "attempts",
    metadata,
    Column("attempt_id", Text, primary_key=True),
    Column("subject", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_attempts_subject", "subject", "at"),
    info=only_the_system(),
)
# Pseudonyms of erased people whose events are still in the event log; gone as soon as those are.
erasures = Table(
    "erasures",
    metadata,
    Column("log_id", Text, primary_key=True),
    Column("whose", Text, nullable=False),
    Column("erased_at", Moment, nullable=False),
    info=only_the_system(),
)
