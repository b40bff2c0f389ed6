"""Scores: those published by runs, a partition a run, and those evaluated for one person on demand."""

from sqlalchemy import DDL, BigInteger, Column, Date, DateTime, ForeignKey, Index, Integer, Table, Text, event

from credence.server.store.schema.base import metadata, only_the_system, seen_by
from credence.server.store.schema.partitions import FUNCTIONS

Moment = DateTime(timezone=True)

# What one scorecard gave in one published run; its rows in `scores` carry its number.
publications = Table(
    "publications",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", Text, nullable=False),
    Column("run_hash", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("scorecard", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("definition_hash", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("known_at", Moment, nullable=False),
    Column("snapshot", BigInteger),
    Column("people", Integer, nullable=False),
    Column("published_at", Moment, nullable=False),
    Index("uq_publications_moment", "scorecard", "as_of", "known_at", unique=True),
    info=only_the_system(),
)
# `reasons` is a JSON list of codes; `lines` one with [answer, attribute, points] for each characteristic,
# in the scorecard's order.
scores = Table(
    "scores",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("score", Integer),
    Column("band", Text),
    Column("unscorable", Text),
    Column("reasons", Text, nullable=False),
    Column("lines", Text, nullable=False),
    info=seen_by("person_id"),
    postgresql_partition_by="LIST (number)",
)
evaluations = Table(
    "evaluations",
    metadata,
    Column("person_id", Text, ForeignKey("people.person_id"), primary_key=True),
    Column("scorecard", Text, primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("known_at", Moment, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("definition_hash", Text, nullable=False),
    Column("snapshot", BigInteger),
    Column("score", Integer),
    Column("band", Text),
    Column("unscorable", Text),
    Column("reasons", Text, nullable=False),
    Column("lines", Text, nullable=False),
    Column("why", Text, nullable=False),
    info=seen_by("person_id"),
)
event.listen(metadata, "after_create", DDL(FUNCTIONS))  # type: ignore[no-untyped-call]
