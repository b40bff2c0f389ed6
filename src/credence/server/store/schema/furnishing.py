"""What furnishers send, what became of it, whom they know, and what people are told of before it counts."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from credence.server.store.schema.base import metadata, seen_by

Moment = DateTime(timezone=True)
COUNTS = ("accepted", "known", "conflicts", "rejected")


def _furnisher() -> Column[str]:
    return Column("furnisher_id", Text, ForeignKey("furnishers.furnisher_id"), nullable=False)


def _counts() -> list[Column[int]]:
    return [Column(name, Integer, nullable=False, server_default="0") for name in COUNTS]


# `body` is what was sent, as it came, until it is done; `results` is what became of each row, from then on.
receipts = Table(
    "receipts",
    metadata,
    Column("receipt_id", Text, primary_key=True),
    _furnisher(),
    Column("received_at", Moment, nullable=False),
    Column("form", Text, nullable=False),
    Column("body", LargeBinary),
    Column("rows", Integer, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("done_at", Moment),
    Column("results", LargeBinary),
    *_counts(),
    Index("ix_receipts_waiting", "tries", "receipt_id", postgresql_where=text("done_at IS NULL")),
    Index("ix_receipts_furnisher", "furnisher_id", "receipt_id"),
    info=seen_by("furnisher_id"),
)
# The file and its rejects lie in a folder. `state`: waiting, done or failed; `why` says what failed.
imports = Table(
    "imports",
    metadata,
    Column("import_id", Text, primary_key=True),
    _furnisher(),
    Column("received_at", Moment, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("why", Text),
    Column("rows", Integer),
    Column("rows_done", Integer, nullable=False, server_default="0"),
    Column("done_at", Moment),
    *_counts(),
    Index("ix_imports_waiting", "import_id", postgresql_where=text("state = 'waiting'")),
    Index("ix_imports_furnisher", "furnisher_id", "import_id"),
    info=seen_by("furnisher_id"),
)
# One event that speaks against a person, and the day from which it counts. `evidence` is the furnisher's.
notices = Table(
    "notices",
    metadata,
    Column("notice_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False),
    Column("furnisher", Text, ForeignKey("furnishers.furnisher_id"), nullable=False),
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("occurred_at", Text, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("counts_from", Date, nullable=False),
    Column("reminded_at", Moment),
    Column("evidence", LargeBinary, nullable=False, info={"sealed": "notice:{notice_id}"}),
    UniqueConstraint("furnisher", "event_id"),
    Index("ix_notices_person", "person_id", "notice_id"),
    Index("ix_notices_due", "counts_from", postgresql_where=text("reminded_at IS NULL")),
    info=seen_by("person_id"),
)
# A code that a person gives to one furnisher, by which it gets to know the person; only its HMAC is kept.
furnisher_links = Table(
    "furnisher_links",
    metadata,
    Column("code", LargeBinary, primary_key=True, info={"export": False}),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False),
    Column("furnisher", Text, ForeignKey("furnishers.furnisher_id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("ix_furnisher_links_person", "person_id", "made_at"),
    info=seen_by("person_id", operators=False),
)
# A file that a furnisher gives as evidence about a person; it lies in a folder, encrypted with their key.
event_evidence = Table(
    "event_evidence",
    metadata,
    Column("evidence_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False),
    Column("furnisher", Text, ForeignKey("furnishers.furnisher_id"), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
    Index("ix_event_evidence_person", "person_id"),
    info=seen_by("person_id", operators=False),
)
# What somebody brought themselves, from a statement or a bill of theirs: `events` are the ids of the events
# that were made of it, all by one furnisher, `self:` with the form. The file itself is nowhere.
own_imports = Table(
    "own_imports",
    metadata,
    Column("import_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False),
    Column("form", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("number", Integer, nullable=False),
    Column("events", LargeBinary, nullable=False, info={"sealed": "own_import:{import_id}"}),
    Index("ix_own_imports_person", "person_id", "import_id"),
    info=seen_by("person_id", operators=False),
)
