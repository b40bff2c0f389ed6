"""Which published runs two operators have let readers have."""

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, Index, Table, Text

from credence.server.store.schema.base import metadata, seen_by

Moment = DateTime(timezone=True)

# One operator proposes a run, another approves it; the database holds them apart as well. `run_hash` is what
# was looked at: a run that is not the same any more is not loaded.
releases = Table(
    "releases",
    metadata,
    Column("release_id", Text, primary_key=True),
    Column("run", Text, nullable=False),
    Column("run_hash", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("approved", Boolean),
    Column("why", Text),
    Index("uq_releases_standing", "run", unique=True, postgresql_where="approved IS NOT FALSE"),
    CheckConstraint("approved IS NOT TRUE OR decided_by <> proposed_by", name="two_people"),
    info=seen_by(),
)
