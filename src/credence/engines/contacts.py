"""What everybody's contacts scored before, as a table of people; for the laboratory alone."""

from pathlib import Path

import duckdb

from credence.engines.duckdb import publish
from credence.engines.moment import Moment
from credence.engines.sql.compile import DIALECT
from credence.engines.sql.contacts import EVENT_COLUMNS, compile_contacts
from credence.engines.tables import first_line, load, refuse, table_source
from credence.errors import LogDamagedError, SourceNotFoundError
from credence.events.log import EventLog


def contacts_table(log: EventLog, moment: Moment, scores: Path, out: Path) -> int:
    """Write what the contacts of everybody scored as one Parquet file; return how many rows.

    One row for each person who has contacts: person_id and `COLUMNS`, in the order of person_id. An edge
    holds as of the moment, as known then, in its snapshot; whoever has no score counts among `contacts`
    alone. The file is complete when it appears.

    Args:
        log: The log with the edges (`contact.added`, `contact.removed`).
        moment: The moment of the run that is to look at the table.
        scores: A file of scores as `credence score` writes it, or a folder of such files.
        out: The file to write.

    Raises:
        SourceNotFoundError: There are no scores at this path.
        IntakeError: They cannot be read, or a person stands there twice.
        LogDamagedError: A file of the log is missing or torn.
        EngineError: The engine could not carry out a step.
    """
    statement = compile_contacts(log.vocabulary, moment).sql(dialect=DIALECT)
    with log.workshop() as (connection, _):
        _load_scores(connection, scores)
        try:
            connection.execute(f"CREATE TEMP VIEW events AS {log.relation(EVENT_COLUMNS)}")
        except duckdb.Error as error:
            raise LogDamagedError(log.folder, first_line(error)) from None
        return publish(connection, statement, out)


def _load_scores(connection: duckdb.DuckDBPyConnection, scores: Path) -> None:
    files = sorted(scores.glob("*.parquet")) if scores.is_dir() else [scores]
    if not files:
        raise SourceNotFoundError(scores)
    columns = "CAST(person_id AS VARCHAR) AS person_id, CAST(score AS INTEGER) AS score"
    sources = [table_source(connection, file, ["person_id", "score"])[0] for file in files]
    rows = " UNION ALL ".join(f"SELECT {columns} FROM {source}" for source in sources)
    load(connection, "scores", rows, scores)
    twice = "person_id IN (SELECT person_id FROM scores GROUP BY 1 HAVING count(*) > 1)"
    refuse(connection, scores, "scores", twice, "stands there twice; give the scores of one moment")
