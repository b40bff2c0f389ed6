"""The one metadata of all tables, and what each says about who may see its rows."""

from collections.abc import Sequence

from sqlalchemy import MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# For rows that are no person's and no tenant's: reference data that everybody may read.
OPEN = "open"


def seen_by(*columns: str, operators: bool = True, writes: str = "all") -> dict[str, object]:
    """Who may see the rows of a table, for its `info`.

    Args:
        columns: Columns that name somebody: person_id, partner_id, furnisher_id, operator_id. Whoever is
            named in one of them sees the row; nobody named and not the system sees none.
        operators: Whether operators see all rows.
        writes: `all`, or `append`: rows are never changed nor deleted by anybody.
    """
    return {"seen_by": columns, "operators": operators, "writes": writes}


def only_the_system() -> dict[str, object]:
    """For tables that only authentication and jobs read: rows are seen by the system alone."""
    return {"seen_by": (), "operators": False, "writes": "all"}


def policies(table: str, info: dict[str, object]) -> Sequence[str]:
    """The SQL that forces row-level security on a table, as its `info` says."""
    named = info["seen_by"]
    assert isinstance(named, tuple), "columns are a tuple"
    tests = ["credence_actor() = 'system'"]
    tests += [f"{column} = credence_id('{column.removesuffix('_id')}')" for column in named]
    tests += ["credence_actor() = 'operator'"] if info["operators"] else []
    which = " OR ".join(tests)
    grants = "SELECT, INSERT" if info["writes"] == "append" else "SELECT, INSERT, UPDATE, DELETE"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY seen ON {table} USING ({which}) WITH CHECK ({which})",
        f"GRANT {grants} ON {table} TO credence_app",
    )
