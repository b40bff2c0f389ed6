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


def seen_by(
    *columns: str, operators: bool = True, writes: str = "all", forgets: tuple[str, str] | None = None
) -> dict[str, object]:
    """Who may see the rows of a table, for its `info`.

    Args:
        columns: Columns that name somebody: person_id, partner_id, furnisher_id, operator_id. Whoever is
            named in one of them sees the row; nobody named and not the system sees none.
        operators: Whether operators see all rows.
        writes: `all`, or `append`: rows are never changed nor deleted by anybody.
        forgets: A JSON column that only grows like its table, but is emptied for a person who was erased, and
            what is empty of it.
    """
    return {"seen_by": columns, "operators": operators, "writes": writes, "forgets": forgets}


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
        *(only_grows(table, info) if info["writes"] == "append" else ()),
    )


def only_grows(table: str, info: dict[str, object]) -> Sequence[str]:
    """The SQL by which rows of a table are never changed nor deleted, but for what is to be forgotten."""
    forgets = info.get("forgets")
    if not isinstance(forgets, tuple):
        return (_trigger(table, "UPDATE OR DELETE OR TRUNCATE", "STATEMENT", "credence_never()"),)
    column, empty = forgets
    return (
        _trigger(table, "DELETE OR TRUNCATE", "STATEMENT", "credence_never()"),
        _trigger(table, "UPDATE", "ROW", f"credence_forgets('{column}', '{empty}')"),
        f"GRANT UPDATE ({column}) ON {table} TO credence_app",
    )


def _trigger(table: str, acts: str, each: str, function: str) -> str:
    name = f"never_{each.lower()}"
    return f"CREATE TRIGGER {name} BEFORE {acts} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}"
