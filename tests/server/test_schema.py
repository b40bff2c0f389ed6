"""Who may see what is forced by the database, whatever a query says."""

from pathlib import Path

import asyncpg
import psycopg
import pytest

from credence.server.services import audit
from credence.server.store.schema import metadata
from tests.server.harness import bureau, run

NAMED = {"person_id", "partner_id", "furnisher_id"}


def test_row_level_security_is_forced_on_every_table(database: str) -> None:
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity, relowner::regrole::text FROM pg_class "
            "WHERE relnamespace = 'credence'::regnamespace AND relkind IN ('r', 'p')"
        ).fetchall()
        app = connection.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'credence_app'"
        )
        assert app.fetchone() == (False,)
    tables = {name: (forced, owner) for name, forced, owner in rows if name != "alembic_version"}
    assert tables.keys() >= metadata.tables.keys()
    assert {owner for _, owner in tables.values()} == {"credence_owner"}
    assert [name for name, (forced, _) in tables.items() if not forced] == []


def test_each_sees_their_own_rows_and_nobody_sees_any(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, _ = await here.party("person")
            ben, _ = await here.party("person")
            operator, _ = await here.party("operator")
            for actor, seen in ((ana, [ana.id]), (ben, [ben.id]), (operator, [ana.id, ben.id])):
                async with here.as_(actor) as context:
                    rows = await context.connection.fetch("SELECT person_id FROM people ORDER BY 1")
                    assert [row["person_id"] for row in rows] == sorted(seen)
            line = await here.state.pool.take()
            assert await line.connection.fetch("SELECT * FROM people") == []
            here.state.pool.give_back(line)

    run(work())


def test_the_audit_is_added_to_and_never_changed(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, _ = await here.party("person")
            async with here.as_(ana) as context:
                await audit.record(context, "tried", person=ana.id, thing="x")
            for change in ("UPDATE audit SET what = 'nothing'", "DELETE FROM audit", "TRUNCATE audit"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    async with here.as_() as context:
                        await context.connection.execute(change)
                with (
                    psycopg.connect(database, options="-c search_path=credence") as owner,
                    pytest.raises(psycopg.errors.RaiseException),
                ):
                    owner.execute(change)

    run(work())
