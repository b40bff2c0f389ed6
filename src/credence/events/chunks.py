"""A chunk of staged rows: checked, compared with every event ever recorded, and written as a batch."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import duckdb

from credence.events import files, merging
from credence.events.corrections import Check
from credence.events.fields import quoted
from credence.events.intake import EVENT_COLUMNS, Intake
from credence.events.keys import ERASED
from credence.events.log import EventLog
from credence.events.manifest import KEYS, TAIL, Change
from credence.events.vocabulary import COMMON_COLUMNS


@dataclass(frozen=True)
class Receipt:
    """What became of one chunk of rows; the batch's number is the snapshot it made (None: nothing new)."""

    batch: int | None
    accepted: int
    repeated: int
    conflicts: int
    rejected: int


@dataclass(frozen=True)
class Outcome:
    """What became of one row.

    Attributes:
        verdict: accepted, repeated, conflict or rejected.
        faults: For a row that was refused, each field at fault ("" for the row as a whole) and a sentence.
    """

    verdict: str = "accepted"
    faults: tuple[tuple[str, str], ...] = ()


@dataclass
class Chunk:
    """So many staged rows at a time: checked, compared with all that is known, and written."""

    log: EventLog
    intake: Intake
    connection: duckdb.DuckDBPyConnection
    rows: int
    present: dict[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    def __post_init__(self) -> None:
        described = self.connection.execute("DESCRIBE staged").fetchall()
        self.present = {row[0]: row[1] for row in described}
        self.checks = self.intake.checks(self.present)
        self.run(f"CREATE OR REPLACE TEMP TABLE kinds AS {self.intake.kinds()}")

    def take(self, start: int, now: datetime) -> Receipt:
        """Take the rows from `start` on into the log, or refuse them one by one."""
        rejected = self.check(start)
        with self.log.manifest.changing(now) as change:
            receipt = self.weighed(rejected)
            if not receipt.accepted:
                change.cancel()
                return receipt
            self.write(change, receipt)
            change.describe("import", receipt.accepted)
        return replace(receipt, batch=change.snapshot)

    def weigh(self, start: int) -> Receipt:
        """Say what would become of the rows from `start` on; take none."""
        return self.weighed(self.check(start))

    def weighed(self, rejected: int) -> Receipt:
        """Compare the checked rows with all that is known, and count what is to become of them."""
        self.judge()
        rows = self.connection.execute("SELECT verdict, count(*) FROM doubtful GROUP BY 1").fetchall()
        counts = dict(rows)
        accepted = count_rows(self.connection, "typed") - sum(counts.values())
        conflicts = counts.get("conflict", 0) + counts.get("erased", 0)
        return Receipt(None, accepted, counts.get("repeated", 0), conflicts, rejected)

    def verdicts(self) -> dict[int, str]:
        """The rows that passed every check and were not accepted: repeated, or in conflict."""
        verdict = "CASE verdict WHEN 'repeated' THEN verdict ELSE 'conflict' END"
        return dict(self.connection.execute(f"SELECT row, {verdict} FROM doubtful").fetchall())

    def check(self, start: int) -> int:
        """Split the chunk into typed events and rejects; return how many rows were rejected."""
        missing = [name for name in (*COMMON_COLUMNS, "target") if name not in self.present]
        nulls = "".join(f", CAST(NULL AS VARCHAR) AS {name}" for name in missing)
        moment = self.intake.moment("occurred_at", self.present)
        chosen = f"SELECT *{nulls} FROM staged WHERE row BETWEEN {start} AND {start + self.rows - 1}"
        rows = f"SELECT *, {moment} AS moment FROM ({chosen})"
        self.type(rows)
        return self.keep_rejects(rows)

    def type(self, rows: str) -> None:
        """Read all rows in one pass, broken ones too: they are told by `whole`."""
        columns = self.intake.event(self.present)
        typed = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
        said = f"row, replaces, retracts, {self.intake.whole(self.present)} AS whole, {typed}"
        self.run(
            "CREATE OR REPLACE TEMP TABLE typed AS "
            f"SELECT * EXCLUDE (replaces, retracts), {self.intake.content(self.present)} AS content "
            f"FROM (SELECT {said} FROM ({rows}) LEFT JOIN kinds USING (kind))"
        )

    def keep_rejects(self, rows: str) -> int:
        """Tell what is wrong with the broken rows; return how many there are."""
        (rejected,) = self.connection.execute("SELECT count(*) FROM typed WHERE NOT whole").fetchone() or (0,)
        if rejected:
            broken = f"({rows}) SEMI JOIN (SELECT row FROM typed WHERE NOT whole) USING (row)"
            self.run(f"CREATE OR REPLACE TEMP TABLE broken AS SELECT * FROM {broken}")
            self.run("DELETE FROM typed WHERE NOT whole")
        for check in self.checks if rejected else ():
            value = check.field if check.field in self.present else "NULL"
            name = quoted(check.field) if check.field else "unknown"
            self.run(
                f"INSERT INTO rejects SELECT row, {name}, left(CAST({value} AS VARCHAR), 200), "
                f"{_said(check.sentence)} FROM broken WHERE NOT coalesce({check.condition}, false)"
            )
        return int(rejected)

    def judge(self) -> None:
        """Compare the chunk with itself and with every event ever recorded; keep what is not accepted."""
        known = self.log.manifest.files(KEYS)
        paths = ", ".join(quoted(str(self.log.folder / file.path)) for file in known)
        keys = (
            f"read_parquet([{paths}])"
            if known
            else "(SELECT 0::BIGINT AS event_key, 0::BIGINT AS content WHERE false)"
        )
        self.run(
            f"""CREATE OR REPLACE TEMP TABLE doubtful AS
            WITH sent AS (SELECT row, event_id, event_key, content FROM typed),
            known AS (SELECT event_key, content FROM {keys} SEMI JOIN sent USING (event_key)),
            twice AS (SELECT event_key, min(row) AS first, arg_min(content, row) AS content
                      FROM sent GROUP BY event_key HAVING count(*) > 1)
            SELECT row, event_id, CASE
                WHEN known.content = {ERASED} THEN 'erased'
                WHEN known.content = sent.content THEN 'repeated'
                WHEN known.event_key IS NOT NULL THEN 'conflict'
                WHEN twice.content = sent.content THEN 'repeated'
                ELSE 'conflict' END AS verdict
            FROM sent LEFT JOIN known USING (event_key) LEFT JOIN twice USING (event_key)
            WHERE known.event_key IS NOT NULL OR twice.first <> row"""
        )
        self.run(
            "INSERT INTO rejects SELECT row, 'event_id', event_id, CASE verdict WHEN 'erased' "
            "THEN 'this event was erased with its person and is not taken again' "
            "ELSE 'this furnisher already sent this event_id with other content; to correct an event, "
            "send a new one that replaces it' END FROM doubtful WHERE verdict IN ('conflict', 'erased')"
        )

    def write(self, change: Change, receipt: Receipt) -> None:
        """Write the accepted rows and their keys as files of the log, small ones before them among them."""
        without = "ANTI JOIN doubtful USING (row)" if receipt.repeated + receipt.conflicts else ""
        stamp = "recorded_at" if self.intake.backfill else f"TIMESTAMP '{change.made_at}' AS recorded_at"
        said = {"recorded_at": stamp, "batch": f"{change.snapshot}::INTEGER AS batch"}
        columns = ", ".join(said.get(name, name) for name in self.spoken())
        # People of a bucket lie together, so that one of them is found fast before `compact` as well.
        parts = {TAIL: (columns, "bucket, person_id"), KEYS: ("event_key, content", "event_key")}
        for role, (chosen, order) in parts.items():
            new = f"SELECT {chosen} FROM typed {without}"
            rows = merging.rows_with(self.log, change, role, (new, receipt.accepted))
            query = f"{rows} ORDER BY {order}"
            change.add(files.write(self.connection, self.log.folder, query, role, f"{change.snapshot:06d}"))

    def spoken(self) -> list[str]:
        """The columns that say anything in this chunk."""
        optional = ["reported_at", "action", "target_key", "target_furnisher", "target"]
        optional += [name for name in self.log.vocabulary.fields if name in self.present and name != "target"]
        counts = ", ".join(f"count({name})" for name in optional)
        said = self.connection.execute(f"SELECT {counts} FROM typed").fetchone() or ()
        silent_columns = {name for name, count in zip(optional, said, strict=True) if not count}
        names = [*EVENT_COLUMNS, *(name for name in optional if name not in EVENT_COLUMNS)]
        return [name for name in names if name not in silent_columns]

    def run(self, statement: str) -> None:
        """Carry out a statement."""
        self.connection.execute(statement)


def count_rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows a table has."""
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _said(sentence: str) -> str:
    """A sentence with {columns} as SQL."""
    before, brace, rest = sentence.partition("{")
    if not brace:
        return quoted(sentence)
    column, _, after = rest.partition("}")
    return f"concat({quoted(before)}, left({column}, 80), {quoted(after)})"
