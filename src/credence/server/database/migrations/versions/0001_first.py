"""The first schema: every table, who may see its rows, and an audit that only grows.

Until the first release this migration is made of the tables as they are; from then on it stands still.
"""

from alembic import op

from credence.server.store.schema import metadata
from credence.server.store.schema.base import policies

revision = "0001"
down_revision = None

FUNCTIONS = """
CREATE FUNCTION credence_actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT split_part(current_setting('credence.actor', true), ':', 1) $$;
CREATE FUNCTION credence_id(kind text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN split_part(current_setting('credence.actor', true), ':', 1) = kind
                    THEN split_part(current_setting('credence.actor', true), ':', 2) END $$;
CREATE FUNCTION credence_never() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION 'entries of % are never changed', TG_TABLE_NAME; END $$;
CREATE FUNCTION credence_forgets() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN
    IF to_jsonb(NEW) = jsonb_set(to_jsonb(OLD), ARRAY[TG_ARGV[0]], TG_ARGV[1]::jsonb)
      AND EXISTS (SELECT FROM people WHERE person_id = OLD.person_id AND erased_at IS NOT NULL)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'entries of % are never changed', TG_TABLE_NAME;
  END $$;
"""


def upgrade() -> None:
    """Make everything."""
    op.execute(FUNCTIONS)
    metadata.create_all(op.get_bind())
    for table in metadata.sorted_tables:
        for statement in policies(table.name, table.info):
            op.execute(statement)
