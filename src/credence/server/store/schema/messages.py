"""What people are told: alerts in the app, what they want by mail, and mails on their way."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, LargeBinary, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from credence.server.store.schema.base import metadata, only_the_system, seen_by

Moment = DateTime(timezone=True)

messages = Table(
    "messages",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("ids", JSONB, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("read_at", Moment),
    Index("ix_messages_person", "person_id", "told_at"),
    info=seen_by("person_id"),
)
message_choices = Table(
    "message_choices",
    metadata,
    Column("person_id", Text, ForeignKey("people.person_id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("mail", Boolean, nullable=False),
    Column("chosen_at", Moment, nullable=False),
    info=seen_by("person_id"),
)
# A mail to a person names them: the address is looked up when it goes out. One to somebody who is nobody
# here yet holds its address and text sealed under the bureau's own key, until it is sent. One to an operator
# says only that something waits.
mails = Table(
    "mails",
    metadata,
    Column("mail_id", Text, primary_key=True),
    Column("person_id", Text, info={"export": False}),
    Column("operator_id", Text),
    Column("sealed", LargeBinary),
    Column("made_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("sent_at", Moment),
    Column("given_up_at", Moment),
    Index("ix_mails_operator", "operator_id", postgresql_where=text("operator_id IS NOT NULL")),
    Index("ix_mails_due", "next_at", postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL")),
    info=only_the_system(),
)
