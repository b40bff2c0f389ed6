"""What people contest, each step of it, what came of it, and what may not come back."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
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

from credence.server.store.schema.base import metadata, only_the_system, seen_by

Moment = DateTime(timezone=True)


def _person() -> Column[str]:
    return Column("person_id", Text, ForeignKey("people.person_id"), nullable=False)


def _dispute() -> Column[str]:
    return Column("dispute_id", Text, ForeignKey("disputes.dispute_id"), nullable=False)


# `words` is the person's text, `statement` the one on file and `lacks` why it was found frivolous, each
# encrypted under the person's own key.
# `state`: open or closed; `outcome`: verified, modified, deleted, withdrawn, frivolous.
disputes = Table(
    "disputes",
    metadata,
    Column("dispute_id", Text, primary_key=True),
    _person(),
    Column("clock", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", LargeBinary, info={"sealed": "dispute:{dispute_id}"}),
    Column("scorecard", Text),
    Column("as_of", Date),
    Column("characteristic", Text),
    Column("state", Text, nullable=False, server_default="open"),
    Column("outcome", Text),
    Column("opened_at", Moment, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("tell_by", Date, nullable=False),
    Column("remind_on", Date, nullable=False),
    Column("escalate_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("results_by", Date),
    Column("extended", Boolean, nullable=False, server_default="false"),
    Column("reminded_at", Moment),
    Column("escalated_at", Moment),
    Column("closed_at", Moment),
    Column("statement", LargeBinary, info={"sealed": "statement:{dispute_id}"}),
    Column("lacks", LargeBinary, info={"sealed": "lacks:{dispute_id}"}),
    Index("ix_disputes_person", "person_id", "opened_at"),
    Index("ix_disputes_due", "due_on", postgresql_where=text("state = 'open'")),
    info=seen_by("person_id"),
)
# One event that a dispute is about. `furnisher` and `event_id` name it in the log; `furnisher_id` is whoever
# must answer, NULL where that is the bureau. Of a look at scores `inquiry_id` and `event_id` are the inquiry,
# and `furnisher` is whoever looked. An `appeal` was found right before: a reviewer decides. `answer`:
# verified, modified, deleted, unverifiable, silence, withdrawn, frivolous. `told` is what the furnisher said
# with it, encrypted under the person's key.
dispute_items = Table(
    "dispute_items",
    metadata,
    Column("item_id", Text, primary_key=True),
    _dispute(),
    _person(),
    Column("furnisher_id", Text, ForeignKey("furnishers.furnisher_id")),
    Column("furnisher", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("inquiry_id", Text, ForeignKey("inquiries.inquiry_id")),
    Column("appeal", Boolean, nullable=False, server_default="false"),
    Column("suspended_at", Moment),
    Column("seen_at", Moment),
    Column("answer", Text),
    Column("answered_at", Moment),
    Column("told", LargeBinary, info={"sealed": "answer:{item_id}"}),
    Column("correction_id", Text),
    Index("ix_dispute_items_dispute", "dispute_id"),
    Index("ix_dispute_items_inquiry", "inquiry_id", postgresql_where=text("inquiry_id IS NOT NULL")),
    Index(
        "ix_dispute_items_verified",
        "person_id", "furnisher", "event_id", postgresql_where=text("answer = 'verified'"),
    ),
    Index("ix_dispute_items_furnisher", "furnisher_id", postgresql_where=text("answer IS NULL")),
    Index(
        "uq_dispute_items_open",
        "person_id", "furnisher", "event_id",
        unique=True, postgresql_where=text("answer IS NULL"),
    ),
    info=seen_by("furnisher_id", "person_id"),
)  # fmt: skip
# Marks that the log may have while no dispute is kept yet: see `services/contesting/suspending.py`.
suspensions = Table(
    "suspensions",
    metadata,
    Column("item_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False, info={"export": False}),
    Column("furnisher", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    info=only_the_system(),
)
dispute_steps = Table(
    "dispute_steps",
    metadata,
    Column("step_id", Text, primary_key=True),
    Column("number", BigInteger, Identity(), nullable=False),
    _dispute(),
    _person(),
    Column("at", Moment, nullable=False),
    Column("what", Text, nullable=False),
    Column("details", JSONB, nullable=False),
    Index("ix_dispute_steps_dispute", "dispute_id", "number"),
    info=seen_by("person_id", writes="append"),
)
# The files lie encrypted in a folder; what is kept of one here is what it is and who opened it when.
dispute_files = Table(
    "dispute_files",
    metadata,
    Column("file_id", Text, primary_key=True),
    _dispute(),
    _person(),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Index("ix_dispute_files_dispute", "dispute_id"),
    info=seen_by("person_id"),
)
# `row_key` is the key of the row in the log that corrects: what follows from it is done once.
corrections = Table(
    "corrections",
    metadata,
    Column("correction_id", Text, primary_key=True),
    _person(),
    Column("made_at", Moment, nullable=False),
    Column("cause", Text, nullable=False),
    Column("furnisher", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("replaced_by", Text),
    Column("dispute_id", Text),
    Column("row_key", BigInteger, nullable=False, info={"export": False}),
    Column("moved", JSONB, nullable=False),
    Index("ix_corrections_person", "person_id", "made_at"),
    Index("ix_corrections_row", "row_key"),
    info=seen_by("person_id", writes="append", forgets=("moved", "[]")),
)
# Content that was retracted: it may come back only with its furnisher's certification.
tombstones = Table(
    "tombstones",
    metadata,
    Column("furnisher", Text, primary_key=True),
    Column("content", LargeBinary, primary_key=True),
    Column("furnisher_id", Text),
    Column("made_at", Moment, nullable=False),
    Column("certified_at", Moment),
    info=seen_by("furnisher_id"),
)
