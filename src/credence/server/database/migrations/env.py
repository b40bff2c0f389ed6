"""How Alembic runs our migrations: on the connection that it is given, in that transaction."""

from alembic import context

from credence.server.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table_schema="credence",
)
context.run_migrations()
