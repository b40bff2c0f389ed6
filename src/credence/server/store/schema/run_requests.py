"""Runs that were asked for: by an operator, or by the bureau itself on the day that they are due."""

from sqlalchemy import CheckConstraint, Column, Date, DateTime, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from credence.server.store.schema.base import metadata, seen_by

Moment = DateTime(timezone=True)

# `known_at` is that of the run where it is to be another than the day's last one. `accepted` is why scores
# are published although limits held them back; then `run` says from the beginning which these are.
run_requests = Table(
    "run_requests",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("known_at", Moment),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("accepted", Text),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("sentences", JSONB, nullable=False, server_default="[]"),
    Column("run", Text),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("begun_at", Moment),
    Column("ended_at", Moment),
    Index("uq_run_requests_open", "as_of", unique=True, postgresql_where="state IN ('waiting', 'running')"),
    CheckConstraint("state IN ('waiting', 'running', 'made', 'held_back', 'failed')", name="state"),
    info=seen_by(),
)
