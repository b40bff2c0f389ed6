"""Other databases for tests: a PostgreSQL and a Spark that hold a log's events and answer a statement."""

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import psycopg
import pytest

from credence.server.database.embedded import embedded
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

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
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
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that runs while it is used."""
    with TemporaryDirectory(prefix="credence-postgres-") as place:
        # Whoever runs it is not root, and looks in here.
        Path(place).chmod(0o755)
        with (
            embedded(Path(place), durable=False) as server,
            psycopg.connect(server.url("postgres"), autocommit=True) as connection,
        ):
            connection.execute("SET jit = off")
            yield Postgres(connection)


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
